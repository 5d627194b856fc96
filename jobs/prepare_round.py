"""Prepares a round for an organiser to look at: everything the round does on its Monday, but nothing goes out."""

from __future__ import annotations

from datetime import date, datetime

from data.availability import span_of
from data.draft import MOST_LEFT_OVER, draft_of, keep_preview, lock_draft
from data.readiness import ready_members
from data.round import Round, round_of, round_starts
from jobs.arrange import Arrangement, gather
from jobs.known import Known
from jobs.long_work import CannotBeDone, Outcome, Work
from jobs.sitting_in import arrange
from jobs.wishes import Wishes, draft_pairs


def prepare_round(work: Work) -> Outcome:
    """Pair everybody who would be ready, as an organiser wishes, and keep it for the desk. Raises CannotBeDone."""
    monday = date.fromisoformat(work.task.facts["monday"])
    known, round_, wishes, changed_at = _gather(work, monday)
    work.step(1, 3)
    arrangement = arrange(known, round_, round_.started_at, wishes)
    work.step(2, 3)
    return _keep(work, monday, arrangement, changed_at)


def _gather(work: Work, monday: date) -> tuple[Known, Round, Wishes, datetime]:
    with work.sessions() as session:
        draft = draft_of(session, monday)
        if draft is None or round_of(session, monday) is not None:
            raise CannotBeDone(f"The round of {monday} has gone out already.")
        starts = max(work.now, round_starts(monday))
        round_ = Round(monday=monday, seed=draft.seed, started_at=starts)
        known = gather(session, ready_members(session, monday), round_, span_of(round_, starts), starts)
        return known, round_, Wishes(draft.together), draft.changed_at


def _keep(work: Work, monday: date, arrangement: Arrangement, changed_at: datetime) -> Outcome:
    pairs = draft_pairs(arrangement.groups, arrangement.matches)
    with work.sessions() as session:
        draft = lock_draft(session, monday)
        if draft is None or draft.changed_at != changed_at or draft.released_at is not None:
            raise CannotBeDone("The round was changed or released meanwhile; this preview is not kept.")
        keep_preview(session, draft, pairs, work.now)
        draft.left_over = [member.id for member in arrangement.left_over[:MOST_LEFT_OVER]]
        draft.figures = arrangement.figures | {"refused": arrangement.refused}
        session.commit()
    figure = {name: int(number) for name, number in arrangement.figures.items()}
    return Outcome(
        f"{figure['people']:,} people: {figure['nearby']:,} pairs nearby, {figure['calls']:,} on calls, "
        f"{figure['trios']:,} trios, {figure['left_over']:,} left over"
    )
