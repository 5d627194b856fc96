"""What the places a pair is offered tell of the other's home: hardly more than that they can reach each other."""

from __future__ import annotations

import numpy as np
import pytest

from data.cells import snap
from data.reference_files import read_rows
from jobs.meeting_place import Places
from jobs.towns import Home, Spot
from matcher.geography import distance_km
from tests.cast import at
from tests.jobs.midpoint_attack import Attack, Guess, in_figures, run

PAIRS = 200


@pytest.fixture(scope="module")
def attack() -> Attack:
    """An attacker who knows all but the chance."""
    return Attack([at("thu 16:30"), at("sat 10:00"), at("sun 14:00")])


def told(reach: int, rule: str, guesses: list[Guess]) -> dict[str, float]:
    figures = in_figures(guesses)
    print(f"reach {reach} km, {rule}:", ", ".join(f"{name} {figure:.3f}" for name, figure in figures.items()))  # noqa: T201
    return figures


# A reach of 5 km leaves about 13 cells with anybody in them, of 10 km about 40, of 25 km all 70 of Copenhagen.
@pytest.mark.parametrize(
    ("reach", "named", "sure", "error_km"), [(5, 0.30, 0.20, 2.0), (10, 0.15, 0.10, 3.0), (25, 0.12, 0.06, 3.5)]
)
def test_who_knows_the_rule_and_sees_the_places_learns_hardly_where_the_other_lives(
    attack: Attack, reach: int, named: float, sure: float, error_km: float
) -> None:
    figures = told(reach, "ours", run(attack, reach, PAIRS))
    assert figures["likeliest_km"] >= error_km  # the median; a guess in the right cell would be 0.8 km off
    assert figures["nearest_km"] >= error_km * 0.9
    assert figures["twentieth_km"] >= 0.15
    assert figures["named"] <= named
    assert figures["sure_of_truth"] <= sure
    assert figures["sure_of_truth"] <= 3 * figures["blindly_sure"]
    # They really know the rule: they are right as often as they believe to be.
    assert figures["named"] == pytest.approx(figures["sure_of_likeliest"], abs=0.07)
    # The price of it, in ways.
    assert figures["longer_way"] <= figures["best_longer_way"] + 2.2


@pytest.mark.parametrize("reach", [10, 25])
def test_the_same_attack_names_the_cell_where_places_are_simply_the_fairest(attack: Attack, reach: int) -> None:
    figures = told(reach, "shortest", run(attack, reach, PAIRS // 4, "shortest"))
    assert figures["named"] >= 0.7
    assert figures["likeliest_km"] < 1.0


def test_the_words_where_nothing_is_listed_hardly_name_a_cell() -> None:
    towns = [
        Spot(row["name"], float(row["latitude"]), float(row["longitude"]), int(row["population"]))
        for row in read_rows("places.tsv.xz")
        if row["country_code"] in {"DK", "SE"}
    ]
    places, dice, reach = Places([], towns), np.random.default_rng(1), 10.0
    sure, blindly = [], []
    for town in dice.choice(np.array([(town.latitude, town.longitude) for town in towns]), 60):
        own = snap(*town)
        around = {
            snap(own[0] + n, own[1] + e) for n in np.arange(-0.09, 0.09, 0.017) for e in np.arange(-0.16, 0.16, 0.03)
        }
        cells = [cell for cell in sorted(around) if distance_km(*own, *cell) <= reach]
        words = [places.words_where_nothing_is_listed([Home(*own, reach), Home(*cell, reach)]) for cell in cells]
        sure.append(1 / words.count(words[int(dice.integers(len(words)))]))
        blindly.append(1 / len(words))
    print(f"words: sure of the truth {np.mean(sure):.3f}, blindly {np.mean(blindly):.3f}")  # noqa: T201
    assert np.mean(sure) <= 0.1
