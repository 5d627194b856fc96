"""The pairing keeps every rule in any small world, and is as good as the best of all ways to pair it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from matcher import pairing as pairing_module
from matcher.importance import RECENT
from matcher.pairing import CALL, NEARBY, Pairing, pair_up
from matcher.people import Past, People
from matcher.value import ValueModel
from matcher.world import World, no_edges
from tests.matcher.strangers import (
    ADA,
    BEN,
    CLEO,
    DAN,
    PAIR_ONLY,
    couples,
    groups,
    matchings,
    paired,
    silent,
    strangers,
    worlds,
)


def run(world: World) -> Pairing:
    return pair_up(world.people, world.past, world.rules, world.model, world.seed)


def reordered(people: People, order: NDArray[np.intp]) -> People:
    return People(**{column.name: getattr(people, column.name)[order] for column in fields(People)})


@settings(max_examples=50)
@given(worlds())
def test_everybody_is_in_one_pair_or_one_trio_or_left_over(world: World) -> None:
    pairing = run(world)
    seated = [person for group in groups(pairing) for person in group]
    assert sorted(seated + pairing.left_over.tolist()) == list(range(len(world)))
    assert len(pairing.why_left) == len(pairing.left_over)
    assert len(pairing.reason) == len(pairing.pairs) == len(pairing.value) == len(pairing.mode)
    assert len(pairing.trio_reason) == len(pairing.trios) == len(pairing.trio_value) == len(pairing.trio_mode)


@settings(max_examples=50)
@given(worlds())
def test_no_pair_and_no_trio_breaks_a_rule(world: World) -> None:
    pairing = run(world)
    everybody = np.arange(len(world))
    mode, weeks = world.meetings(everybody, everybody)
    for (one, other), how, ago in zip(pairing.pairs, pairing.mode, pairing.weeks_ago, strict=True):
        assert mode[one, other] == how
        assert weeks[one, other] == ago
    for trio, how in zip(pairing.trios, pairing.trio_mode, strict=True):
        assert (mode[np.ix_(trio, trio)][~np.eye(3, dtype=bool)] <= how).all()
        assert world.people.trio[trio].all()
    if world.rules.repeats == "never":
        assert all((weeks[np.ix_(group, group)] < 0).all() for group in groups(pairing))
    assert ((pairing.value > 0) & (pairing.value < 1)).all()


@settings(max_examples=200)
@given(worlds(most=9))
def test_every_pair_and_every_trio_has_an_hour_at_which_all_of_it_are_free(world: World) -> None:
    for group in groups(run(world)):
        assert np.bitwise_and.reduce(world.people.free[list(group)]).any()


@settings(max_examples=120)
@given(worlds())
def test_no_other_way_to_pair_counts_more_people_fewer_repeats_or_more_nearby(world: World) -> None:
    world = replace(world, rules=replace(world.rules, trios="never"))
    pairing = run(world)
    ranks = np.unique(world.people.waited, return_inverse=True)[1] + 1

    def worth(way: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
        old = [weeks for *_, weeks in way if weeks >= 0]
        return (
            sum(int(ranks[one] + ranks[other]) for one, other, *_ in way),
            -len(old),
            -sum(RECENT // (1 + weeks) ** 2 for weeks in old),
            sum(mode == NEARBY for _, _, mode, _ in way),
        )

    found = np.column_stack([pairing.pairs, pairing.mode, pairing.weeks_ago]).tolist()
    assert worth(found) == max(map(worth, matchings(world)))


@settings(max_examples=50)
@given(worlds())
def test_the_same_input_and_seed_give_the_same_pairs(world: World) -> None:
    one, other = run(world), run(world)
    for field in fields(Pairing):
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name)), field.name


@settings(max_examples=50)
@given(worlds())
def test_the_order_of_people_changes_nothing_that_counts(world: World) -> None:
    world = replace(world, rules=replace(world.rules, trios="never"))
    n = len(world)
    order = np.random.default_rng(5).permutation(n)
    place = np.argsort(order).astype(np.int32)
    past = world.past
    before = Past(place[past.met], past.weeks_ago, place[past.apart], place[past.welcome])
    mixed = run(replace(world, people=reordered(world.people, order), past=before))
    plain = run(world)
    assert {name: plain.figures[name] for name in ("nearby", "calls", "left_over", "repeats")} == {
        name: mixed.figures[name] for name in ("nearby", "calls", "left_over", "repeats")
    }


@pytest.mark.parametrize("n", [2, 7, 20])
def test_in_one_town_the_order_of_people_changes_no_weight(n: int) -> None:
    people = strangers(n)
    order = np.random.default_rng(n).permutation(n)
    plain, mixed = paired(people, rules=PAIR_ONLY), paired(reordered(people, order), rules=PAIR_ONLY)
    assert plain.figures["weight"] == pytest.approx(mixed.figures["weight"], abs=1e-4)


def test_the_pairs_of_a_town_are_worth_at_least_what_a_greedy_host_would_find() -> None:
    for seed in range(10):
        people = strangers(12, seed)
        everybody = np.arange(len(people))
        value = np.triu(ValueModel().value(people, *np.ix_(everybody, everybody)), 1)
        greedy = 0.0
        while value.any():
            row, column = np.unravel_index(value.argmax(), value.shape)
            greedy += value[row, column]
            value[[row, column]] = 0
            value[:, [row, column]] = 0
        assert paired(people).figures["weight"] >= greedy - 1e-4


def test_pairs_with_another_seed_may_differ_but_are_worth_the_same() -> None:
    people = strangers(10, profession=silent(10), offers=silent(10), wants=silent(10), topics=silent(10))
    several = [paired(people, seed=seed) for seed in range(5)]
    assert len({frozenset(couples(pairing)) for pairing in several}) > 1
    assert len({round(pairing.figures["weight"], 9) for pairing in several}) == 1


def test_who_lives_near_meets_in_person_and_who_lives_alone_calls() -> None:
    people = strangers(
        4, latitude=[55.68, 55.69, 35.0, 10.0], longitude=[12.57, 12.57, 20.0, 30.0], by_call=True, reach_km=25
    )
    pairing = paired(people)
    assert couples(pairing) == {(ADA, BEN), (CLEO, DAN)}
    assert pairing.mode.tolist() == [NEARBY, CALL]
    assert (pairing.figures["nearby"], pairing.figures["calls"], pairing.figures["candidates"]) == (1, 1, 2)


def test_the_odd_one_of_a_town_who_takes_calls_leaves_the_nearby_partners_to_who_does_not() -> None:
    assert couples_of_a_town_and_a_caller() == {frozenset({(ADA, CLEO), (BEN, DAN)})}


def couples_of_a_town_and_a_caller() -> set[frozenset[tuple[int, ...]]]:
    """Return who is paired, under several seeds: three near each other of whom Ben takes calls, and Dan far away."""
    people = strangers(4, latitude=[55.68, 55.68, 55.68, 0.0], by_call=[False, True, False, True])
    return {frozenset(couples(paired(people, seed=seed))) for seed in range(5)}


def test_they_do_so_at_first_without_a_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing_module, "look_again", lambda _world, pairs, _nearby: (pairs, no_edges()))
    assert couples_of_a_town_and_a_caller() == {frozenset({(ADA, CLEO), (BEN, DAN)})}


def test_strangers_to_the_round_in_the_past_are_refused() -> None:
    with pytest.raises(ValueError, match="met, row 1: names a stranger to these 3"):
        paired(strangers(3), Past(np.array([[0, 1], [0, 3]]), np.array([1, 1])))


def test_importing_the_pairing_loads_no_learning_library() -> None:
    loaded = "import sys, matcher.pairing; print(sorted({'sklearn', 'scipy'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)  # noqa: S603  our own line
    assert shown.stdout.strip() == "[]"
