"""Between members and the matcher's columns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy.orm import Session

from data.availability import Available
from data.free_hours import Window, free_in
from data.member import Member
from data.past_pairs import PastPair
from data.trained_model import TrainedModel
from data.trip import stay_of
from data.words import Words
from jobs.translate import described, lessons_from, model_of, named, past_of, people_of, words_of_bits
from matcher.people import NEWCOMER_KEPT
from matcher.value import PRIOR, ValueModel
from tests.cast import ADA, BEN, CLEO, EVA, FINN, MONDAY, join

VECTORS = Words.load().vectors
WINDOW = Window(datetime.combine(MONDAY, datetime.min.time(), UTC), 14 * 24)


@pytest.fixture
def members(session: Session) -> list[Member]:
    """Ada, Ben, Cleo and Finn, in this order."""
    return [
        join(session, ADA, reach_km=25, trio_ok=True, times_left_out=2),
        join(session, BEN, meets="in_person"),
        join(session, CLEO, meets="call"),
        join(session, FINN),
    ]


def pair(one: Member, other: Member, weeks: int, *, met: bool = True, enjoyed: bool | None = None) -> PastPair:
    return PastPair(one.id, other.id, MONDAY - timedelta(weeks=weeks), met, enjoyed)


def at_home(*members: Member) -> list[Available]:
    frees = [free_in(member.free_hours, member.time_zone, WINDOW) for member in members]
    stays = [stay_of(member, [], MONDAY, MONDAY + timedelta(days=13)) for member in members]
    return [Available(*one) for one in zip(members, stays, frees, frees, strict=True)]


def test_people_are_what_the_members_said_and_nothing_else(members: list[Member]) -> None:
    people = people_of(at_home(*members), WINDOW, VECTORS)
    assert people.latitude.tolist() == [member.latitude for member in members]
    assert people.reach_km.tolist() == [25, 10, 10, 10]
    assert people.in_person.tolist() == [True, True, False, True]
    assert people.by_call.tolist() == [True, False, True, True]
    assert people.trio.tolist() == [True, False, False, False]
    assert people.waited.tolist() == [2, 0, 0, 0]
    assert people.free.shape == (4, 6)
    assert np.allclose(people.offers[1], VECTORS(["public speaking"])[0], atol=0.001)
    assert not people.offers[3].any()  # Finn said nothing
    assert set(people.__dataclass_fields__).isdisjoint({"email", "first_name", "name", "id"})


def test_people_are_where_they_stay_and_free_at_the_hours_of_the_window(members: list[Member]) -> None:
    ada, finn = at_home(members[0], members[3])
    lisbon = ada.stay._replace(latitude=38.7, longitude=-9.1, zone="Europe/Lisbon")
    people = people_of([ada._replace(stay=lisbon, free=1 << 70 | 1), finn], WINDOW, VECTORS)
    assert (people.latitude[0], people.longitude[0]) == (38.7, -9.1)
    assert people.free[0].tolist() == [1, 1 << 6, 0, 0, 0, 0]
    assert sum(int(word) << 64 * place for place, word in enumerate(people.free[1])) == finn.free


def test_who_is_known_to_keep_what_they_accept_is_so_and_all_others_are_newcomers(members: list[Member]) -> None:
    people = people_of(at_home(*members), WINDOW, VECTORS, {members[1].id: 0.5, 10_000: 0.1})
    assert people.kept.tolist() == pytest.approx([NEWCOMER_KEPT, 0.5, NEWCOMER_KEPT, NEWCOMER_KEPT])


def test_members_can_be_described_without_a_week(members: list[Member]) -> None:
    people, in_a_week = described(members, VECTORS), people_of(at_home(*members), WINDOW, VECTORS)
    assert not people.free.any()
    assert np.array_equal(people.topics, in_a_week.topics)
    assert np.array_equal(people.latitude, in_a_week.latitude)


def test_numbers_become_words_of_sixty_four_bits_the_lowest_first() -> None:
    assert words_of_bits([1, 1 << 64, (1 << 65) - 1], 65).tolist() == [[1, 0], [0, 1], [2**64 - 1, 1]]
    assert words_of_bits([0], 0).shape == (1, 1)
    assert words_of_bits([], 336).shape == (0, 6)


def test_nobody_is_no_trouble() -> None:
    assert len(people_of([], WINDOW, VECTORS)) == 0


def test_two_who_met_are_past_for_good_and_two_who_did_not_for_eight_weeks(members: list[Member]) -> None:
    ada, ben, cleo, finn = members
    pairs = [
        pair(ada, ben, 52), pair(ada, cleo, 8, met=False), pair(ada, finn, 9, met=False), pair(cleo, finn, 1),
    ]  # fmt: skip
    past = past_of(members, pairs, [], MONDAY)
    assert past.met.tolist() == [[0, 1], [0, 2], [2, 3]]
    assert past.weeks_ago.tolist() == [52, 8, 1]
    assert past.apart.size == 0


def test_two_brought_together_in_this_very_round_are_kept_apart(members: list[Member]) -> None:
    past = past_of(members, [pair(members[0], members[1], 0, met=False)], [], MONDAY)
    assert past.apart.tolist() == [[0, 1]]
    assert past.met.size == 0


def call(one: Member, other: Member, weeks: int, *, both_again: bool = True) -> PastPair:
    return pair(one, other, weeks)._replace(mode="call", both_again=both_again)


def test_two_whom_a_call_brought_together_and_who_both_would_again_are_welcome_to_meet_in_person(
    members: list[Member],
) -> None:
    ada, ben, cleo, finn = members
    past = past_of(members, [call(ada, finn, 9), call(ben, cleo, 3, both_again=False), pair(ada, ben, 2)], [], MONDAY)
    assert past.welcome.tolist() == [[0, 3]]
    assert [0, 3] in past.met.tolist()


def test_two_are_asked_once_to_take_it_offline_and_again_only_after_another_call(members: list[Member]) -> None:
    ada, finn = members[0], members[3]
    asked = [call(ada, finn, 9), pair(ada, finn, 3, met=False)]
    assert past_of(members, asked, [], MONDAY).welcome.size == 0
    assert past_of(members, [*asked, call(ada, finn, 2)], [], MONDAY).welcome.tolist() == [[0, 3]]


def test_who_has_met_in_person_before_or_since_has_no_call_to_take_offline(members: list[Member]) -> None:
    ada, finn = members[0], members[3]
    for pairs in ([pair(ada, finn, 9), call(ada, finn, 3)], [call(ada, finn, 9), pair(ada, finn, 3)]):
        assert past_of(members, pairs, [], MONDAY).welcome.size == 0


def test_avoidances_among_others_are_left_out(members: list[Member]) -> None:
    ada, ben = members[:2]
    past = past_of(members[:2], [pair(ada, members[3], 1)], [(ada.id, ben.id), (ada.id, members[2].id)], MONDAY)
    assert past.apart.tolist() == [[0, 1]]
    assert past.met.size == 0


def test_the_prior_speaks_until_something_is_learned_and_when_it_no_longer_fits() -> None:
    assert model_of(None).weights == PRIOR
    assert model_of(TrainedModel(weights={"the fashion of 2025": 1.0})).weights == PRIOR
    learned = dict.fromkeys(PRIOR, 0.25)
    assert model_of(TrainedModel(weights=learned)).weights == ValueModel(learned).weights


def test_a_lesson_is_a_pair_of_whom_somebody_said_how_it_was(members: list[Member]) -> None:
    ada, ben, cleo, finn = members
    pairs = [pair(ada, ben, 2, enjoyed=True), pair(ada, cleo, 1), pair(cleo, finn, 1, enjoyed=False)]
    lessons = lessons_from(pairs, members[:3], MONDAY, VECTORS)  # Finn has left
    assert lessons.enjoyed.tolist() == [True]
    assert lessons.weeks_ago.tolist() == [2]


def test_rows_are_named_again(session: Session) -> None:
    ada, ben, eva = join(session, ADA), join(session, BEN), join(session, EVA)
    assert named(np.array([[2, 0]], np.int32), [ada, ben, eva]) == [[eva, ada]]
