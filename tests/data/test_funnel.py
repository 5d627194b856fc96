"""The funnel of a round: what the database counts is what one counts by hand, row by row."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data.feedback import MET, Feedback
from data.funnel import Funnel, Meetings, count_funnel, funnel_in, keep_funnel, rounds_to_count
from data.match import Match, Seat
from data.member import Member
from data.round import Round
from data.travel import band_of, km_between
from data.venues import SuggestedVenue, Venue
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, OLGA, at, bring_together, join, run_round, say_yes

NOW = at("fri 12:00")
CAST = (ADA, BEN, CLEO, DAN, EVA, FINN, OLGA)


class Said(NamedTuple):
    """What one seat says afterwards."""

    met: str
    rating: int | None
    again: bool | None


class Sitting(NamedTuple):
    """What became of one seat."""

    answer: str
    is_freed: bool
    said: Said | None


class Meeting(NamedTuple):
    """One match of a simulated week."""

    mode: str
    members: list[int]
    seats: list[Sitting]
    on_at_all: bool
    ahead: bool
    place: int  # of its three suggestions; 3: another, in words of their own


SAID = st.builds(Said, st.sampled_from(MET), st.none() | st.integers(1, 5), st.none() | st.booleans())
SITTINGS = st.builds(
    Sitting, st.sampled_from(["nothing", "yes", "no", "taken back"]), st.booleans(), st.none() | SAID | SAID
)
MEETINGS = st.builds(
    Meeting,
    st.sampled_from(["in_person", "in_person", "call"]),
    st.lists(st.integers(0, len(CAST) - 1), min_size=2, max_size=3, unique=True),
    st.lists(SITTINGS, min_size=3, max_size=3),
    st.booleans(),
    st.booleans(),
    st.integers(0, 3),
)


@pytest.fixture
def members(session: Session) -> list[Member]:
    """All of the cast: in Copenhagen, Malmö, Aarhus and Auckland; Olga has left."""
    members = [join(session, role) for role in CAST]
    members[-1].leave(NOW)
    session.commit()
    return members


@pytest.fixture
def venues(session: Session) -> list[Venue]:
    """Two branches of a chain that are called alike, and a library in Malmö."""
    named = [("Kaf", "", 55.68, 12.57), ("Kaf", "", 55.76, 12.45), ("Library", "Gatan 1", 55.6, 13.0)]
    venues = [Venue(kind="cafe", name=n, address=a, latitude=y, longitude=x) for n, a, y, x in named]
    session.add_all(venues)
    session.commit()
    return venues


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MEETINGS, max_size=7), st.integers(0, 12))
def test_it_counts_what_one_counts_by_hand(
    session: Session, members: list[Member], venues: list[Venue], week: list[Meeting], people: int
) -> None:
    round_ = run_round(session)
    round_.figures = {"people": people, "rescued": 2}
    live: set[Member] = set()
    matches = []
    for meeting in week:
        free = [members[number] for number in meeting.members if members[number] not in live]
        if len(free) > 1:  # nobody sits in two at once
            matches.append(play(session, round_, meeting, free, venues))
            live |= {seat.member for seat in matches[-1].live_seats}
    other = bring_together(session, run_round(session, weeks=1), members[0], members[1], on_at=NOW)
    session.add(Feedback(seat=other.seats[0], given_at=NOW, met="yes", rating=5))
    session.flush()
    counted, expected = count_funnel(session, round_, NOW), by_hand(session, matches, people)
    session.rollback()
    assert counted == expected


def play(session: Session, round_: Round, meeting: Meeting, people: list[Member], venues: list[Venue]) -> Match:
    """Store one match and what was said of it."""
    when = NOW + timedelta(hours=2 if meeting.ahead else -20)
    place = [*(venue.in_words for venue in venues), "The harbour"][meeting.place]
    changes = {"on_at": at("tue 10:00")} if meeting.on_at_all else {}
    match = bring_together(session, round_, *people, mode=meeting.mode, times=[when], meeting_place=place, **changes)
    match.suggestions = [SuggestedVenue(rank=rank, venue=venue) for rank, venue in enumerate(venues, 1)]
    for seat, sitting in zip(match.seats, meeting.seats, strict=False):
        seat.accepted_at = NOW if sitting.answer == "yes" else None
        if sitting.answer in {"no", "taken back"}:
            seat.declined_at, seat.declined_why = NOW, "someone_else"
            seat.cancelled_at = NOW if sitting.answer == "taken back" else None
        if sitting.is_freed:
            seat.free(NOW)
        if sitting.said:
            session.add(Feedback(seat=seat, given_at=NOW, **sitting.said._asdict()))
    session.flush()
    return match


def by_hand(session: Session, matches: list[Match], people: int) -> Funnel:
    """Count the same, row by row."""
    said = {one.seat_id: one for one in session.query(Feedback)}
    seats = [seat for match in matches for seat in match.seats]
    fixed = [seat for seat in seats if seat.freed_at is None and seat.match.on_at]
    bands = [0] * 5
    for seat in fixed:
        venue, member = seat.match.venue, seat.member
        if seat.match.mode == "in_person" and venue and member.latitude is not None and member.longitude is not None:
            here, there = (member.latitude, member.longitude), (venue.latitude, venue.longitude)
            bands[band_of(km_between(here, there))] += 1
    paired = numbers(seats)
    held = [seat for seat in seats if seat.freed_at is None and "yes" in words(seat.match, said)]
    return Funnel(
        people=max(people, paired),
        paired=paired,
        said_yes=numbers([seat for seat in seats if seat.accepted_at or seat.cancelled_at]),
        fixed=numbers(fixed),
        held=numbers(held),
        left_over=max(people, paired) - paired,
        rescued=2,
        in_person=of_mode("in_person", matches, said),
        on_call=of_mode("call", matches, said),
        bands=tuple(bands),
    )


def of_mode(mode: str, matches: list[Match], said: dict[int, Feedback]) -> Meetings:
    mine = [match for match in matches if match.mode == mode]
    over = [match for match in mine if match.on_at and match.meets_at and match.meets_at < NOW]
    told = [match for match in over if words(match, said)]
    enjoyed = [said[seat.id].enjoyed for match in mine for seat in match.seats if seat.id in said]
    return Meetings(
        made=len(mine),
        fixed=sum(match.on_at is not None and len(match.live_seats) > 1 for match in mine),
        told=len(told),
        held=sum("yes" in words(match, said) for match in told),
        rated=sum(one is not None for one in enjoyed),
        enjoyed=sum(one is True for one in enjoyed),
    )


def words(match: Match, said: dict[int, Feedback]) -> set[str]:
    return {said[seat.id].met for seat in match.seats if seat.id in said}


def numbers(seats: list[Seat]) -> int:
    return len({seat.member_id for seat in seats})


def test_what_is_kept_comes_back_as_it_was(session: Session) -> None:
    round_ = run_round(session)
    for seat in bring_together(session, round_, join(session, ADA), join(session, BEN)).seats:
        say_yes(seat, at("mon 10:00"))
    funnel = count_funnel(session, round_, NOW)
    assert (funnel.people, funnel.said_yes, funnel.fixed, funnel.meetings.fixed) == (2, 2, 2, 1)
    assert funnel_in(round_.funnel) is None
    keep_funnel(session, round_.id, funnel, NOW)
    session.refresh(round_)
    assert (funnel_in(round_.funnel), round_.counted_at) == (funnel, NOW)


def test_an_earlier_count_does_not_replace_a_later_one(session: Session) -> None:
    round_ = run_round(session)
    keep_funnel(session, round_.id, Funnel(people=12), NOW)
    keep_funnel(session, round_.id, Funnel(people=11), NOW - timedelta(minutes=1))
    session.refresh(round_)
    kept = funnel_in(round_.funnel)
    assert kept is not None
    assert kept.people == 12


def test_young_rounds_are_counted_each_time_older_ones_now_and_then_old_ones_once(session: Session) -> None:
    rounds = [run_round(session, weeks=weeks) for weeks in (-9, -7, -6, -1, 0)]
    assert rounds_to_count(session, NOW) == rounds[::-1]
    for round_ in rounds[1:]:
        keep_funnel(session, round_.id, Funnel(), NOW)

    def to_count(minutes: int) -> list[int]:
        return [rounds.index(one) for one in rounds_to_count(session, NOW + timedelta(minutes=minutes))]

    assert to_count(29) == [4, 3, 0]
    assert to_count(30) == [4, 3, 2, 0]


@pytest.mark.parametrize(("km", "band"), [(0, 0), (2, 0), (2.01, 1), (5, 1), (9, 2), (25, 3), (25.1, 4), (18000, 4)])
def test_a_way_lies_in_the_band_up_to_its_end(km: float, band: int) -> None:
    assert band_of(km) == band


def test_copenhagen_to_aarhus_is_as_far_as_the_map_says() -> None:
    assert km_between((55.6759, 12.5655), (56.1567, 10.2108)) == pytest.approx(156.6, abs=1)
