"""Arranges meetings: gathers what is known, decides who meets whom, when, where and why, and writes it down with its letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import NamedTuple

from sqlalchemy.orm import Session

from data.avoidance import avoided_pairs
from data.match import Match, Seat
from data.member import Member
from data.past_pairs import PastPair, past_pairs
from data.round import Round
from data.trained_model import TrainedModel, model_in_use
from data.words import Words
from jobs.common_ground import Phrasebook
from jobs.meeting_place import Home, Spot, Towns
from jobs.meeting_plan import LENGTH, when_nearby, when_to_call
from jobs.towns_around import towns_around
from jobs.translate import Vectors, model_of, named, past_of, people_of
from jobs.wording import reason_in_words, topic_to_start_with
from matcher.pairing import CALL, Pairing, pair_up
from matcher.rules import Rules
from web.letters import Letters


@dataclass(frozen=True, eq=False)
class Known:
    """Everything a pairing is decided from."""

    members: list[Member]
    pairs: list[PastPair]
    apart: list[tuple[int, int]]
    trained: TrainedModel | None
    towns: Towns
    vectors: Vectors


@dataclass(frozen=True, eq=False)
class Arrangement:
    """The answer: matches not yet stored, who is left over, and the pairing's figures."""

    matches: list[Match]
    left_over: list[Member]
    figures: dict[str, float]


class _Group(NamedTuple):
    members: list[Member]
    mode: int
    value: float
    reason: str
    weeks_ago: int


def gather(session: Session, members: Sequence[Member]) -> Known:
    """Read everything that decides how `members` are paired; nothing is written."""
    return Known(
        members=[member for member in members if member.latitude is not None],
        pairs=past_pairs(session),
        apart=avoided_pairs(session),
        trained=model_in_use(session),
        towns=towns_around(session, members),
        vectors=Words.load().vectors,
    )


def arrange(known: Known, round_: Round, now: datetime) -> Arrangement:
    """Decide who of the known members meets whom in `round_`, when, where and why. Pure: stores nothing."""
    people = people_of(known.members, round_.monday, known.vectors)
    past = past_of(known.members, known.pairs, known.apart, round_.monday)
    pairing = pair_up(people, past, Rules(), model_of(known.trained), round_.seed)
    groups = list(_groups(pairing, known.members))
    phrases = Phrasebook([member for group in groups for member in group.members], known.vectors)
    matches = [_match(group, round_, now, known.towns, phrases) for group in groups]
    return Arrangement(matches, [known.members[row] for row in pairing.left_over], pairing.figures)


def announce(session: Session, matches: Sequence[Match], letters: Letters, now: datetime) -> int:
    """Store matches and write to everybody in them; return how many letters that took. Does not commit."""
    session.add_all(matches)
    session.flush()
    seats = [seat for match in matches for seat in match.seats]
    written = [
        letters.your_match(
            session, seat, now, post_after=max(now, seat.match.round.letters_from(seat.member.time_zone))
        )
        for seat in seats
    ]
    return sum(letter is not None for letter in written)


def _groups(pairing: Pairing, members: list[Member]) -> Iterator[_Group]:
    pairs = named(pairing.pairs, members), pairing.mode, pairing.value, pairing.reason, pairing.weeks_ago
    for group, mode, value, reason, ago in zip(*pairs, strict=True):
        yield _Group(group, int(mode), float(value), reason, int(ago))
    trios = named(pairing.trios, members), pairing.trio_mode, pairing.trio_value, pairing.trio_reason
    for group, mode, value, reason in zip(*trios, strict=True):
        yield _Group(group, int(mode), float(value), reason, -1)


def _match(group: _Group, round_: Round, now: datetime, towns: Towns, phrases: Phrasebook) -> Match:
    chance = Random(f"{round_.seed} {group.members[0].id}").getrandbits(32)  # noqa: S311  only for variety
    match = Match(
        round=round_,
        mode="call" if group.mode == CALL else "in_person",
        value=group.value,
        reason=reason_in_words(group.reason, group.members, group.weeks_ago, phrases),
        topic=topic_to_start_with(group.members, phrases, chance),
        minutes=int(LENGTH.total_seconds() // 60),
        made_at=now,
        seats=[Seat(member=member) for member in group.members],
    )
    answered_by = max(seat.answer_by for seat in match.seats)
    if group.mode == CALL:
        zones = [member.time_zone for member in group.members]
        match.meets_at = when_to_call(round_.monday, zones, answered_by)
    else:
        town = _town(group.members, towns)
        match.meets_at = when_nearby(round_.monday, town.zone, answered_by)
        match.meeting_place = towns.place_in(town, match.meets_at, match.ends_at, chance)
    return match


def _town(members: list[Member], towns: Towns) -> Spot:
    """The town where they meet; when the list knows none in their reach, the home town of one of them."""
    homes = [Home(member.latitude or 0.0, member.longitude or 0.0, member.reach_km) for member in members]
    place = members[0].place
    own = Spot(place.name, place.latitude, place.longitude, zone=place.time_zone) if place else Spot("town", 0, 0)
    return towns.between(homes) or own
