"""When people meet: an evening near them, or the hour of the week's end that suits everybody on a call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LENGTH = timedelta(minutes=45)  # a stated end is a polite exit
AWAKE_FROM, AWAKE_UNTIL = 8, 21  # nobody is asked to talk earlier or later, on their own clock
NOTICE = timedelta(hours=12)  # between the last moment to answer and the meeting
THURSDAY, SATURDAY, SUNDAY = 3, 5, 6
# The first of these that leaves enough notice: after work, else before lunch at the weekend.
NEARBY = ((THURSDAY, time(17, 30)), (SATURDAY, time(11)), (SUNDAY, time(11)))
BEST_HOUR = 18.0  # for a call, on everybody's own clock
AT_WORK = 6.0  # a weekday's working hour is as unwelcome as one that lies this many hours further off
ASLEEP = 100.0  # never, unless there is no other hour


def when_nearby(monday: date, zone: str, answered_by: datetime) -> datetime:
    """Return when people near each other meet in the week of `monday`, in UTC.

    Args:
        monday: the round's Monday.
        zone: the IANA zone of the place where they meet.
        answered_by: the moment by which everybody has answered; the meeting comes later by NOTICE at least.
    """
    clock = ZoneInfo(zone)
    offers = [datetime.combine(monday + timedelta(days=day), hour, clock).astimezone(UTC) for day, hour in NEARBY]
    return next((offer for offer in offers if offer >= answered_by + NOTICE), offers[-1])


def when_to_call(monday: date, zones: Sequence[str], answered_by: datetime) -> datetime:
    """Return the full hour from Thursday to Sunday that is nearest to six in the evening for everybody, in UTC.

    The person worst off decides, then the sum, then the earlier day. Clocks are read on the day of the
    call itself, so the week in which they change needs no special case.
    """
    first = datetime.combine(monday + timedelta(days=THURSDAY), time(0), UTC)
    hours = [first + timedelta(hours=hour) for hour in range(4 * 24)]
    late_enough = [hour for hour in hours if hour >= answered_by + NOTICE] or hours[-1:]
    clocks = [ZoneInfo(zone) for zone in zones]

    def hardship(hour: datetime) -> tuple[float, float, datetime]:
        each = [_hardship(hour.astimezone(clock)) for clock in clocks]
        return max(each), sum(each), hour

    return min(late_enough, key=hardship)


def awake_hours(monday: date, zone: str) -> int:
    """Return 24 bits: bit h is set when a member in `zone` is awake all through UTC hour h.

    Read on the Thursday of the week of `monday`, the first day on which people meet.
    """
    thursday = datetime.combine(monday + timedelta(days=THURSDAY), time(0), UTC)
    clock = ZoneInfo(zone)
    starts = [(thursday + timedelta(hours=hour)).astimezone(clock) for hour in range(24)]
    return sum(1 << hour for hour, start in enumerate(starts) if _is_awake(start, timedelta(hours=1)))


def _hardship(local: datetime) -> float:
    """How unwelcome a call at this local time is, in hours away from the best one."""
    at_work = local.weekday() < SATURDAY and 9 <= local.hour < 17
    asleep = not _is_awake(local, LENGTH)
    return abs(_hour(local) - BEST_HOUR) + AT_WORK * at_work + ASLEEP * asleep


def _is_awake(local: datetime, length: timedelta) -> bool:
    return _hour(local) >= AWAKE_FROM and _hour(local) + length / timedelta(hours=1) <= AWAKE_UNTIL


def _hour(local: datetime) -> float:
    return local.hour + local.minute / 60
