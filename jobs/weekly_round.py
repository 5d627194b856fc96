"""The weekly round: on Monday everyone ready is paired, once, and everyone is written to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from data.availability import span_of
from data.avoidance import avoided_pairs
from data.community import community_of, deadlines_to_keep
from data.member import Member
from data.readiness import ready_in, ready_members
from data.round import ROUND_TIME, Round, is_round_week, latest_round, monday_of, next_round_monday, round_starts
from jobs.arrange import Arrangement, announce, arrange, gather
from jobs.left_over import tell_left_over
from web.letters import Letters
from web.settings import Settings


def weekly_round(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Pair everyone ready for the week in which `now` falls, unless that was done; return one line about it.

    Due in every week, or every second or fourth, as the community has decided, from Monday 06:00 UTC until the round's
    last moment for pairing, usually Thursday 20:00 UTC: started late, it still runs. The pairing is decided outside any transaction, so that members can go on answering meanwhile.
    """
    round_ = Round(monday=monday_of(now), seed=seed_of(monday_of(now)), started_at=now)
    with sessions() as session:
        round_.deadlines = deadlines_to_keep(session)
        not_due = _why_not_due(round_, latest_round(session), community_of(session).cadence_weeks, now)
        if not_due:
            return not_due
        known = gather(session, ready_members(session, round_.monday), round_, span_of(round_, now), now)
    arrangement = arrange(known, round_, now)
    with sessions() as session:
        session.add(round_)
        try:
            session.flush()
        except IntegrityError:
            return f"The round of {round_.monday} was run by somebody else just now"
        line = _apply(session, round_, _still_wanted(session, round_, arrangement), Letters(settings), now)
        session.commit()
    return line


def seed_of(monday: date) -> int:
    """Return the seed of a round: the same on every machine, another every week."""
    return monday.toordinal()


def _why_not_due(round_: Round, latest: Round | None, cadence_weeks: int, now: datetime) -> str | None:
    if latest is not None and latest.monday >= round_.monday:
        return f"The round of {latest.monday} was run already"
    last = latest.monday if latest else None
    if not is_round_week(round_.monday, last, cadence_weeks):
        return f"There is no round this week; the next is on {next_round_monday(last, cadence_weeks, now)}"
    if now < round_starts(round_.monday):
        return f"The round of {round_.monday} is not due before Monday {ROUND_TIME:%H:%M} UTC"
    if now > round_.rematch_until:
        return f"The week of {round_.monday} is too far gone; the next round is on {next_round_monday(last, cadence_weeks, now)}"
    return None


def _still_wanted(session: Session, round_: Round, arrangement: Arrangement) -> Arrangement:
    """Drop who left, paused or was barred while the pairing was being decided; `rematch` sees to their partners."""
    ready = set(session.scalars(select(Member.id).where(ready_in(round_.monday))))
    apart = set(avoided_pairs(session))

    def stands(ids: list[int]) -> bool:
        return ready.issuperset(ids) and not any((one, other) in apart for one in ids for other in ids)

    matches = [match for match in arrangement.matches if stands([seat.member.id for seat in match.seats])]
    left_over = [member for member in arrangement.left_over if member.id in ready]
    return Arrangement(matches, left_over, arrangement.figures)


def _apply(session: Session, round_: Round, arrangement: Arrangement, letters: Letters, now: datetime) -> str:
    written = announce(session, arrangement.matches, letters, now)
    written += tell_left_over(session, round_, arrangement.left_over, letters, now)
    round_.figures = arrangement.figures | {"letters": written}
    figure = {name: int(number) for name, number in round_.figures.items()}
    return (
        f"Round of {round_.monday}: {figure['people']} people, {figure['nearby']} pairs nearby, {figure['calls']} on calls, "
        f"{figure['trios']} trios, {figure['left_over']} left over, {written} letters written"
    )
