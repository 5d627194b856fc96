"""What speaks for two is between 0 and 1, the same from both sides, and 0 when either said nothing."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.features import BEST_LIKENESS, FEATURES, both_keep, nearness, offers_meet_wants, profession, shared_topics
from tests.matcher.strangers import ADA, BEN, CLEO, DAN, silent, strangers

FIRST, SECOND = np.array([ADA]), np.array([BEN])


def alike(likeness: float) -> np.ndarray:
    """The words of two people, so much alike."""
    return np.array([[1.0, 0.0], [likeness, np.sqrt(1 - likeness**2)]])


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_is_the_same_from_both_sides_and_between_0_and_1(name: str) -> None:
    people = strangers(20, kept=np.linspace(0.05, 1, 20))
    i, j = np.ix_(np.arange(20), np.arange(20))
    table = FEATURES[name](people, i, j)
    assert table.shape == (20, 20)
    assert np.array_equal(table, table.T)
    assert table.min() >= 0
    assert table.max() <= 1


@pytest.mark.parametrize("name", FEATURES)
def test_a_table_and_a_list_of_pairs_give_the_very_same_numbers(name: str) -> None:
    people = strangers(20, kept=np.linspace(0.05, 1, 20))
    i, j = np.triu_indices(20, 1)
    table = FEATURES[name](people, *np.ix_(np.arange(20), np.arange(20)))
    assert np.array_equal(table[i, j], FEATURES[name](people, i, j))


def test_professions_of_some_common_ground_are_better_than_rivals_and_than_nothing_in_common() -> None:
    def worth(likeness: float) -> float:
        return float(profession(strangers(2, profession=alike(likeness)), FIRST, SECOND)[0])

    assert worth(BEST_LIKENESS) == pytest.approx(1, abs=1e-3)
    assert worth(1.0) < worth(0.8) < worth(BEST_LIKENESS)
    assert worth(0.0) < worth(0.2) < worth(BEST_LIKENESS)


def test_wishes_met_both_ways_are_worth_more_than_one_way_and_one_way_more_than_none() -> None:
    can, other = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    offers = np.array([can, other, other, can])  # Ada and Cleo want the other thing, Ben and Dan want what Ada can
    wants = np.array([other, can, other, can])
    people = strangers(4, offers=offers, wants=wants)
    both_ways, one_way, no_way = (
        float(offers_meet_wants(people, np.array([one]), np.array([two]))[0])
        for one, two in ((ADA, BEN), (ADA, DAN), (ADA, ADA))
    )
    assert both_ways == pytest.approx(1)
    assert 0.1 < one_way < 0.5
    assert no_way == pytest.approx(0)


def test_who_said_nothing_shares_nothing() -> None:
    people = strangers(2, profession=silent(2), offers=silent(2), wants=silent(2), topics=silent(2))
    for feature in (profession, offers_meet_wants, shared_topics):
        assert feature(people, FIRST, SECOND) == pytest.approx(0, abs=1e-12)


def test_unlike_topics_do_not_count_against_two() -> None:
    people = strangers(2, topics=np.array([[1.0, 0.0], [-1.0, 0.0]]))
    assert shared_topics(people, FIRST, SECOND) == pytest.approx(0)


def test_nearness_falls_with_distance_and_says_nothing_of_a_call() -> None:
    people = strangers(4, latitude=[55.68, 55.68, 55.9, 55.68], in_person=[True, True, True, False])
    next_door, farther, by_call = nearness(people, np.array([ADA] * 3), np.array([BEN, CLEO, DAN]))
    assert next_door == pytest.approx(1)
    assert 0 < farther < 0.3
    assert by_call == 0


def test_both_keep_is_the_chance_that_neither_stays_away() -> None:
    people = strangers(3, kept=[1.0, 0.5, 0.25])
    assert both_keep(people, np.array([ADA, ADA, BEN]), np.array([BEN, CLEO, CLEO])).tolist() == [0.5, 0.25, 0.125]
