"""Rescue at short notice: after the last pairing, whoever loses a partner may meet one who likes to be called in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import combinations

import numpy as np
from sqlalchemy.orm import Session

from data.availability import span_at_short_notice
from data.falling_through import Waiting, waiting_in
from data.member import members_numbered
from data.round import REMATCH_UNTIL, Round
from jobs.arrange import announce, arrange, gather, strangers_among
from jobs.left_over import uncount
from matcher.geography import distance_km
from web.letters import Letters

WORTH_ASKING = timedelta(days=6)  # after the round's Monday: on Sunday the next round is about to begin
MOST_ASKED = 200  # of those who may be called in, the nearest: each two of them must be told apart


def rescue_at_short_notice(session: Session, round_: Round, letters: Letters, now: datetime) -> int:
    """Pair those let down with each other, or with who may be called in; return how many matches that made.

    Two who were not let down are not paired: nobody needs them. A live seat is one's only one in a round, so that
    two who were stood up are never promised the same third.
    """
    let_down, may_help = _waiting(session, round_, now)
    asked = sha256(repr((let_down, may_help)).encode()).hexdigest()[:16]
    if not let_down or round_.figures.get("asked_at_short_notice") == asked:
        return 0
    members = members_numbered(session, [one.member_id for one in [*let_down, *may_help]])
    known = strangers_among(gather(session, members, round_, span_at_short_notice(now), now))
    known.apart.extend(combinations([one.member_id for one in may_help], 2))
    matches = arrange(known, round_, now).matches
    announce(session, matches, letters, now)
    seated = {seat.member.id for match in matches for seat in match.seats}
    rescued = [one.member_id for one in let_down if one.member_id in seated]
    uncount(session, rescued)
    left = (
        [one for one in let_down if one.member_id not in seated],
        [one for one in may_help if one.member_id not in seated],
    )
    round_.figures = round_.figures | {
        "asked_at_short_notice": sha256(repr(left).encode()).hexdigest()[:16],
        "rescued": round_.figures.get("rescued", 0) + len(rescued),
    }
    return len(matches)


def _waiting(session: Session, round_: Round, now: datetime) -> tuple[list[Waiting], list[Waiting]]:
    """Return who was let down after the round's last pairing, and the nearest who may be called in."""
    if now > datetime.combine(round_.monday + WORTH_ASKING, REMATCH_UNTIL, UTC):
        return [], []
    waiting = [one for one in waiting_in(session, round_) if one.latitude is not None]
    late = [one for one in waiting if one.let_down and one.left_at and one.left_at > round_.rematch_until]
    ids = {one.member_id for one in late}
    return late, _nearest([one for one in waiting if one.short_notice and one.member_id not in ids], late)


def _nearest(helping: Sequence[Waiting], to: Sequence[Waiting]) -> list[Waiting]:
    """Return the MOST_ASKED who live nearest to any of those let down, in the order of their numbers."""
    if len(helping) <= MOST_ASKED or not to:
        return list(helping)
    north, east = np.array([one.latitude for one in helping]), np.array([one.longitude for one in helping])
    km = np.min([distance_km(one.latitude or 0.0, one.longitude or 0.0, north, east) for one in to], axis=0)
    nearest = np.argsort(km, kind="stable")[:MOST_ASKED]
    return [helping[row] for row in sorted(nearest.tolist())]
