"""Between members and the matcher's columns."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy.orm import Session

from data.member import Member
from data.past_pairs import PastPair
from data.trained_model import TrainedModel
from data.words import Words
from jobs.meeting_plan import awake_hours
from jobs.translate import lessons_from, model_of, named, past_of, people_of
from matcher.value import PRIOR, ValueModel
from tests.cast import ADA, BEN, CLEO, EVA, FINN, MONDAY, join

VECTORS = Words.load().vectors


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


def test_people_are_what_the_members_said_and_nothing_else(members: list[Member]) -> None:
    people = people_of(members, MONDAY, VECTORS)
    assert people.latitude.tolist() == [member.latitude for member in members]
    assert people.reach_km.tolist() == [25, 10, 10, 10]
    assert people.in_person.tolist() == [True, True, False, True]
    assert people.by_call.tolist() == [True, False, True, True]
    assert people.trio.tolist() == [True, False, False, False]
    assert people.waited.tolist() == [2, 0, 0, 0]
    assert people.awake[3] == awake_hours(MONDAY, "Pacific/Auckland")
    assert np.allclose(people.offers[1], VECTORS(["public speaking"])[0], atol=0.001)
    assert not people.offers[3].any()  # Finn said nothing
    assert set(people.__dataclass_fields__).isdisjoint({"email", "first_name", "name", "id"})


def test_nobody_is_no_trouble() -> None:
    assert len(people_of([], MONDAY, VECTORS)) == 0


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
