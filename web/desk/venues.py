"""Venues at the desk: look one up, hide it, prefer it, add one; every change with its reason."""

from __future__ import annotations

from typing import Any, get_args

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Field, HiddenField, ValidationError

from data.act import LONGEST_WHY, latest_acts
from data.member import lock_member
from data.opening_hours import is_readable
from data.venues import (
    LONGEST_ADDRESS,
    LONGEST_HOURS,
    LONGEST_NAME,
    Change,
    Venue,
    count_named,
    lock_venue,
    read_position,
    same_venue,
    venues_marked,
    venues_named,
)
from web import errors
from web.desk.access import note_act, organisers_only
from web.fields import Form, choice, line
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.visitor import member_here
from web.wording import said

blueprint = Blueprint("desk_venues", __name__, url_prefix="/desk/venues")
SHOWN, ACTS_SHOWN = 50, 10
LARGEST_NUMBER = 2**31
KINDS = {
    "cafe": _l("Café"),
    "library": _l("Library"),
    "bakery": _l("Bakery"),
    "restaurant": _l("Restaurant"),
    "ice_cream": _l("Ice cream parlour"),
    "pub": _l("Pub"),
    "bar": _l("Bar"),
}
DONE = {
    "hide": _l("It is not offered again. Whoever was offered it already keeps it."),
    "show": _l("It may be offered again."),
    "prefer": _l("It is offered before others as good."),
    "unprefer": _l("It is offered like any other."),
}


class VenueForm(Form):
    """A public place to add to the list."""

    name = line(_l("Name"), longest=LONGEST_NAME, missing=_l("Please give the name of the place."))
    kind = choice(
        _l("What is it?"), KINDS, _l("Please choose what it is."), hint=_l("Open to everybody, and never a home.")
    )
    address = line(_l("Address"), _l("As one says where to go: street, number, town."), longest=LONGEST_ADDRESS)
    position = line(
        _l("Position"),
        _l("Degrees north and east, as maps give them, like 55.6786, 12.5796."),
        longest=60,
        missing=_l("Please give the position, like 55.6786, 12.5796."),
    )
    opening_hours = line(
        _l("Opening hours"),
        _l("As OpenStreetMap writes them, like Mo-Fr 07:00-18:00; Sa,Su 09:00-18:00. Empty when you do not know."),
        longest=LONGEST_HOURS,
    )

    def validate_position(self, field: Field) -> None:
        """Raise ValidationError for what lies nowhere on land."""
        if field.data and read_position(field.data) is None:
            raise ValidationError(_("These are no degrees north and east. They look like 55.6786, 12.5796."))

    def validate_opening_hours(self, field: Field) -> None:
        """Raise ValidationError for hours nobody can read."""
        if field.data and not is_readable(field.data):
            raise ValidationError(_("We cannot read these hours. They look like Mo-Fr 07:00-18:00; Sa,Su 09:00-18:00."))


class ChangeForm(Form):
    """What is done with a venue, and why."""

    deed = HiddenField()  # the button that was pressed
    why = line(
        _l("Why?"), _l("It stands in the log."), longest=LONGEST_WHY, missing=_l("Please say why, in a few words.")
    )


@blueprint.get("")
@organisers_only
def show() -> str:
    """Show the venues with some words in their name or address, or those somebody has hidden or prefers."""
    return _page(VenueForm(formdata=None))


@blueprint.post("")
@organisers_only
def add() -> Response | tuple[str, int]:
    """Add a venue, unless the list has it."""
    form = VenueForm()
    if not form.validate():
        return _page(form), 422
    lock_member(g.session, member_here().id)  # two presses at once add one venue
    north, east = read_position(form.position.data) or (0.0, 0.0)
    known = same_venue(g.session, form.name.data, north, east)
    if known is not None:
        form.wrong(form.name, _("%(name)s is in the list already, within fifty metres.", name=said(known.in_words)))
        return _page(form), 422
    words = {name: getattr(form, name).data for name in ("name", "kind", "address", "opening_hours")}
    venue = Venue(latitude=north, longitude=east, **words)
    g.session.add(venue)
    g.session.flush()
    note_act("add_venue", f"venue {venue.id}")
    flash(_("Added. It may be offered from the next pairing on."))
    return redirect(url_for("desk_venues.one", number=venue.id), 303)


@blueprint.get("/<int:number>")
@organisers_only
def one(number: int) -> str:
    """Show one venue, and what was done with it."""
    return _page_of(_found(number), ChangeForm(formdata=None))


@blueprint.post("/<int:number>")
@organisers_only
def change(number: int) -> Response | tuple[str, int]:
    """Hide it, show it, prefer it, or no longer prefer it; a second press changes nothing."""
    venue, form = _found(number), ChangeForm()
    deeds: dict[str, Change] = {deed: deed for deed in get_args(Change)}
    deed = deeds.get(form.deed.data or "")
    if not form.validate() or deed is None:
        return _page_of(venue, form), 422
    venue = lock_venue(g.session, number) or venue
    if venue.change(deed, g.now):
        note_act(f"{deed}_venue", f"venue {venue.id}", why=form.why.data)
    flash(str(DONE[deed]))
    return redirect(url_for("desk_venues.one", number=number), 303)


@blueprint.app_template_filter("venue_kind")
def kind_in_words(venue: Venue) -> str:
    """Return what a venue is: "Café"."""
    return str(KINDS.get(venue.kind, venue.kind))


def _found(number: int) -> Venue:
    venue = g.session.get(Venue, number) if number < LARGEST_NUMBER else None
    found: Venue = venue if venue is not None else errors.not_found()
    return found


def _page(form: VenueForm) -> str:
    words = request.args.get("words", "").strip()[:LONGEST_NAME]
    found = venues_named(g.session, words, SHOWN) if words else venues_marked(g.session, SHOWN)
    count = count_named(g.session, words) if len(found) == SHOWN and words else len(found)
    facts: dict[str, Any] = {"words": words, "venues": found, "count": count, "shown": SHOWN}
    return render_template("desk/venues/show.html", form=form, **facts)


def _page_of(venue: Venue, form: ChangeForm) -> str:
    acts = latest_acts(g.session, ACTS_SHOWN, about=f"venue {venue.id}")
    return render_template("desk/venues/one.html", venue=venue, form=form, acts=acts)
