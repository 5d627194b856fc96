"""Friday: everybody hears that they are in next week, or is asked whether they are, on the morning of their own clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session, sessionmaker

from data.community import coming_monday
from data.letter import Letter
from data.member import Member
from data.round import next_monday
from data.to_remind import members_to_announce, members_to_ask, zones_of_members
from jobs.batches import Write, in_batches
from web.letters import Letters

FRIDAY, ANNOUNCED_AT = 4, time(10)  # on the reader's own clock
GOOD_FOR = timedelta(hours=6)
NOT_SINCE = timedelta(days=3)  # nobody is told twice before one round, even if they change their rhythm in between


def announce_next_week(sessions: sessionmaker[Session], letters: Letters, now: datetime) -> int:
    """Say "you are in next week", or ask, where it is Friday morning; not before a week without a round."""
    monday = next_monday(now)
    with sessions() as session:
        if coming_monday(session, now) != monday:
            return 0  # it was run ahead of time, or the next is later
        zones = [zone for zone in zones_of_members(session) if _is_friday_morning(now, zone)]
        told = members_to_announce(session, monday, zones, now - NOT_SINCE) if zones else []
        asked = members_to_ask(session, monday, zones, now - NOT_SINCE) if zones else []
    written = in_batches(sessions, told, _to_each(letters.next_week, monday, now))
    return written + in_batches(sessions, asked, _to_each(letters.are_you_in, monday, now))


def _is_friday_morning(now: datetime, zone: str) -> bool:
    clock = ZoneInfo(zone)
    local = now.astimezone(clock)
    friday = local.date() + timedelta(days=FRIDAY - local.weekday())
    due = datetime.combine(friday, ANNOUNCED_AT, clock).astimezone(UTC)
    return due <= now < due + GOOD_FOR


def _to_each(
    write: Callable[[Session, Member, date, datetime], Letter | None], monday: date, now: datetime
) -> Write[int]:
    def write_all(session: Session, numbers: Sequence[int]) -> int:
        members = [session.get_one(Member, number) for number in numbers]
        return sum(write(session, member, monday, now) is not None for member in members)

    return write_all
