"""The forms in which people choose times: of those offered, or of their own, by their own clocks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import BooleanField, DateTimeLocalField, RadioField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from data.answering import NOTICE, still_good
from data.match import Seat
from web.fields import Form, options
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.wording import day_of

MINUTES = {
    "45": _l("45 minutes, as usual"),
    "30": _l("30 minutes"),
    "60": _l("One hour"),
    "90": _l("An hour and a half"),
}
NONE_TICKED = _l(
    "Please tick at least one time that suits you. If none does, one of the other buttons is the kind answer."
)


class TimesForm(Form):
    """Which of the offered times suit, and how long."""

    times = SelectMultipleField(
        _l("Which times suit you?"),
        choices=[],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    any_time = BooleanField()  # the button for whom all of them suit
    minutes = RadioField(_l("How long?"), choices=options(MINUTES), default="45", validate_choice=False)

    @property
    def moments(self) -> list[datetime]:
        """The times that were ticked; what is no time is none."""
        return [moment for moment in map(_read, self.times.data or []) if moment is not None]

    def moments_of(self, seat: Seat, now: datetime) -> list[datetime]:
        """The times that were ticked, or all that are still good, if any of them was said to suit."""
        return [time.starts_at for time in still_good(seat.match, now)] if self.any_time.data else self.moments

    @property
    def length(self) -> int | None:
        """How long they would like to meet, if not as usual."""
        return int(self.minutes.data) if self.minutes.data in MINUTES and self.minutes.data != "45" else None


class OwnTimesForm(Form):
    """Up to two times of one's own."""

    first = DateTimeLocalField(_l("A time of your own"))
    # TRANSLATORS: another time of your own
    second = DateTimeLocalField(_l("Another one"))

    def concern(self, seat: Seat, now: datetime) -> None:
        """Read the times by the clocks of a seat, between now and its round's last day."""
        self.seat, self.now = seat, now

    @property
    def moments(self) -> list[datetime]:
        """The times that were given."""
        return [_in_utc(field.data, self.seat.time_zone) for field in (self.first, self.second) if field.data]

    def validate_first(self, field: DateTimeLocalField) -> None:
        """Raise ValidationError for a time that cannot be."""
        self._check(field)

    def validate_second(self, field: DateTimeLocalField) -> None:
        """Raise ValidationError for a time that cannot be."""
        self._check(field)

    def _check(self, field: DateTimeLocalField) -> None:
        typed = "".join(field.raw_data or [])
        if field.data is None:
            field.errors.clear()  # the library's own words
            if typed.strip():
                raise ValidationError(_("Please give a day and a time, like 2026-11-27 18:00."))
            return
        moment = _in_utc(field.data, self.seat.time_zone)
        if moment.astimezone(ZoneInfo(self.seat.time_zone)).replace(tzinfo=None) != field.data:
            raise ValidationError(_("On that day the clocks skip this time. Please choose another."))
        if moment <= self.now + NOTICE:
            raise ValidationError(
                _("Please choose a time at least four hours from now, so that everybody hears of it.")
            )
        if moment.astimezone(ZoneInfo(self.seat.time_zone)).date() > self.seat.match.round.last_day:
            last = day_of(self.seat.match.round.last_day)
            # TRANSLATORS: the day is one like “Sunday 29 November”
            raise ValidationError(_("Please choose a time until %(day)s.", day=last))


class MoveForm(OwnTimesForm):
    """Other times instead of the one that was fixed: of those that should suit, or of one's own."""

    times = SelectMultipleField(_l("Which times would suit you?"), choices=[], validate_choice=False)

    def chosen(self, offered: list[datetime]) -> list[datetime]:
        """Return the ticked times that were offered, and those of one's own."""
        ticked = {moment for moment in map(_read, self.times.data or []) if moment in offered}
        return sorted(ticked | set(self.moments))


def _read(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _in_utc(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
