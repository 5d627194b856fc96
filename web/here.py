"""Where somebody is now, if their browser may say so: a 2 km square of it, shown back on a small map, and nothing kept yet."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, g, render_template, request

from data.cells import snap
from data.places import Place, nearest_place
from web.drawn_map import map_of_cell

blueprint = Blueprint("here", __name__)


class Here(NamedTuple):
    """A cell's centre, in degrees, and the listed place nearest to it."""

    latitude: float
    longitude: float
    place: Place

    @property
    def cell(self) -> str:
        """The cell as a form carries it."""
        return f"{self.latitude},{self.longitude}"


@blueprint.post("/here")
def show() -> tuple[str, int]:
    """Answer the map and the name of where a browser says it is; from here on only the square is known."""
    here = read_here(f"{request.form.get('latitude', '')},{request.form.get('longitude', '')}")
    if here is None:
        return "", 422
    return render_template("here/show.html", here=here, map=map_of(here.latitude, here.longitude)), 200


def read_here(words: str) -> Here | None:
    """Return the cell that holds a position, as "55.67,12.56", and its place; none for what is no position near a town."""
    try:
        latitude, longitude = (float(part) for part in words.split(","))
        cell = snap(latitude, longitude)
    except ValueError:
        return None
    place = nearest_place(g.session, *cell)
    return Here(*cell, place) if place is not None else None


@blueprint.app_template_global("map_of_cell")
def map_of(latitude: float, longitude: float) -> object:
    """Return the map of one cell."""
    return map_of_cell(g.session, (latitude, longitude))
