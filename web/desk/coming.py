"""What comes next, and when: by when people answer, until when others are found, and what goes out by itself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from data.draft import Draft
from data.round import Round, round_starts
from web.language import gettext as _
from web.wording import day_of

# By everybody's own clock, as the job that writes these letters has it: a test compares the two.
FRIDAY, ANNOUNCED_AT = 4, time(10)


class Coming(NamedTuple):
    """A moment ahead, and what happens then."""

    at: datetime
    words: str


def coming(latest: Round | None, monday: date, held: Draft | None, zone: str, now: datetime) -> list[Coming]:
    """Return what is ahead at `now`, the round of `monday` among it, the next first, by the clocks of `zone`."""
    monday = held.monday if held is not None else monday
    if held is None:
        goes_out = _("The round of %(monday)s goes out.", monday=day_of(monday))
    else:
        goes_out = _("The round of %(monday)s would go out; it waits until you let it go.", monday=day_of(monday))
    moments = [
        Coming(_announced(monday, zone), _("Everybody hears that they are in the next round, or is asked.")),
        Coming(round_starts(monday), goes_out),
    ]
    if latest is not None:
        moments += [
            Coming(latest.answer_by(zone), _("Whoever has not answered by now, by their own clock, loses their seat.")),
            Coming(latest.rematch_until, _("Nobody is paired anew in this round after this, but at short notice.")),
        ]
    return sorted(moment for moment in moments if moment.at > now)


def _announced(monday: date, zone: str) -> datetime:
    friday = monday - timedelta(weeks=1) + timedelta(days=FRIDAY)
    return datetime.combine(friday, ANNOUNCED_AT, ZoneInfo(zone))
