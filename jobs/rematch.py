"""The rematch: whoever loses a partner hears of it at once, and somebody else is found, at short notice if need be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session, sessionmaker

from data.answering import settle
from data.availability import span_of
from data.avoidance import avoided_pairs
from data.falling_through import (
    Waiting,
    fallen_out,
    found_no_time,
    is_uneasy,
    lock_round,
    matches_falling_through,
    rounds_to_look_after,
    waiting_in,
    was_silent,
)
from data.match import Match, Seat
from data.member import members_numbered
from data.round import Round
from jobs.arrange import announce, gather, strangers_among
from jobs.left_over import count_as_left_out, take_back, tell_left_over
from jobs.quiet import pause_the_silent
from jobs.short_notice import rescue_at_short_notice
from jobs.sitting_in import arrange
from web.letters import Letters
from web.settings import Settings


def rematch(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Act on every "no", every silence and everybody who has gone since the last time; return one line about it.

    Who falls out is freed; a trio goes on as two; whoever is left is written to and paired again with anybody
    who waits, newcomers and the left over included. After the round's last moment for pairing only those are asked
    who like to be called in at short notice; whoever lost a partner and finds nobody comes first next week.
    Meetings of the round before may still be ahead: they are looked after as well.
    """
    with sessions() as session:
        rounds = [lock_round(session, round_) for round_ in reversed(rounds_to_look_after(session, now))]
        if not rounds:
            return "There is no round this week to look after"
        letters = Letters(settings)
        for earlier in rounds[:-1]:
            _free(session, earlier, letters, now, earlier.agree_within(settings.agree_within))
        line = _look_after(session, rounds[-1], letters, now, rounds[-1].agree_within(settings.agree_within))
        session.commit()
    return f"Round of {rounds[-1].monday}: {line}"


def _look_after(session: Session, round_: Round, letters: Letters, now: datetime, agree_within: timedelta) -> str:
    if now <= round_.rematch_until:
        let_down = _free(session, round_, letters, now, agree_within)
        return f"{len(let_down)} lost their partner, {_pair_again(session, round_, letters, now)} matches were made"
    told = _close(session, round_, letters, now)
    let_down = _free(session, round_, letters, now, agree_within)
    left_out = [seat.member for seat in let_down if seat.freed_at and not seat.member.only_sits_in]
    count_as_left_out(session, [member.id for member in left_out])
    rescued = rescue_at_short_notice(session, round_, letters, now)
    found = f", {rescued} matches were made at short notice" if rescued else ""
    return f"{len(let_down)} lost their partner{found}, {told} heard that nobody was found"


def _free(session: Session, round_: Round, letters: Letters, now: datetime, agree_within: timedelta) -> list[Seat]:
    """Free the seats of who fell out and of whoever is left alone; return the seats of those let down, told of it."""
    matches = matches_falling_through(session, round_, now, agree_within)
    apart = set(avoided_pairs(session)) if matches else set()
    let_down, silent = [], [seat for match in matches for seat in match.live_seats if was_silent(seat, now)]
    for match in matches:
        stay = fall_through(match, apart, now, agree_within)
        let_down += stay
        for seat in stay:
            letters.they_cannot_come(session, seat, now)
        letters.tell(session, match, settle(match, now), now)
    pause_the_silent(session, silent, letters, now)
    return let_down


def fall_through(
    match: Match, apart: Collection[tuple[int, int]], now: datetime, agree_within: timedelta
) -> list[Seat]:
    """Free what has to be freed in one match; return the seats of those who would have come."""
    out, everybody = fallen_out(match, now), match.live_seats
    stay = [seat for seat in everybody if seat not in out]
    over = is_uneasy(match, apart) or found_no_time(match, now, agree_within)
    if not out and not over:
        return []
    ends = over or len(stay) < 2
    for seat in everybody if ends else out:
        seat.free(now)
    if ends:
        match.sequence += 1  # whoever has it in a calendar hears that it is off
    return stay


def _pair_again(session: Session, round_: Round, letters: Letters, now: datetime) -> int:
    """Pair everybody who waits, unless the same people were asked the last time; return how many matches it made."""
    waiting = waiting_in(session, round_)
    if len(waiting) < 2 or round_.figures.get("waiting") == digest_of(waiting):
        return 0
    members = members_numbered(session, [one.member_id for one in waiting])
    known = strangers_among(gather(session, members, round_, span_of(round_, now), now))
    matches = arrange(known, round_, now).matches
    announce(session, matches, letters, now)
    seated = {seat.member.id for match in matches for seat in match.seats}
    take_back(session, round_, [one.member_id for one in waiting if one.member_id in seated and not one.let_down])
    still = digest_of([one for one in waiting if one.member_id not in seated])
    rescued = sum(one.let_down and one.member_id in seated for one in waiting)
    round_.figures = round_.figures | {
        "waiting": still,
        "made_later": round_.figures.get("made_later", 0) + len(matches),
        "rescued": round_.figures.get("rescued", 0) + rescued,
    }
    return len(matches)


def digest_of(waiting: Sequence[Waiting]) -> str:
    """A short name for who waits and on what terms: asking the same people again would give the same answer."""
    return sha256(repr(waiting).encode()).hexdigest()[:16]


def _close(session: Session, round_: Round, letters: Letters, now: datetime) -> int:
    """Tell those who lost a partner and for whom nobody was found in time, once; return how many they are."""
    if round_.figures.get("closed"):
        return 0
    let_down = [one.member_id for one in waiting_in(session, round_) if one.let_down]
    tell_left_over(session, round_, members_numbered(session, let_down), letters, now)
    round_.figures = round_.figures | {"closed": True}
    return len(let_down)
