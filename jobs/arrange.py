"""Arranges meetings: gathers what is known, decides who meets whom, why, where and at which times, and writes it down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from random import Random

from sqlalchemy.orm import Session

from data.answering import SHORT_NOTICE
from data.availability import Available, Span, availability
from data.avoidance import avoided_pairs
from data.match import LENGTH, Match, Seat
from data.meeting_time import MeetingTime
from data.member import Member
from data.offered_times import times_to_offer
from data.past_pairs import past_pairs
from data.reliability import kept_shares
from data.round import Round
from data.trained_model import model_in_use
from data.venue_use import meetings_given
from data.venues import SuggestedVenue
from data.webhook import facts_of, tell_of_many
from data.words import Words
from jobs.common_ground import Phrasebook
from jobs.conversation import questions_for, sign_for
from jobs.known import Decided, Group, Known
from jobs.towns import Home
from jobs.towns_around import places_around
from jobs.translate import model_of, named, past_of, people_of
from jobs.wishes import NONE, Wishes, decide_with
from jobs.wording import reason_in_words, topic_to_start_with
from matcher.pairing import CALL, Pairing, pair_up
from matcher.rules import Rules
from web.letters import Letters


@dataclass(frozen=True, eq=False)
class Arrangement:
    """The answer: matches not yet stored, what they were made of, who is left over, and the pairing's figures."""

    matches: list[Match]
    left_over: list[Member]
    figures: dict[str, float]
    groups: list[Group] = field(default_factory=list)
    refused: list[list[int]] = field(default_factory=list)  # wished, and cannot be


def gather(session: Session, members: Sequence[Member], round_: Round, span: Span, now: datetime) -> Known:
    """Read everything that decides how `members` are paired within `span`; nothing is written."""
    available = availability(session, members, round_, span, now)
    return Known(
        available=available,
        span=span,
        pairs=past_pairs(session, [one.member.id for one in available]),
        apart=avoided_pairs(session),
        kept=kept_shares(session, [one.member.id for one in available], now),
        trained=model_in_use(session),
        places=places_around(session, [(one.stay.latitude, one.stay.longitude) for one in available]),
        used=Counter(meetings_given(session, round_.id) if round_.id is not None else {}),
        vectors=Words.load().vectors,
    )


def strangers_among(known: Known) -> Known:
    """Return the same, but with no two meeting again: the few who wait for somebody else have soon met each other.

    In a round two meet again where nobody new is left; here a stranger may be found next week.
    """
    met = [(pair.one_id, pair.other_id) for pair in known.pairs if pair.met]
    return replace(known, apart=[*known.apart, *met])


def arrange(known: Known, round_: Round, now: datetime, wishes: Wishes = NONE) -> Arrangement:
    """Decide who of those known meets whom in `round_`, why, where and at which times. Pure: stores nothing."""
    decided = decide_with(wishes, known, partial(decide, round_=round_))
    phrases = Phrasebook([one.member for group in decided.groups for one in group.people], known.vectors)
    matches = [_match(group, round_, now, known, phrases) for group in decided.groups]
    return Arrangement(matches, decided.left_over, decided.figures, decided.groups, decided.refused)


def decide(known: Known, round_: Round) -> Decided:
    """Ask the matcher who of those known meets whom."""
    members = [one.member for one in known.available]
    people = people_of(known.available, known.span.window, known.vectors, known.kept)
    past = past_of(members, known.pairs, known.apart, round_.monday)
    pairing = pair_up(people, past, Rules(), model_of(known.trained), round_.seed)
    left_over = [members[row] for row in pairing.left_over]
    return Decided(list(_groups(pairing, known.available)), left_over, pairing.figures)


def announce(session: Session, matches: Sequence[Match], letters: Letters, now: datetime) -> int:
    """Store matches, tell the webhooks, and write to everybody in them; return how many letters that took.

    Does not commit.
    """
    session.add_all(matches)
    session.flush()
    tell_of_many(session, "match_made", map(facts_of, matches), now)
    seats = [seat for match in matches for seat in match.seats]
    written = [
        letters.your_match(session, seat, now, post_after=max(now, seat.match.round.letters_from(seat.time_zone)))
        for seat in seats
    ]
    return sum(letter is not None for letter in written)


def _groups(pairing: Pairing, available: list[Available]) -> Iterator[Group]:
    pairs = named(pairing.pairs, available), pairing.mode, pairing.value, pairing.reason, pairing.weeks_ago
    for group, mode, value, reason, ago in zip(*pairs, strict=True):
        yield Group(group, int(mode), float(value), reason, int(ago))
    trios = named(pairing.trios, available), pairing.trio_mode, pairing.trio_value, pairing.trio_reason
    for group, mode, value, reason in zip(*trios, strict=True):
        yield Group(group, int(mode), float(value), reason, -1)


def _match(group: Group, round_: Round, now: datetime, known: Known, phrases: Phrasebook) -> Match:
    members = [one.member for one in group.people]
    chance = Random(f"{round_.seed} {members[0].id}").getrandbits(32)  # noqa: S311  only for variety
    moments = _moments(group, known.span)
    reason = reason_in_words(group.reason, members, group.weeks_ago, phrases)
    topic = topic_to_start_with(members, phrases, chance)
    match = Match(
        round=round_,
        mode="call" if group.mode == CALL else "in_person",
        value=group.value,
        reason=reason.words,
        reason_facts=reason.facts,
        topic=topic.words,
        topic_facts=topic.facts,
        questions=questions_for(chance),
        sign=sign_for(chance),
        minutes=int(LENGTH.total_seconds() // 60),
        made_at=now,
        answer_until=moments[-1] - SHORT_NOTICE if known.span.at_short_notice else None,
        times=[MeetingTime(starts_at=moment) for moment in moments],
        seats=[Seat(member=one.member, time_zone=one.stay.zone) for one in group.people],
    )
    if group.mode != CALL:
        _find_places(match, group.people, moments, chance, known)
    return match


def _find_places(match: Match, people: list[Available], moments: list[datetime], chance: int, known: Known) -> None:
    """Offer up to three places; which of them it is, is decided with the time. Where none is known, say where to look."""
    homes = [Home(one.stay.latitude, one.stay.longitude, one.member.reach_km) for one in people]
    step_free, zone = any(one.member.step_free for one in people), people[0].stay.zone
    found = known.places.suggest(homes, moments, zone, step_free, chance=chance, used=known.used)
    known.used.update(found[:1])
    match.suggestions = [SuggestedVenue(rank=rank, venue_id=number) for rank, number in enumerate(found, start=1)]
    match.meeting_place = "" if found else known.places.words_where_nothing_is_listed(homes)


def _moments(group: Group, span: Span) -> list[datetime]:
    free, awake = [one.free for one in group.people], [one.awake for one in group.people]
    return times_to_offer(span.window, free, awake, [one.stay.zone for one in group.people])
