"""The rematch: whoever loses a partner hears of it at once, and until Thursday evening somebody else is found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session, sessionmaker

from data.avoidance import avoided_pairs
from data.falling_through import Waiting, fallen_out, is_uneasy, lock_round, matches_falling_through, waiting_in
from data.match import Match, Seat
from data.member import members_numbered
from data.round import Round, latest_round
from jobs.arrange import announce, arrange, gather
from jobs.left_over import count_as_left_out, take_back, tell_left_over
from web.letters import Letters
from web.settings import Settings


def rematch(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Act on every "no", every silence and everybody who has gone since the last time; return one line about it.

    Who falls out is freed; a trio goes on as two; whoever is left is written to and paired again with anybody
    who waits, newcomers and the left over included. After the round's last moment for pairing nobody new is
    found: then whoever lost a partner comes first next week.
    """
    with sessions() as session:
        latest = latest_round(session)
        if latest is None or now >= datetime.combine(latest.monday + timedelta(days=7), time(), UTC):
            return "There is no round this week to look after"
        round_, letters = lock_round(session, latest), Letters(settings)
        if now > round_.rematch_until:
            told = _close(session, round_, letters, now)
            let_down = _free(session, round_, letters, now)
            count_as_left_out(session, [seat.member_id for seat in let_down if seat.freed_at])
            line = f"{len(let_down)} lost their partner, {told} heard that nobody was found"
        else:
            let_down = _free(session, round_, letters, now)
            line = f"{len(let_down)} lost their partner, {_pair_again(session, round_, letters, now)} matches were made"
        session.commit()
    return f"Round of {round_.monday}: {line}"


def _free(session: Session, round_: Round, letters: Letters, now: datetime) -> list[Seat]:
    """Free the seats of who fell out and of whoever is left alone; return the seats of those let down, told of it."""
    matches = matches_falling_through(session, round_, now)
    apart = set(avoided_pairs(session)) if matches else set()
    let_down = []
    for match in matches:
        stay = _fall_through(match, apart, now)
        let_down += stay
        for seat in stay:
            letters.they_cannot_come(session, seat, now)
        if match.on_at is None and _all_have_accepted(match):
            match.on_at = now
            for seat in match.live_seats:
                letters.it_is_on(session, seat, now)
    return let_down


def _fall_through(match: Match, apart: set[tuple[int, int]], now: datetime) -> list[Seat]:
    """Free what has to be freed in one match; return the seats of those who would have come."""
    out, everybody = fallen_out(match, now), match.live_seats
    stay = [seat for seat in everybody if seat not in out]
    uneasy = is_uneasy(match, apart)
    if not out and not uneasy:
        return []
    for seat in everybody if uneasy or len(stay) < 2 else out:
        seat.free(now)
    return stay


def _all_have_accepted(match: Match) -> bool:
    return not match.is_off and all(seat.accepted_at for seat in match.live_seats)


def _pair_again(session: Session, round_: Round, letters: Letters, now: datetime) -> int:
    """Pair everybody who waits, unless the same people were asked the last time; return how many matches it made."""
    waiting = waiting_in(session, round_)
    if len(waiting) < 2 or round_.figures.get("waiting") == _digest(waiting):
        return 0
    members = members_numbered(session, [one.member_id for one in waiting])
    matches = arrange(gather(session, members), round_, now).matches
    announce(session, matches, letters, now)
    seated = {seat.member.id for match in matches for seat in match.seats}
    take_back(session, round_, [one.member_id for one in waiting if one.member_id in seated and not one.let_down])
    still = _digest([one for one in waiting if one.member_id not in seated])
    round_.figures = round_.figures | {
        "waiting": still,
        "made_later": round_.figures.get("made_later", 0) + len(matches),
    }
    return len(matches)


def _digest(waiting: Sequence[Waiting]) -> str:
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
