"""The heaviest matching is the heaviest of all there are; a tier decides only where those before it leave a tie."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import exact
from matcher.exact import could_be_free, heaviest, in_order

Edge = tuple[int, int]


def every_matching(edges: list[Edge]) -> Iterator[list[int]]:
    """Yield the places of the edges of every matching."""

    def ways(place: int, taken: frozenset[int]) -> Iterator[list[int]]:
        if place == len(edges):
            yield []
            return
        yield from ways(place + 1, taken)
        if not taken & set(edges[place]):
            yield from ([place, *more] for more in ways(place + 1, taken | set(edges[place])))

    return ways(0, frozenset())


edge_lists = st.sets(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda edge: edge[0] < edge[1]), max_size=12
)


def matchings_of_most_pairs(edges: list[Edge]) -> list[list[int]]:
    ways = list(every_matching(edges))
    return [way for way in ways if len(way) == max(map(len, ways))]


@given(edge_lists, st.data())
def test_the_heaviest_matching_is_the_best_of_all_those_of_most_pairs(pairs: set[Edge], data: st.DataObject) -> None:
    edges = sorted(pairs)
    weights = data.draw(st.lists(st.integers(-9, 1 << 70), min_size=len(edges), max_size=len(edges)))
    i, j = np.array(edges, np.int32).reshape(-1, 2).T
    chosen = heaviest(8, i, j, weights).tolist()
    assert len({person for place in chosen for person in edges[place]}) == 2 * len(chosen)
    best = max(sum(weights[place] for place in way) for way in matchings_of_most_pairs(edges))
    assert len(chosen) == len(matchings_of_most_pairs(edges)[0])
    assert sum(weights[place] for place in chosen) == best


@given(edge_lists, st.data())
def test_a_tier_decides_only_where_those_before_it_leave_a_tie(pairs: set[Edge], data: st.DataObject) -> None:
    edges = sorted(pairs)
    numbers = st.lists(st.integers(0, 9), min_size=len(edges), max_size=len(edges))
    tiers = [np.array(data.draw(numbers), np.int64) for _ in range(3)]
    weights = in_order(tiers, most_pairs=4)
    by_weight = max(every_matching(edges), key=lambda way: sum(weights[place] for place in way))
    sums = [tuple(int(tier[way].sum()) for tier in tiers) for way in map(list, every_matching(edges))]
    assert tuple(int(tier[by_weight].sum()) for tier in tiers) == max(sums)


@settings(max_examples=40)
@given(st.integers(2, 40), st.floats(0.05, 0.6), st.integers(0, 9), st.sampled_from([10, 1 << 40, 1 << 60]))
def test_prices_and_ghosts_make_the_search_quicker_and_change_nothing(
    n: int, share: float, seed: int, most: int
) -> None:
    chance = np.random.default_rng(seed)
    i, j = np.triu_indices(n, 1)
    some = (chance.random(len(i)) < share) & ((i < n // 4) | (j < n // 4))  # a few hubs: several must stay over
    i, j = i[some].astype(np.int32), j[some].astype(np.int32)
    weights = chance.integers(0, most, len(i)).tolist()
    plain = heaviest(n, i, j, weights)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(exact, "CROWD", 2)
        patched.setattr(exact, "PRECISE", 1 << 99)
        quick = heaviest(n, i, j, weights)
        patched.setattr(exact, "MOST_GHOSTLY", 0)
        without_ghosts = heaviest(n, i, j, weights)
    for chosen in (quick, without_ghosts):
        assert len(chosen) == len(plain)
        assert sum(weights[place] for place in chosen) == sum(weights[place] for place in plain)


def test_who_could_be_left_over_instead_is_found_by_changing_partners() -> None:
    chain = np.arange(6), np.arange(1, 7)  # 0-1-2-3-4-5-6 and a pair apart, 7-8
    i, j = np.append(chain[0], 7), np.append(chain[1], 8)
    partner = np.array([1, 0, 3, 2, 5, 4, 6, 8, 7])
    assert np.flatnonzero(could_be_free(i, j, partner)).tolist() == [0, 2, 4, 6]


def test_a_crowd_on_a_complete_graph_is_paired_as_well_as_a_single_search_over_all_of_it_could() -> None:
    i, j = np.triu_indices(60, 1)
    weights = np.random.default_rng(2).integers(1, 1000, len(i)).tolist()
    apart = np.concatenate([i, i + 60]).astype(np.int32), np.concatenate([j, j + 60]).astype(np.int32)
    chosen = heaviest(120, *apart, weights * 2)
    once = heaviest(60, i.astype(np.int32), j.astype(np.int32), weights)
    assert chosen.tolist() == [*once, *(once + len(i))]


def test_no_edges_make_no_pairs() -> None:
    none = np.empty(0, np.int32)
    assert heaviest(5, none, none, []).tolist() == []
    assert in_order([np.empty(0, np.int64)], most_pairs=1) == []


def test_weights_that_would_not_fit_are_refused() -> None:
    with pytest.raises(OverflowError, match="128 bits"):
        in_order([np.array([1 << 60]), np.array([1 << 60]), np.array([1 << 60])], most_pairs=4)
    with pytest.raises(ValueError, match="below 0"):
        in_order([np.array([-1])], most_pairs=1)


def test_weights_of_many_more_bits_than_64_are_told_apart() -> None:
    i, j = np.array([0, 2, 0, 1], np.int32), np.array([1, 3, 2, 3], np.int32)  # two ways round a square
    big = 1 << 100
    assert heaviest(4, i, j, [big, big, big, big + 1]).tolist() == [2, 3]
    assert heaviest(4, i, j, [big + 1, big, big, big]).tolist() == [0, 1]
