"""A typed location comes apart into the names in it; what is no name is left out."""

from __future__ import annotations

import pytest

from data.location_parts import parts_of, phrases_of


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Portland/Maine/USA", ["portland", "maine", "usa"]),
        ("Fitchburg, MA USA", ["fitchburg", "ma usa"]),
        ("United Kingdom - Watford", ["united kingdom", "watford"]),
        ("Winston-Salem, NC", ["winston salem", "nc"]),
        ("Albany, NY USA (I work remotely)", ["albany", "ny usa"]),
        ("(York)(Pa)(USA)", ["york", "pa", "usa"]),
        ("Charleston, SC 29412", ["charleston", "sc"]),
        ("Greater Boston Area", ["boston"]),
        ("suburbs of Philadelphia, PA", ["philadelphia", "pa"]),
        ("San Francisco Bay Area", ["san francisco bay area"]),
        ("Vallejo, Solano County, CA", ["vallejo", "ca"]),
        ("Co", ["co"]),
        ("remote", []),
        ("27278", []),
        ("", []),
    ],
)
def test_a_location_comes_apart(typed: str, parts: list[str]) -> None:
    assert parts_of(typed) == parts


def test_every_phrase_of_a_part_may_be_a_name_but_none_goes_over_two_parts() -> None:
    assert phrases_of(["boston ma", "usa"]) == {"boston", "ma", "boston ma", "usa"}
    assert phrases_of([]) == set()


def test_a_sermon_has_no_more_phrases_than_can_be_looked_up() -> None:
    assert len(phrases_of(["a b c d e f g h i j k l m n o p"])) <= 21
