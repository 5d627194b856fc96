"""Two members who were one person: every seat of the second ends somewhere, promises hold, and nothing is lost."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.avoidance import Avoidance, are_apart, avoided_pairs, keep_apart
from data.feedback import Feedback
from data.letter import Letter
from data.match import Seat, seats_of
from data.member import Member
from data.merging import CannotMerge, merge, plan_merging
from data.note import Note
from data.past_pairs import PastPair, past_pairs
from data.report import Report
from data.wall import WallLine
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, at, bring_together, join, run_round, say_yes
from web.letters import Letters
from web.settings import Settings

NOW = at("tue 10:00")


@pytest.fixture
def adas(session: Session) -> tuple[Member, Member]:
    """Ada, who has signed up twice."""
    return join(session, ADA), join(session, ADA, email="ada2@example.org", signed_up_at=at("mon 06:00", weeks=-9))


def test_a_seat_goes_to_the_first_with_all_that_hangs_on_it(session: Session, adas: tuple[Member, Member]) -> None:
    first, second = adas
    ben = join(session, BEN)
    match = bring_together(session, run_round(session), second, ben)
    seat, bens = match.seats
    letter = Letters(Settings()).your_match(session, seat, NOW)
    session.add_all(
        [
            Feedback(seat_id=seat.id, given_at=NOW, met="yes", learned="bread"),
            Note(seat_id=seat.id, written_at=NOW, text="Hello"),
            WallLine(seat_id=seat.id, words="Bread", shared_at=NOW),
            Report(seat_id=bens.id, about_id=second.id, words="Late", reported_at=NOW),
        ]
    )
    keep_apart(session, second.id, ben.id, "uneasy", NOW)
    merging = merge(session, first, second, NOW)
    session.commit()
    session.expire_all()
    assert ([one.id for one in merging.moved], merging.declined, merging.stayed) == ([seat.id], [], [])
    assert (seat.member_id, seat.freed_at, seat.declined_at) == (first.id, None, None)
    assert first.signed_up_at == at("mon 06:00", weeks=-9)
    assert (second.left_at, second.email, first.email) == (NOW, None, "ada@example.org")
    kept = [session.scalars(select(column)).one() for column in (Feedback.learned, Note.text, WallLine.words)]
    assert kept == ["bread", "Hello", "Bread"]
    assert session.scalars(select(Report.about_id)).one() == first.id
    assert avoided_pairs(session) == [(first.id, ben.id)]
    assert letter
    moved = session.get_one(Letter, letter.id)
    assert (moved.member_id, moved.address, moved.given_up_at) == (first.id, "ada@example.org", None)


def test_where_both_have_a_seat_the_second_says_no_and_the_partner_is_free(
    session: Session, adas: tuple[Member, Member]
) -> None:
    first, second = adas
    ben, cleo = join(session, BEN), join(session, CLEO)
    round_ = run_round(session)
    kept, given_up = bring_together(session, round_, first, ben), bring_together(session, round_, second, cleo)
    for seat in given_up.seats:
        say_yes(seat, NOW)
    merge(session, first, second, NOW)
    session.commit()
    assert (given_up.seats[0].declined_at, given_up.seats[0].member_id) == (NOW, second.id)
    assert given_up.is_falling_through
    assert not kept.is_falling_through
    assert are_apart(session, [first.id, cleo.id])  # she has seen who Cleo is


def test_seats_of_a_match_both_sat_in_stay(session: Session, adas: tuple[Member, Member]) -> None:
    first, second = adas
    ben = join(session, BEN)
    match = bring_together(session, run_round(session), first, second, ben)
    merging = merge(session, first, second, NOW)
    assert [seat.match_id for seat in merging.declined] == [match.id]
    assert [seat.member_id for seat in match.seats] == [first.id, second.id, ben.id]
    assert not are_apart(session, [first.id, ben.id])


def test_whom_both_met_in_one_past_round_is_no_stranger_to_the_first(
    session: Session, adas: tuple[Member, Member]
) -> None:
    first, second = adas
    ben, cleo = join(session, BEN), join(session, CLEO)
    past = run_round(session, weeks=-5)
    when = {"on_at": at("tue 09:00", weeks=-5)}
    bring_together(session, past, first, ben, **when)
    theirs = bring_together(session, past, second, cleo, **when)
    merging = merge(session, first, second, NOW)
    assert merging.stayed == [theirs.seats[0]]
    assert (theirs.seats[0].member_id, theirs.seats[0].freed_at, theirs.seats[0].declined_at) == (second.id, None, None)
    assert session.scalars(select(Avoidance.why)).all() == ["acquainted"]


def test_only_two_who_are_here_can_be_one(session: Session, adas: tuple[Member, Member]) -> None:
    first, second = adas
    with pytest.raises(CannotMerge):
        merge(session, first, first, NOW)
    first.confirmed_at = None
    with pytest.raises(CannotMerge):
        merge(session, first, second, NOW)
    first.confirm(NOW)
    second.leave(NOW)
    with pytest.raises(CannotMerge):
        plan_merging(session, first, second, NOW)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_they_lived_through_every_seat_ends_somewhere_and_the_promises_hold(
    session: Session, adas: tuple[Member, Member], seed: int
) -> None:
    first, second = adas
    chance = Random(seed)
    others = [join(session, role) for role in (BEN, CLEO, DAN, EVA, FINN)]
    for weeks in range(-6, 1):
        _a_week(session, chance, [first, second, *others], weeks)
    for one in (first, second):
        for other in chance.sample(others, 2):
            keep_apart(session, one.id, other.id, chance.choice(["barred", "uneasy"]), NOW)
    session.commit()
    before = {seat.id: seat.freed_at for seat in seats_of(session, second.id)}
    counts = [session.scalar(select(func.count()).select_from(table)) for table in (Seat, Feedback)]
    known = {pair.one_id + pair.other_id - mine for mine in (first.id, second.id) for pair in _pairs_of(session, mine)}
    apart = (_apart_from(session, first.id) | _apart_from(session, second.id)) - {first.id, second.id}
    merge(session, first, second, NOW)
    session.commit()
    session.expire_all()
    assert [session.scalar(select(func.count()).select_from(table)) for table in (Seat, Feedback)] == counts
    for number, freed_at in before.items():
        seat = session.get_one(Seat, number)
        gone = seat.freed_at or seat.declined_at or seat.match.has_begun(NOW)
        assert seat.member_id == first.id or (seat.member_id == second.id and gone), number
        assert seat.freed_at == freed_at  # only `rematch` frees
    live = select(Seat.round_id).where(Seat.member_id == first.id, Seat.freed_at.is_(None))
    rounds = session.scalars(live).all()
    assert len(rounds) == len(set(rounds))
    strangers = {other.id for other in others} - known - apart
    for other_id in (other.id for other in others):
        met = other_id in {pair.one_id + pair.other_id - first.id for pair in _pairs_of(session, first.id)}
        assert (met or are_apart(session, [first.id, other_id])) == (other_id not in strangers)
    assert _apart_from(session, second.id) == set()
    assert apart <= _apart_from(session, first.id)


def _a_week(session: Session, chance: Random, people: list[Member], weeks: int) -> None:
    """Some of them meet in twos and threes; some seats are freed, some people say how it was."""
    round_ = run_round(session, weeks=weeks)
    left = chance.sample(people, len(people))
    while len(left) >= 2:
        some = [left.pop() for _ in range(min(len(left), chance.choice([2, 2, 3])))]
        on = {"on_at": at("tue 09:00", weeks=weeks)} if weeks < 0 and chance.random() < 0.7 else {}
        match = bring_together(session, round_, *some, **on)
        for seat in match.seats:
            if chance.random() < 0.2:
                seat.free(at("wed 09:00", weeks=weeks))
            elif weeks < 0 and chance.random() < 0.5:
                session.add(Feedback(seat_id=seat.id, given_at=NOW, met="yes", rating=5))


def _pairs_of(session: Session, number: int) -> list[PastPair]:
    return [pair for pair in past_pairs(session) if number in (pair.one_id, pair.other_id)]


def _apart_from(session: Session, number: int) -> set[int]:
    return {first + second - number for first, second in avoided_pairs(session) if number in (first, second)}
