"""The weekly round: on Monday everyone ready is paired, once, and everyone is written to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from data.availability import span_of
from data.avoidance import avoided_pairs
from data.community import community_of, deadlines_to_keep
from data.draft import Draft, draft_of, lock_draft, pairs_of
from data.member import Member
from data.readiness import ready_in, ready_members
from data.round import (
    ROUND_TIME,
    Round,
    is_round_week,
    latest_round,
    monday_of,
    next_round_monday,
    round_starts,
    seed_of,
)
from jobs.arrange import Arrangement, announce, gather
from jobs.left_over import tell_left_over
from jobs.sitting_in import arrange
from jobs.wishes import NONE, Wishes
from web.letters import Letters
from web.settings import Settings


def weekly_round(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Pair everyone ready for the week in which `now` falls, unless that was done; return one line about it.

    Due in every week, or every second or fourth, as the community has decided, from Monday 06:00 UTC until the round's
    last moment for pairing, usually Thursday 20:00 UTC: started late, it still runs. The pairing is decided outside any transaction, so that members can go on answering meanwhile.
    """
    round_ = Round(monday=monday_of(now), seed=seed_of(monday_of(now)), started_at=now)
    with sessions() as session:
        round_.deadlines, draft = deadlines_to_keep(session), draft_of(session, round_.monday)
        cadence = community_of(session).cadence_weeks
        not_due = _why_not_due(round_, latest_round(session), cadence, now) or _why_held(draft)
        if not_due:
            return not_due
        wishes, round_.seed = wishes_of(session, draft), draft.seed if draft else round_.seed
        known = gather(session, ready_members(session, round_.monday), round_, span_of(round_, now), now)
    arrangement = arrange(known, round_, now, wishes)
    with sessions() as session:
        now_wished = lock_draft(session, round_.monday)
        if _stand(now_wished) != _stand(draft):
            return f"An organiser has just changed the round of {round_.monday}; it is decided anew"
        session.add(round_)
        try:
            session.flush()
        except IntegrityError:
            return f"The round of {round_.monday} was run by somebody else just now"
        line = _apply(session, round_, _still_wanted(session, round_, arrangement), Letters(settings), now)
        session.commit()
    return line


def wishes_of(session: Session, draft: Draft | None) -> Wishes:
    """Return what an organiser wants of a round: some pairs, or all of them, once it is released as it stands."""
    if draft is None:
        return NONE
    return Wishes(draft.together, pairs_of(session, draft) if draft.released_at else [])


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


def _why_held(draft: Draft | None) -> str | None:
    if draft is None or not draft.is_held:
        return None
    return f"The round of {draft.monday} is held by an organiser, until somebody releases it: {draft.held_why or 'no reason given'}"


def _stand(draft: Draft | None) -> tuple[datetime | None, ...]:
    """What an organiser had decided of a round by some moment."""
    return () if draft is None else (draft.changed_at, draft.held_at, draft.released_at)


def _still_wanted(session: Session, round_: Round, arrangement: Arrangement) -> Arrangement:
    """Drop who left, paused or was barred while the pairing was being decided; `rematch` sees to their partners."""
    ready = set(session.scalars(select(Member.id).where(ready_in(round_.monday))))
    apart = set(avoided_pairs(session))

    def stands(ids: list[int]) -> bool:
        return ready.issuperset(ids) and not any((one, other) in apart for one in ids for other in ids)

    matches = [match for match in arrangement.matches if stands([seat.member.id for seat in match.seats])]
    left_over = [member for member in arrangement.left_over if member.id in ready]
    return replace(arrangement, matches=matches, left_over=left_over)


def _apply(session: Session, round_: Round, arrangement: Arrangement, letters: Letters, now: datetime) -> str:
    written = announce(session, arrangement.matches, letters, now)
    written += tell_left_over(session, round_, arrangement.left_over, letters, now)
    round_.figures = arrangement.figures | {"letters": written}
    figure = {name: int(number) for name, number in round_.figures.items()}
    return (
        f"Round of {round_.monday}: {figure['people']} people, {figure['nearby']} pairs nearby, {figure['calls']} on calls, "
        f"{figure['trios']} trios, {figure['left_over']} left over, {written} letters written"
    )
