"""The one repeat that is welcome: two who had a good call, would both meet again, and are now near each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import candidates
from matcher.candidates import acquaintances, nearby_strangers
from matcher.evaluate import shares_of
from matcher.importance import VALUE_STEPS, WELCOME
from matcher.pairing import CALL, NEARBY, OFFLINE, TAKE_IT_OFFLINE
from matcher.people import Past
from matcher.rules import Rules
from matcher.value import ValueModel
from matcher.world import World
from tests.matcher.strangers import (
    ADA,
    BEN,
    CLEO,
    DAN,
    NO_REPEATS,
    PAIR_ONLY,
    couples,
    matchings,
    paired,
    past,
    silent,
    strangers,
    worlds,
)

GOOD_CALL = past((ADA, BEN, 3), welcome=[(BEN, ADA)])


@pytest.mark.parametrize("seed", range(8))
def test_two_with_a_good_call_behind_them_meet_in_person_when_one_comes_near(seed: int) -> None:
    pairing = paired(strangers(6, seed, by_call=True), GOOD_CALL, seed=seed)
    assert (ADA, BEN) in couples(pairing)
    where = couples_of(pairing.pairs).index((ADA, BEN))
    assert (pairing.mode[where], pairing.weeks_ago[where], pairing.reason[where]) == (NEARBY, OFFLINE, TAKE_IT_OFFLINE)
    assert (pairing.figures["offline"], pairing.figures["repeats"]) == (1, 0)
    assert shares_of(pairing)["repeats"] == 0


@pytest.mark.parametrize("rules", [PAIR_ONLY, NO_REPEATS])
def test_they_do_even_where_no_other_repeat_is_allowed_and_as_one_of_two_ways(rules: Rules) -> None:
    assert couples(paired(strangers(2), GOOD_CALL, rules)) == {(ADA, BEN)}
    assert couples(paired(strangers(2), past((ADA, BEN, 3)), NO_REPEATS)) == set()


def test_far_apart_another_call_is_a_repeat_like_any_other() -> None:
    far = strangers(4, latitude=[55.0, 0.0, 20.0, -40.0], by_call=True)
    assert (ADA, BEN) not in couples(paired(far, GOOD_CALL))
    two = paired(strangers(2, latitude=[55.0, 0.0], by_call=True), GOOD_CALL)
    assert (two.mode.tolist(), two.weeks_ago.tolist()) == ([CALL], [3])
    assert (two.figures["offline"], two.figures["repeats"]) == (0, 1)
    assert TAKE_IT_OFFLINE not in two.reason


def test_they_are_weighed_once_and_not_as_a_repeat_too() -> None:
    for latitude, again in ((55.68, 0), (0.0, 1)):
        people = strangers(2, latitude=[55.68, latitude], by_call=True)
        assert len(acquaintances(World(people, GOOD_CALL, Rules(), ValueModel(), seed=3))) == again


def test_nobody_is_left_over_for_it() -> None:
    before = past((ADA, BEN, 3), apart=[(CLEO, DAN)], welcome=[(ADA, BEN)])
    pairing = paired(strangers(4), before)
    assert (len(pairing.pairs), pairing.figures["offline"]) == (2, 0)


def test_avoidance_and_hours_come_before_a_welcome() -> None:
    assert couples(paired(strangers(2), past((ADA, BEN, 3), apart=[(BEN, ADA)], welcome=[(ADA, BEN)]))) == set()
    assert couples(paired(strangers(2, free=[0b01, 0b10]), GOOD_CALL)) == set()


def test_it_is_for_two_and_not_for_three() -> None:
    without_repeats = replace(NO_REPEATS, trios="when_odd")
    everybody = past(*((a, b, 3) for a, b in ((ADA, BEN), (ADA, CLEO), (BEN, CLEO))), welcome=[(ADA, BEN)])
    pairing = paired(strangers(3, trio=True), everybody, without_repeats)
    assert (couples(pairing), len(pairing.trios)) == ({(ADA, BEN)}, 0)
    with_cleo_new = past((ADA, BEN, 3), welcome=[(ADA, BEN)])
    assert len(paired(strangers(3, trio=True), with_cleo_new, without_repeats).trios) == 0


def test_in_a_crowd_their_pair_is_weighed_however_little_speaks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "CROWD", 40)
    monkeypatch.setattr(candidates, "BY_CHANCE", 0)
    topics = np.eye(128)[np.arange(120) % 2]  # Ada and Ben share none, and each has dozens who share theirs
    others = {name: np.zeros((120, 128)) for name in ("profession", "offers", "wants")}
    people = strangers(120, topics=topics, **others)
    for before, weighed in ((GOOD_CALL, True), (Past(), False)):
        edges = nearby_strangers(World(people, before, Rules(), ValueModel(), seed=3))
        assert ((edges.i == ADA) & (edges.j == BEN)).any() == weighed
    monkeypatch.undo()
    assert (ADA, BEN) in couples(paired(people, GOOD_CALL))


@settings(max_examples=80)
@given(worlds(most=7), st.data())
def test_nearby_no_other_way_of_as_many_pairs_has_more_value_and_welcome(world: World, data: st.DataObject) -> None:
    n = len(world)
    anybody = st.integers(0, max(0, n - 1))
    pairs = data.draw(
        st.lists(st.tuples(anybody, anybody).filter(lambda pair: pair[0] < pair[1]), max_size=3 * (n > 1))
    )
    before = past(*((*pair, 2) for pair in pairs), welcome=pairs)
    people = replace(world.people, by_call=np.zeros(n, bool), waited=np.zeros(n, np.int32), latitude=np.full(n, 55.0))
    world = World(people, before, NO_REPEATS, ValueModel(), world.seed)

    def worth(way: list[tuple[int, int, int, int]]) -> tuple[int, float]:
        value = [world.model.value(people, np.array([one]), np.array([two]))[0] for one, two, *_ in way]
        return len(way), sum(value) + WELCOME / VALUE_STEPS * sum(weeks == OFFLINE for *_, weeks in way)

    pairing = paired(people, before, NO_REPEATS, seed=world.seed)
    found = worth(np.column_stack([pairing.pairs, pairing.mode, pairing.weeks_ago]).tolist())
    best = max(map(worth, matchings(world)))
    assert found[0] == best[0]
    assert found[1] == pytest.approx(best[1], abs=n / VALUE_STEPS)


def test_who_keeps_what_they_accept_is_paired_with_who_does_too() -> None:
    said = {name: silent(4) for name in ("profession", "offers", "wants", "topics")}
    for seed in range(5):
        assert couples(paired(strangers(4, kept=[0.95, 0.3, 0.3, 0.95], **said), seed=seed)) == {
            (ADA, DAN),
            (BEN, CLEO),
        }


def couples_of(pairs: np.ndarray) -> list[tuple[int, ...]]:
    return [tuple(pair) for pair in pairs.tolist()]
