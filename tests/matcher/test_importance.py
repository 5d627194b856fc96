"""What comes before what: everybody counts, then fairness, strangers, long ago, nearby, value, chance."""

from __future__ import annotations

import numpy as np

from matcher.exact import in_order
from matcher.importance import standing_of, tiers
from matcher.people import NEVER, OFFLINE, Past, People
from matcher.rules import Rules
from matcher.value import ValueModel
from matcher.world import CALL, NEARBY, Edges, World
from tests.matcher.strangers import strangers

NOBODY_SHIELDED = np.zeros(4, bool)


def world_of(people: People, rules: Rules | None = None) -> World:
    return World(people, Past(), rules or Rules(), ValueModel(), seed=3)


def all_pairs(n: int) -> Edges:
    i, j = (ends.astype(np.int32) for ends in np.triu_indices(n, 1))
    return Edges(i, j, np.zeros(len(i), np.uint8), np.full(len(i), NEVER, np.int32), np.full(len(i), 0.5))


def weights(rows: list[tuple[int, int, float]]) -> list[int]:
    """The weights of pairs given as (mode, weeks ago, value), all of the same standing."""
    mode, weeks, value = zip(*rows, strict=True)
    i = np.arange(0, 2 * len(rows), 2, dtype=np.int32)
    edges = Edges(i, i + 1, np.array(mode, np.uint8), np.array(weeks, np.int32), np.array(value))
    return in_order(tiers(world_of(strangers(2 * len(rows))), edges, np.ones(2 * len(rows), np.int64)), len(rows))


def test_strangers_come_before_acquaintances_and_those_by_how_long_ago_then_nearby_then_value() -> None:
    best_first = [
        (NEARBY, NEVER, 0.9), (NEARBY, NEVER, 0.2), (CALL, NEVER, 0.95), (NEARBY, 40, 0.5), (CALL, 40, 0.9),
        (NEARBY, 39, 0.9), (NEARBY, 2, 0.9), (NEARBY, 1, 0.9), (NEARBY, 0, 0.9),
    ]  # fmt: skip
    given = weights(best_first)
    assert given == sorted(given, reverse=True)
    assert len(set(given)) == len(given)


def test_a_welcome_repeat_counts_like_strangers_nearby_and_more_than_any_two_pairs_could_be_worth() -> None:
    offline, *strangers_, call, again = weights([
        (NEARBY, OFFLINE, 0.01), (NEARBY, NEVER, 0.99), (NEARBY, NEVER, 0.99), (CALL, NEVER, 0.99), (NEARBY, 9, 0.99),
    ])  # fmt: skip
    assert offline > strangers_[0] > call > again
    assert offline + call < sum(strangers_)  # nearness comes first
    two_near, nothing, bad = weights([(NEARBY, NEVER, 0.99), (NEARBY, NEVER, 0.0), (NEARBY, OFFLINE, 0.0)])
    assert bad + nothing > 2 * two_near


def test_one_meeting_back_to_back_is_worse_than_two_of_two_weeks_ago() -> None:
    last_week, two_weeks, long_ago = weights([(NEARBY, 1, 0.5), (NEARBY, 2, 0.5), (NEARBY, 30, 0.5)])
    assert 2 * two_weeks > last_week + long_ago


def test_who_was_left_out_most_stands_highest() -> None:
    people = strangers(4, waited=[2, 0, 1, 0])
    assert standing_of(world_of(people), all_pairs(4), NOBODY_SHIELDED).tolist() == [2, 0, 1, 0]


def test_of_two_who_waited_alike_the_one_who_could_join_a_trio_may_stay_over() -> None:
    people = strangers(4, trio=[True, True, True, False], waited=[0, 1, 0, 0])
    assert standing_of(world_of(people), all_pairs(4), NOBODY_SHIELDED).tolist() == [0, 2, 0, 1]
    without = world_of(people, Rules(trios="never"))
    assert standing_of(without, all_pairs(4), NOBODY_SHIELDED).tolist() == [0, 1, 0, 0]


def test_who_agrees_to_a_trio_but_has_not_two_to_join_stays_over_as_little_as_anybody() -> None:
    people = strangers(4, trio=[True, True, False, False])
    assert standing_of(world_of(people), all_pairs(4), NOBODY_SHIELDED).tolist() == [0, 0, 0, 0]


def test_whom_a_later_stage_may_help_may_stay_over_first() -> None:
    people = strangers(4, waited=[5, 0, 0, 0])
    shielded = np.array([True, False, False, False])
    assert standing_of(world_of(people), all_pairs(4), shielded).tolist() == [0, 1, 1, 1]
