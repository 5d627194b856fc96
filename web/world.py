"""The countries strangers come from, on a map of the world: nothing finer than a country is shown of anybody."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import NamedTuple

from data.reference_files import read_rows
from web.language import locale_spoken

WIDTH, HEIGHT = 800, 313  # as static/world.svg has it: plate carrée, from 84 degrees north to 57 south


class Country(NamedTuple):
    """A country in which somebody they met lives."""

    name: str
    outline: str  # an SVG path in the units of the map; empty for a country too small for it
    strangers: int


def countries_on_map(countries: Counter[str]) -> list[Country]:
    """Return countries with their outlines, those with most strangers first, then by name."""
    names = locale_spoken().territories
    found = [Country(names.get(code, code), _outlines().get(code, ""), count) for code, count in countries.items()]
    return sorted(found, key=lambda country: (-country.strangers, country.name))


@cache
def _outlines() -> dict[str, str]:
    return {row["code"]: row["outline"] for row in read_rows("countries.tsv")}
