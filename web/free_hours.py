"""The hours in which a member is usually free, ticked for a week, and the coming days on which they are not."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField, StringField, ValidationError

from data.busy_day import busy_days_of, keep_free
from data.free_hours import ALL_HOURS, EVENINGS_AND_WEEKENDS, PARTS, bit_of
from data.member import Member
from web.fields import Form
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.spans import days_named, days_shortened
from web.visitor import member_here, members_only

blueprint = Blueprint("free_hours", __name__)
NAMES = {
    "morning": _l("Morning coffee"),
    "lunch": _l("Lunch"),
    "afternoon": _l("Afternoon"),
    "evening": _l("After work"),
}
# What a press of a button ticks; nothing is kept before it is saved.
BEGINNINGS = {
    "evenings": (_l("Evenings and weekends"), EVENINGS_AND_WEEKENDS),
    "any": (_l("Any time"), ALL_HOURS),
    "clear": (_l("Clear"), 0),
}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BITS = {f"{name}-{part}": bit_of(day, part) for day, name in enumerate(DAYS) for part in PARTS}


class HoursForm(Form):
    """Ticks for the parts of a week, and for single days that are coming."""

    hours = SelectMultipleField(_l("Hours you are usually free"), validate_choice=False)
    busy = SelectMultipleField(_l("Not this week on …"), validate_choice=False)
    begin = StringField()  # the button that was pressed, if it was not the one that saves

    @property
    def free_hours(self) -> int:
        """The ticked hours, as they are stored."""
        return sum(BITS[name] for name in set(self.hours.data or ()) & BITS.keys())

    def show(self, free_hours: int, busy: set[date]) -> None:
        """Begin with these ticks."""
        self.process(
            data={
                "hours": [name for name, bit in BITS.items() if free_hours & bit],
                "busy": [day.isoformat() for day in busy],
            }
        )

    def validate_hours(self, _field: SelectMultipleField) -> None:
        """Raise ValidationError for a week without an hour."""
        if not self.free_hours:
            raise ValidationError(
                _(
                    "Please tick at least one: without an hour there is nobody we could find for you. "
                    "If you would rather meet nobody for a while, you can pause under “Taking part”."
                )
            )


@blueprint.get("/profile/hours")
@members_only
def show() -> str:
    """Show the week, ready to be changed."""
    member, form = member_here(), HoursForm(formdata=None)
    form.show(member.free_hours, busy_days_of(g.session, member.id, _today(member)))
    return _page(form)


@blueprint.post("/profile/hours")
@members_only
def change() -> str | Response | tuple[str, int]:
    """Keep what was ticked, or tick what a button stands for."""
    member, form = member_here(), HoursForm()
    shown = coming_days(_today(member))
    busy = {day for day in shown if day.isoformat() in (form.busy.data or ())}
    pressed = form.begin.data
    if pressed in BEGINNINGS:
        form.show(BEGINNINGS[pressed][1], busy)
        return _page(form, pressed)
    if not form.validate():
        return _page(form), 422
    member.free_hours = form.free_hours
    keep_free(g.session, member.id, shown, busy)
    flash(_("Your hours are saved. They count from the next match on."))
    return redirect(url_for("free_hours.show"), 303)


def coming_days(today: date) -> list[date]:
    """Return the days from today to the Sunday after next: on them the next meetings can be."""
    next_sunday = today + timedelta(days=(5 - today.weekday()) % 7 + 1)
    last = next_sunday + timedelta(weeks=1)
    return [today + timedelta(days=day) for day in range((last - today).days + 1)]


def _today(member: Member) -> date:
    today: date = g.now.astimezone(ZoneInfo(member.time_zone)).date()
    return today


def _page(form: HoursForm, begun_with: str = "") -> str:
    member = member_here()
    return render_template(
        "free_hours/show.html",
        form=form,
        member=member,
        begun_with=begun_with,
        week=list(zip(DAYS, days_shortened(), days_named(), strict=True)),
        parts=[(part, NAMES[part], _between(*PARTS[part])) for part in PARTS],
        beginnings={value: words for value, (words, _hours) in BEGINNINGS.items()},
        days=coming_days(_today(member)),
    )


def _between(first: time, last: time) -> str:
    return "\u2013".join(f"{one.hour}:{one:%M}".removesuffix(":00") for one in (first, last))
