"""Edges can be taken, joined and told apart into connected sets; tables say how two may meet."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.people import NEVER
from matcher.rules import Rules
from matcher.value import ValueModel
from matcher.world import CALL, NEARBY, NO_WAY, Edges, World, connected, join, no_edges
from tests.matcher.strangers import past, strangers


def edges(*pairs: tuple[int, int], mode: int = NEARBY) -> Edges:
    i, j = np.array(pairs, np.int32).reshape(-1, 2).T
    return Edges(i, j, np.full(len(i), mode, np.uint8), np.full(len(i), NEVER, np.int32), np.full(len(i), 0.5))


def plain(some: Edges) -> list[tuple[int, int]]:
    return list(zip(some.i.tolist(), some.j.tolist(), strict=True))


def test_a_pair_that_stands_twice_is_kept_as_it_stands_first() -> None:
    joined = join(edges((2, 3), (0, 1)), no_edges(), edges((0, 1), (1, 2), mode=CALL))
    assert plain(joined) == [(0, 1), (1, 2), (2, 3)]
    assert joined.mode.tolist() == [NEARBY, CALL, NEARBY]


def test_edges_among_some_and_without_some() -> None:
    some = edges((0, 1), (1, 2), (2, 3))
    who = np.array([True, True, False, False])
    assert plain(some.among(who)) == [(0, 1)]
    assert plain(some.without(who)) == [(2, 3)]
    assert edges((0, 3)).touched(5).tolist() == [True, False, False, True, False]


def test_a_table_of_meetings_knows_who_is_near_who_can_call_who_met_and_who_is_kept_apart() -> None:
    people = strangers(4, latitude=[55.68, 55.68, 0.0, 55.68], by_call=[True, False, True, True])
    world = World(people, past((0, 1, 4), apart=[(0, 3)]), Rules(), ValueModel(), seed=0)
    mode, weeks = world.meetings(np.array([0, 2]), np.arange(4))
    assert mode.tolist() == [[NO_WAY, NEARBY, CALL, NO_WAY], [CALL, NO_WAY, NO_WAY, CALL]]
    assert weeks.tolist() == [[NEVER, 4, NEVER, NEVER], [NEVER] * 4]


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40))
def test_connected_sets_are_found_whatever_the_order_of_edges(pairs: list[tuple[int, int]]) -> None:
    i, j = np.array(pairs, int).reshape(-1, 2).T
    sets = list(range(30))
    for one, other in pairs:  # slowly, one edge after the other
        low, high = sorted((sets[one], sets[other]))
        sets = [low if label == high else label for label in sets]
    assert connected(30, i, j).tolist() == sets


def test_a_long_chain_is_one_set() -> None:
    order = np.random.default_rng(1).permutation(2000)
    assert (connected(2000, order[:-1], order[1:]) == 0).all()
