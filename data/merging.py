"""Makes one of two members who are one person: what the second has been goes to the first, as far as the promises allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from data.avoidance import avoidances_of, keep_apart
from data.falling_through import lock_round, rounds_to_look_after
from data.leaving import erase, fall_out
from data.letter import Letter
from data.match import Seat, lock_match, seats_of
from data.member import Member
from data.report import Report


class CannotMerge(Exception):
    """Only two who are here can be one, and the first has to have confirmed their address."""


@dataclass(frozen=True)
class Merging:
    """What becomes of each seat of the second."""

    moved: list[Seat] = field(default_factory=list)  # they are the first's from now on
    declined: list[Seat] = field(default_factory=list)  # both have a seat in that round: a no, and the partner is told
    stayed: list[Seat] = field(default_factory=list)  # beside a seat of the first, or of a past round in which both sat


def plan_merging(session: Session, first: Member, second: Member, now: datetime) -> Merging:
    """Return what would become of the seats of the second. Raises CannotMerge."""
    if first.id == second.id or not first.is_confirmed or second.left_at is not None:
        raise CannotMerge
    seats = seats_of(session, first.id)
    matches = {seat.match_id for seat in seats}
    rounds = {seat.round_id for seat in seats if seat.freed_at is None}
    merging = Merging()
    for seat in seats_of(session, second.id):
        clashes = seat.freed_at is None and seat.round_id in rounds
        ahead = seat.freed_at is None and not seat.match.has_begun(now)
        if not clashes and seat.match_id not in matches:
            merging.moved.append(seat)
        else:
            (merging.declined if ahead else merging.stayed).append(seat)
    return merging


def merge(session: Session, first: Member, second: Member, now: datetime) -> Merging:
    """Let the first be both, and the second leave; both are to be locked, after `lock_for_leaving`. Raises CannotMerge.

    With a seat goes what hangs on it: feedback, notes, lines of the wall, reports, letters. A person the second has
    met on a seat that stays is no stranger to the first either. One transaction: all of it, or nothing.
    """
    merging = plan_merging(session, first, second, now)
    for match_id in sorted({seat.match_id for seat in merging.moved}):
        lock_match(session, match_id)
    _move(session, merging.moved, first, second)
    for seat in merging.stayed + merging.declined:
        _remember_whom_they_met(session, seat, first, now)
    _move_avoidances(session, first, second)
    session.execute(update(Report).where(Report.about_id == second.id).values(about_id=first.id))
    first.signed_up_at = min(first.signed_up_at, second.signed_up_at)
    first.times_left_out = max(first.times_left_out, second.times_left_out)
    fall_out(session, second.id, now)
    erase(session, second, now)
    session.flush()
    return merging


def lock_for_leaving(session: Session, now: datetime) -> None:
    """Let `rematch` and whoever ends somebody's matches act one after the other; to be called before members are locked."""
    for round_ in reversed(rounds_to_look_after(session, now)):
        lock_round(session, round_)


def _move(session: Session, seats: list[Seat], first: Member, second: Member) -> None:
    """Give seats, and the letters about them, to the first; an address of the second is of no use any more."""
    for seat in seats:
        seat.member, seat.member_id = first, first.id
    session.flush()
    about = Letter.member_id == second.id, Letter.match_id.in_([seat.match_id for seat in seats])
    session.execute(update(Letter).where(*about).values(member_id=first.id, address=first.email))


def _remember_whom_they_met(session: Session, seat: Seat, first: Member, now: datetime) -> None:
    others = {other.member_id for other in seat.match.seats} - {seat.member_id}
    if first.id not in others:
        for other_id in sorted(others):
            keep_apart(session, first.id, other_id, "acquainted", now)


def _move_avoidances(session: Session, first: Member, second: Member) -> None:
    for avoidance in avoidances_of(session, second.id):
        other_id = avoidance.second_id if avoidance.first_id == second.id else avoidance.first_id
        if other_id != first.id:
            keep_apart(session, first.id, other_id, avoidance.why, avoidance.since)  # type: ignore[arg-type]  # a column's
        session.delete(avoidance)
    session.flush()
