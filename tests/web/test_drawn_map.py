"""Maps drawn without tiles: every pin in the picture, north above south, and nothing of where anybody lives but a square."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data.cells import snap
from data.venues import Venue
from tests.cast import place
from web.drawn_map import HEIGHT, MOST_DOTS, WIDTH, _around, map_of_cell, map_of_places


def venue(name: str, latitude: float, longitude: float, **more: object) -> Venue:
    return Venue(kind="cafe", name=name, latitude=latitude, longitude=longitude, **more)


POSITIONS = st.tuples(st.floats(-84, 84), st.floats(-180, 180))
NEAR = st.lists(st.tuples(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05)), min_size=1, max_size=3)


@given(POSITIONS, NEAR)
def test_every_pin_lies_in_the_picture_wherever_on_earth(
    centre: tuple[float, float], near: list[tuple[float, float]]
) -> None:
    around = [(centre[0] + north, (centre[1] + east + 180) % 360 - 180) for north, east in near]
    frame = _around(around)
    assert all(frame.holds(*frame.xy(position)) for position in around)


def test_north_is_above_and_east_is_right() -> None:
    frame = _around([(55.68, 12.57), (55.69, 12.59)])
    (west, south), (east, north) = frame.xy((55.68, 12.57)), frame.xy((55.69, 12.59))
    assert north < south
    assert west < east


def test_two_places_on_either_side_of_the_date_line_are_neighbours() -> None:
    frame = _around([(-17.0, 179.99), (-17.0, -179.99)])
    (west, _), (east, _) = frame.xy((-17.0, 179.99)), frame.xy((-17.0, -179.99))
    assert 0 <= west < east <= WIDTH


def test_a_map_of_places_has_a_pin_for_each_and_a_dot_for_each_other_venue(session: Session) -> None:
    place(session, "Copenhagen")
    offered = [venue("Café Nord", 55.6780, 12.5700), venue("Library", 55.6740, 12.5620)]
    others = [venue(f"Bar {number}", 55.676 + number / 1e4, 12.566) for number in range(5)]
    hidden, far = venue("Closed", 55.6775, 12.568, hidden_at=None), venue("Far", 56.2, 10.2)
    session.add_all([*offered, *others, hidden, far])
    session.flush()
    drawn = map_of_places(session, offered)
    assert drawn is not None
    assert [pin.words for pin in drawn.pins] == ["Café Nord", "Library"]
    assert drawn.streets.count("M") == 8
    assert [town.words for town in drawn.towns] == ["Copenhagen"]
    assert drawn.cell is None


def test_there_is_no_map_of_no_places(session: Session) -> None:
    assert map_of_places(session, []) is None


def test_a_big_city_has_dots_enough(session: Session) -> None:
    session.add_all([venue(f"Bar {n}", 55.67 + n % 50 / 4000, 12.56 + n // 50 / 4000) for n in range(900)])
    session.flush()
    assert map_of_cell(session, snap(55.676, 12.566)).streets.count("M") == MOST_DOTS


def test_a_cell_is_a_square_in_the_middle(session: Session) -> None:
    drawn = map_of_cell(session, snap(55.676, 12.566))
    assert drawn.cell is not None
    x, y, width, height = drawn.cell
    assert width == height
    assert (2 * x + width, 2 * y + height) == (WIDTH, HEIGHT) or abs(2 * y + height - HEIGHT) <= 1
