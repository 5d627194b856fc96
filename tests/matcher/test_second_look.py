"""Nobody is left over in vain: a repeat, a call, or another partner for somebody else makes room."""

from __future__ import annotations

import numpy as np
import pytest

from matcher import candidates, second_look
from matcher.candidates import acquaintances, strangers_among
from matcher.pairing import CALL, NEARBY, NEVER, pair_up
from matcher.people import Past
from matcher.value import ValueModel
from matcher.world import World, join
from tests.matcher.strangers import ADA, BEN, CLEO, DAN, PAIR_ONLY, couples, paired, past, strangers


def test_a_pair_nearby_splits_up_to_call_two_who_would_be_alone_but_not_with_each_other() -> None:
    people = strangers(
        4, latitude=[55.68, 55.68, 0.0, 20.0], by_call=True, free=[0b011, 0b110, 0b001, 0b100]
    )  # Cleo is free with Ada only, Dan with Ben only
    pairing = paired(people)
    assert couples(pairing) == {(ADA, CLEO), (BEN, DAN)}
    assert pairing.mode.tolist() == [CALL, CALL]


def test_an_old_acquaintance_is_met_again_only_where_somebody_would_stay_alone() -> None:
    before = past((CLEO, DAN, 9), (ADA, BEN, 9), (ADA, CLEO, 9), (ADA, DAN, 9))
    assert couples(paired(strangers(4), before)) in (
        {(ADA, BEN), (CLEO, DAN)},
        {(ADA, CLEO), (BEN, DAN)},
        {(ADA, DAN), (BEN, CLEO)},
    )
    assert paired(strangers(4), before).figures["repeats"] == 1


def test_who_was_left_out_before_is_not_left_out_again_even_for_a_pair_nearby() -> None:
    people = strangers(3, latitude=[55.68, 55.68, 0.0], by_call=True, waited=[0, 0, 1])
    pairing = paired(people, rules=PAIR_ONLY)
    assert CLEO not in pairing.left_over
    assert pairing.mode.tolist() == [CALL]


def test_whoever_nobody_can_help_changes_nothing_for_the_others() -> None:
    people = strangers(5, latitude=[55.68] * 4 + [0.0], waited=[0, 0, 0, 0, 7])
    pairing = paired(people)
    assert pairing.left_over.tolist() == [4]
    assert pairing.mode.tolist() == [NEARBY, NEARBY]


@pytest.mark.parametrize("crowd", [13, 600])
def test_towns_that_call_each_other_are_paired_as_well_as_in_one_piece_crowded_or_not(
    crowd: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(25):
        world = _towns(seed)
        monkeypatch.setattr(candidates, "CROWD", 600)
        best = second_look.choose(world, join(strangers_among(world, np.arange(len(world))), acquaintances(world)))
        monkeypatch.setattr(candidates, "CROWD", crowd)
        found = pair_up(world.people, world.past, world.rules, world.model, world.seed)
        assert _worth(world, found.pairs, found.mode, found.weeks_ago) == _worth(
            world, np.stack([best.i, best.j], axis=1), best.mode, best.weeks_ago
        )


def _towns(seed: int) -> World:
    """Up to ninety people in a few towns; some call, some waited, some met."""
    chance = np.random.default_rng(seed)
    n, towns = int(chance.integers(20, 90)), int(chance.integers(2, 12))
    places = np.column_stack([chance.uniform(-60, 60, towns), chance.uniform(-170, 170, towns)])
    town = places[chance.integers(0, towns, n)]
    people = strangers(
        n, seed, latitude=town[:, 0], longitude=town[:, 1], in_person=chance.random(n) < 0.7,
        by_call=chance.random(n) < chance.choice([0.1, 0.4, 0.9]), free=1 << chance.integers(0, chance.choice([1, 4, 12]), n),
        waited=chance.integers(0, chance.choice([1, 2, 4]), n),
    )  # fmt: skip
    met = chance.integers(0, n, (n, 2))
    met = met[met[:, 0] != met[:, 1]]
    before = Past(met.astype(np.int32), chance.integers(1, 20, len(met)).astype(np.int32))
    return World(people, before, PAIR_ONLY, ValueModel(), seed)


def _worth(world: World, pairs: np.ndarray, mode: np.ndarray, weeks: np.ndarray) -> tuple[int, ...]:
    ranks = np.unique(world.people.waited, return_inverse=True)[1] + 1
    return len(pairs), int(ranks[pairs].sum()), -int((weeks != NEVER).sum()), int((mode == NEARBY).sum())
