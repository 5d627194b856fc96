"""Where few know of each other every pair is a candidate; in a crowd a few good ones each are nearly as good as all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from matcher import candidates
from matcher.candidates import acquaintances, nearby_strangers, strangers_among
from matcher.exact import heaviest, in_order
from matcher.importance import standing_of, tiers
from matcher.people import NEVER, Past, People
from matcher.rules import Rules
from matcher.value import PRIOR, ValueModel
from matcher.world import CALL, NEARBY, Edges, World
from tests.matcher.strangers import past, strangers, words, worlds


def world_of(people: People, before: Past | None = None, rules: Rules | None = None) -> World:
    return World(people, before or Past(), rules or Rules(), ValueModel(), seed=3)


def plain(edges: Edges) -> list[tuple[int, ...]]:
    return sorted(zip(edges.i.tolist(), edges.j.tolist(), edges.mode.tolist(), edges.weeks_ago.tolist(), strict=True))


@settings(max_examples=50)
@given(worlds(most=9))
def test_in_a_small_world_the_candidates_are_all_pairs_that_may_be(world: World) -> None:
    n = len(world)
    mode, weeks = world.meetings(np.arange(n), np.arange(n))
    may = {(i, j, int(mode[i, j]), int(weeks[i, j])) for i in range(n) for j in range(i + 1, n) if mode[i, j] <= CALL}
    new = {pair for pair in may if pair[3] < 0}
    again = may - new if world.rules.repeats == "when_exhausted" else set()
    assert plain(nearby_strangers(world)) == sorted(pair for pair in new if pair[2] == NEARBY)
    assert plain(strangers_among(world, np.arange(n))) == sorted(new)
    assert plain(acquaintances(world)) == sorted(again)


def test_candidates_carry_the_value_of_their_pair() -> None:
    world = world_of(strangers(30))
    edges = nearby_strangers(world)
    assert np.array_equal(edges.value, world.model.value(world.people, edges.i, edges.j))


def test_in_a_crowd_not_everybody_chooses_the_same_few(monkeypatch: pytest.MonkeyPatch) -> None:
    n, chance = 200, np.random.default_rng(1)
    appeal = np.where(np.arange(n) < 20, 0.95, 0.4)[:, None]  # twenty share a topic with everybody, and more so
    common = np.zeros((n, 128)) + np.eye(128)[0]
    topics = appeal * common + np.sqrt(1 - appeal**2) * words(n, chance, 127) @ np.eye(128)[1:]
    before, model = past((0, 1, 3), (2, 3, 1)), ValueModel(PRIOR | {"shared_topics": 8.0})
    world = World(strangers(n, topics=topics), before, Rules(), model, seed=3)
    everything = nearby_strangers(world)
    assert len(everything) == n * (n - 1) / 2 - 2
    monkeypatch.setattr(candidates, "CROWD", 100)
    few = nearby_strangers(world)
    assert len(few) <= n * (candidates.BEST + candidates.BY_CHANCE)
    assert set(plain(few)) < set(plain(everything))
    best_of_few, best_of_all = (_best(world, edges) for edges in (few, everything))
    assert len(best_of_few) == len(best_of_all) == 100
    assert best_of_few.value.sum() > 0.999 * best_of_all.value.sum()


def test_in_a_crowd_of_cliques_some_others_by_chance_leave_nobody_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "CROWD", 100)
    clique = candidates.BEST + 1  # odd, and everybody's best are in their own
    topics = np.eye(128)[np.arange(10 * clique) // clique]
    world = world_of(
        strangers(10 * clique, topics=topics, **dict.fromkeys(("profession", "offers", "wants"), 0 * topics))
    )
    assert len(_best(world, nearby_strangers(world))) == 5 * clique


def test_a_small_town_beside_a_crowd_keeps_all_its_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "CROWD", 40)
    latitude = np.where(np.arange(100) < 70, 55.68, 20.0)
    edges = nearby_strangers(world_of(strangers(100, latitude=latitude)))
    assert ((edges.i >= 70) == (edges.j >= 70)).all()
    assert (edges.i >= 70).sum() == 30 * 29 / 2
    assert (edges.i < 70).sum() <= 70 * (candidates.BEST + candidates.BY_CHANCE)


def test_those_who_met_and_those_kept_apart_are_no_strangers() -> None:
    world = world_of(strangers(4), past((0, 1, 9), apart=[(3, 2)]))
    assert plain(nearby_strangers(world)) == [(i, j, NEARBY, NEVER) for i, j in ((0, 2), (0, 3), (1, 2), (1, 3))]


def _best(world: World, edges: Edges) -> Edges:
    standing = standing_of(world, edges, np.zeros(len(world), bool))
    return edges.take(heaviest(len(world), edges.i, edges.j, in_order(tiers(world, edges, standing), len(world))))
