"""Draws: bars, columns, layers, a line within its band, ranges and maps, as shapes of an SVG with no style of their own.

Widths and heights are in units of the picture; `kind` is the class by which desk.css gives a shape its colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import cos, radians, sqrt
from typing import Any, NamedTuple

from data.cells import CELL_KM, KM_PER_DEGREE
from data.wilson import Share

WIDTH, TOP, LEFT, HEIGHT = 360, 10, 62, 150  # "100,000" fits to the left of LEFT
BAR, ROW = 12, 40
WORLD = 800, 313  # as static/world.svg has it: plate carrée, from 84 degrees north to 57 south
Point = tuple[float, float]


class Shape(NamedTuple):
    """A path, as SVG has it."""

    kind: str
    d: str


class Dot(NamedTuple):
    """A circle."""

    kind: str
    x: float
    y: float
    r: float


class Label(NamedTuple):
    """Words; `kind` says at which end of them the point is."""

    kind: str
    x: float
    y: float
    words: str


class Drawing(NamedTuple):
    """A picture."""

    width: float
    height: float
    shapes: list[Shape] = []  # noqa: RUF012  nobody changes a default that is read only
    dots: list[Dot] = []  # noqa: RUF012
    labels: list[Label] = []  # noqa: RUF012
    behind: str = ""  # a static file behind it


def bars(rows: Sequence[tuple[str, float, str]]) -> Drawing:
    """Draw a bar for each row of its name, its size and what is said of it."""
    most = max((size for _, size, _ in rows), default=0) or 1
    shapes, labels = [], []
    for number, (name, size, said) in enumerate(rows):
        y = number * ROW
        labels += [Label("start", 0, y + 15, name), Label("end strong", WIDTH, y + 15, said)]
        shapes.append(Shape("rest", _box(0, y + 22, WIDTH, BAR)))
        shapes.append(Shape("bar", _box(0, y + 22, max(2, size / most * WIDTH), BAR)))
    return Drawing(WIDTH, len(rows) * ROW, shapes, [], labels)


def columns(sizes: Sequence[float], most: str, ends: tuple[str, str]) -> Drawing:
    """Draw a column for each week; `most` is said of the highest, `ends` of the first and the last."""
    highest, wide = max(sizes, default=0) or 1, (WIDTH - LEFT) / max(1, len(sizes))
    shapes = [_line(_y(0)), _line(_y(1))]
    for number, size in enumerate(sizes):
        tall = size / highest * HEIGHT
        shapes.append(Shape("bar", _box(LEFT + number * wide + 1, _y(0) - tall, max(1, wide - 2), tall)))
    return Drawing(WIDTH, _y(0) + 22, shapes, [], [*_weeks(ends), _tick(1, most)])


def layers(
    steps: Sequence[Sequence[float]], places: Sequence[float], most: str, ends: tuple[str, str], certain: float
) -> Drawing:
    """Draw one area before the other, each within the one before it; `places` say when in time, from 0 to 1.

    From `certain` on it lies behind a veil: what falls off there is not lost, but still to come.
    """
    highest = max((size for step in steps for size in step), default=0) or 1
    shapes = [_line(_y(0)), _line(_y(1))]
    for number, step in enumerate(steps):
        outline = [(_x(place), _y(size / highest)) for place, size in zip(places, step, strict=True)]
        shapes.append(Shape(f"layer{number}", _area([*outline, (_x(places[-1]), _y(0)), (_x(places[0]), _y(0))])))
    shapes.append(Shape("veil", _box(_x(certain), TOP, _x(1) - _x(certain), HEIGHT - 1)))
    return Drawing(WIDTH, _y(0) + 22, shapes, [], [*_weeks(ends), _tick(1, most)])


def line_in_band(
    shares: Sequence[Share | None], places: Sequence[float], ticks: Sequence[tuple[float, str]], ends: tuple[str, str]
) -> Drawing:
    """Draw how a share went, within the band in which it lies; where it is not known, there is a gap."""
    shapes, dots = [_line(_y(at)) for at, _ in ticks], []
    known = zip(places, shares, strict=True)
    for is_known, those in groupby(known, key=lambda one: one[1] is not None):
        part = [(_x(place), share) for place, share in those if share is not None]
        if is_known:
            high, low = [(x, _y(share.high)) for x, share in part], [(x, _y(share.low)) for x, share in part]
            middle = [(x, _y(share.share)) for x, share in part]
            shapes += [Shape("band", _area([*high, *low[::-1]])), Shape("way", _path(middle))]
            dots += [Dot("point", x, y, 2.5) for x, y in middle]
    return Drawing(WIDTH, _y(0) + 22, shapes, dots, [*_weeks(ends), *(_tick(at, words) for at, words in ticks)])


def ranges(rows: Sequence[tuple[str, str, Share | None, str]], ticks: Sequence[tuple[float, str]]) -> Drawing:
    """Draw for each row of its kind, its name, a share and what is said of it, where that share lies from 0 to 1."""
    shapes, dots, labels = [], [], []
    for number, (kind, name, share, said) in enumerate(rows):
        y = number * ROW
        labels += [Label("start", 0, y + 15, name), Label("end", WIDTH, y + 15, said)]
        shapes.append(Shape("rest", _box(0, y + 27, WIDTH, 2)))
        if share is not None:
            shapes.append(Shape(f"range {kind}", _box(share.low * WIDTH, y + 24, (share.high - share.low) * WIDTH, 8)))
            dots.append(Dot(f"point {kind}", max(6, min(WIDTH - 6, share.share * WIDTH)), y + 28, 6))
    foot = len(rows) * ROW + 12
    sides = {0.0: "start", 1.0: "end"}
    labels += [Label(sides.get(at, "middle"), at * WIDTH, foot, words) for at, words in ticks]
    return Drawing(WIDTH, foot + 6, shapes, dots, labels)


def world(towns: Sequence[dict[str, Any]], most: int) -> Drawing:
    """Draw a dot for each town on the map of the world, as large as its people are many."""
    dots = []
    for town in towns:
        x, y = (town["longitude"] + 180) / 360 * WORLD[0], (84 - town["latitude"]) / 141 * WORLD[1]
        dots.append(Dot("town", round(x, 1), round(y, 1), round(3 + 11 * sqrt(town["people"] / most), 1)))
    return Drawing(*WORLD, [], dots, [], "world.svg")


def cells(counted: Sequence[Sequence[float]]) -> Drawing:
    """Draw the cells of a town, north up: the more people live in one, the fuller its colour, in four steps."""
    middle = sum(one[0] for one in counted) / len(counted)
    across = KM_PER_DEGREE * cos(radians(middle)) / CELL_KM
    spots = [(one[1] * across, -one[0] * KM_PER_DEGREE / CELL_KM, one[2]) for one in counted]
    left, top = min(x for x, _, _ in spots), min(y for _, y, _ in spots)
    wide, tall = max(x for x, _, _ in spots) - left + 1, max(y for _, y, _ in spots) - top + 1
    size, most = min(WIDTH / wide, 260 / tall, 40), max(people for *_, people in spots)
    shapes = [
        Shape(
            f"cell{min(3, int(4 * people / (most + 1)))}", _box((x - left) * size, (y - top) * size, size - 1, size - 1)
        )
        for x, y, people in spots
    ]
    return Drawing(round(wide * size, 1), round(tall * size, 1), shapes)


def _x(place: float) -> float:
    return LEFT + place * (WIDTH - LEFT - 4)


def _y(share: float) -> float:
    return TOP + (1 - share) * HEIGHT


def _tick(at: float, words: str) -> Label:
    return Label("end", LEFT - 6, _y(at) + 4, words)


def _weeks(ends: tuple[str, str]) -> list[Label]:
    return [Label("start", LEFT, _y(0) + 18, ends[0]), Label("end", WIDTH, _y(0) + 18, ends[1])]


def _line(y: float) -> Shape:
    return Shape("grid", f"M{LEFT} {y:g}H{WIDTH}")


def _box(x: float, y: float, wide: float, tall: float) -> str:
    return f"M{x:.1f} {y:.1f}h{wide:.1f}v{tall:.1f}h{-wide:.1f}z"


def _area(points: Sequence[Point]) -> str:
    return _path(points) + "z"


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
