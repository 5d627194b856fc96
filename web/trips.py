"""Trips: where a member will be for some days; in weeks that fall mostly in one they meet somebody there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, Field, ValidationError

from data.member import Member, lock_member
from data.move import add_trip
from data.trip import Trip, trips_of
from web.fields import line
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.spans import days_in_words
from web.town_form import TownForm, which_place
from web.visitor import member_here, members_only

blueprint = Blueprint("trips", __name__)
MOST_TRIPS = 10
LONGEST = timedelta(days=90)
AHEAD = timedelta(days=366)


class TripForm(TownForm):
    """Where, from when, until when."""

    place = line(
        # TRANSLATORS: the label of a field in which one types a town
        _l("I am in"),
        _l("A few letters bring up suggestions."),
        longest=200,
        missing=_l("Please say where you will be."),
    )
    place_id = which_place()
    # TRANSLATORS: the label of a field: the first day of a trip
    first_day = DateField(_l("From"))
    # TRANSLATORS: the label of a field: the last day of a trip
    last_day = DateField(_l("Until"))

    def validate_for(self, member: Member) -> bool:
        """Check every field, then whether this trip fits with the others of a member."""
        good = bool(self.validate())
        if not self.place.errors:
            self.choose_place()
        if not good or self.chosen_place is None:
            return False
        lock_member(g.session, member.id)  # two presses at once are weighed one after the other
        today = _today(g.now, self.chosen_place.time_zone)
        others = trips_of(g.session, member.id, min(today, self.first_day.data))
        objection = next(self._objections(others, today), None)
        if objection is not None:
            self.wrong(*objection)
            return False
        return self.may_move(member)

    def validate_first_day(self, field: DateField) -> None:
        """Raise ValidationError for no day."""
        _must_be_a_day(field)

    def validate_last_day(self, field: DateField) -> None:
        """Raise ValidationError for no day."""
        _must_be_a_day(field)

    def _objections(self, others: Sequence[Trip], today: date) -> Iterator[tuple[Field, str]]:
        first, last = self.first_day.data, self.last_day.data
        if len(others) >= MOST_TRIPS:
            yield self.place, _("You have planned ten trips; more we cannot keep. Remove one first.")
        if last < first:
            yield self.last_day, _("This is before the first day. Perhaps the two got mixed up?")
        if last < today:
            yield self.last_day, _("This day is past. Please choose days that are still to come.")
        if last > today + AHEAD:
            yield self.last_day, _("Please choose days within a year. Tell us of later trips when they are nearer.")
        if last - first >= LONGEST:
            yield self.last_day, _("A trip is 90 days at most. For a longer one, change the place in your profile.")
        for other in others:
            if first <= other.last_day and other.first_day <= last:
                yield self.first_day, _overlap(other)


@blueprint.get("/profile/trips")
@members_only
def show() -> str:
    """Show the trips to come, and ask for one more."""
    return _page(TripForm(formdata=None))


@blueprint.post("/profile/trips")
@members_only
def add() -> Response | tuple[str, int]:
    """Plan a trip."""
    member, form = member_here(), TripForm()
    if not form.validate_for(member) or form.chosen_place is None:
        return _page(form), 422
    trip = Trip.to(member, form.chosen_place, form.first_day.data, form.last_day.data)
    add_trip(g.session, trip, g.now)
    days = days_in_words(trip.first_day, trip.last_day)
    flash(_("%(place)s, %(days)s: noted. It counts from the next round on.", place=trip.place.name, days=days))
    return redirect(url_for("trips.show"), 303)


@blueprint.post("/profile/trips/<int:trip_id>/removal")
@members_only
def remove(trip_id: int) -> Response:
    """Take a trip back; a second press finds it gone, and says the same."""
    lock_member(g.session, member_here().id)
    trip = g.session.get(Trip, trip_id)
    if trip is not None and trip.member_id != member_here().id:
        abort(404)
    if trip is not None:
        g.session.delete(trip)
    flash(_("That trip is off. If you were to meet somebody there, please say no on the page of that match."))
    return redirect(url_for("trips.show"), 303)


def _must_be_a_day(field: DateField) -> None:
    if field.data is None:
        field.errors.clear()  # the library's own words
        raise ValidationError(_("Please choose a day, like 2027-05-03."))


def _overlap(other: Trip) -> str:
    return _(
        "These days overlap another trip: %(place)s, %(days)s. Let this one begin after it, or end before.",
        place=other.place.name,
        days=days_in_words(other.first_day, other.last_day),
    )


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def _page(form: TripForm) -> str:
    member = member_here()
    today = _today(g.now, member.time_zone)
    trips = trips_of(g.session, member.id, today)
    return render_template("trips/show.html", form=form, trips=trips, today=today, latest=today + AHEAD)
