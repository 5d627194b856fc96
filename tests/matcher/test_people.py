"""People and their past are refused when a number makes no sense, by the column's name and the row."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from matcher.people import NEVER, STEPS, Past, People
from tests.matcher.strangers import past, strangers


@pytest.mark.parametrize(
    ("column", "bad", "why"),
    [
        ("latitude", [55.0, np.nan, 1.0], "latitude, row 1: is not a finite number"),
        ("latitude", [55.0, 1.0, -90.1], "latitude, row 2: is outside"),
        ("longitude", [180.5, 1.0, 1.0], "longitude, row 0: is outside"),
        ("longitude", [1.0, np.inf, 1.0], "longitude, row 1: is not a finite number"),
        ("reach_km", [5, -1, 5], "reach_km, row 1: is negative"),
        ("free", [1, -1, 1], "free, row 1: does not fit uint64"),
        ("free", [[1, 1], [1, 1], [1, 0.5]], "free, row 2: does not fit uint64"),
        ("waited", [0, 0, -2], "waited, row 2: is negative"),
        ("kept", [1, 0.5, 0], "kept, row 2: is not above 0 and up to 1"),
        ("kept", [1, 1.01, 1], "kept, row 1: is not above 0 and up to 1"),
        ("kept", [np.nan, 1, 1], "kept, row 0: is not a finite number"),
        ("waited", [0, 0.5, 0], "waited, row 1: does not fit int32"),
        ("in_person", [1, 0, 2], "in_person, row 2: does not fit bool"),
        ("trio", ["yes", "no", "no"], "trio holds <U3, not numbers"),
    ],
)
def test_a_column_that_makes_no_sense_is_refused_by_name_and_row(column: str, bad: list[Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        strangers(3, **{column: bad})


@pytest.mark.parametrize(
    ("column", "bad", "why"),
    [
        ("topics", np.full((3, 8), 0.5), "topics, row 0: is neither a unit vector nor zeros"),
        ("profession", np.array([[1.0, 0], [0, np.nan], [0, 1]]), "profession, row 1: is not a finite number"),
        ("offers", np.zeros((3, 5)), "offers has 5 columns, wants 8"),
        ("topics", np.zeros(3), "topics has 1 dimensions, not 2"),
        ("topics", np.zeros((2, 8)), "topics has 2 rows, latitude 3"),
    ],
)
def test_words_that_make_no_sense_are_refused(column: str, bad: np.ndarray, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        strangers(3, **{column: bad})


def test_columns_of_different_lengths_are_refused() -> None:
    given = {column.name: getattr(strangers(3), column.name) for column in fields(People)}
    with pytest.raises(ValueError, match="waited has 2 rows, latitude 3"):
        People(**given | {"waited": np.zeros(2, int)})


def test_columns_are_copied_to_their_types_and_cannot_be_written_to() -> None:
    waited = np.array([0, 1, 2])
    people = strangers(3, waited=waited)
    waited[0] = 9
    assert people.waited.tolist() == [0, 1, 2]
    kinds = [column.dtype.name for column in (people.latitude, people.waited, people.topics)]
    assert kinds == ["float64", "int32", "float32"]
    with pytest.raises(ValueError, match="read-only"):
        people.waited[0] = 1


def test_words_are_kept_in_steps_so_that_inner_products_are_exact() -> None:
    topics = strangers(40).topics
    assert np.array_equal(topics * STEPS, np.rint(topics * STEPS))
    exact = (topics.astype(np.float64)[:, None, :] * topics.astype(np.float64)[None, :, :]).sum(axis=2)
    assert np.array_equal(topics @ topics.T, exact)


@pytest.mark.parametrize(
    ("met", "weeks", "apart", "why"),
    [
        ([[0, 1], [1, 1]], [1, 1], [], "met, row 1: names one person twice"),
        ([[0, 1], [-1, 1]], [1, 1], [], "met, row 1: is negative"),
        ([[0, 1, 2]], [1], [], "met has 3 columns, not 2"),
        ([[0, 1]], [], [], "weeks_ago has 0 rows, met 1"),
        ([[0, 1], [0, 2]], [3, -1], [], "weeks_ago, row 1: is negative"),
        ([[0, 1]], [np.nan], [], "weeks_ago, row 0: is not a finite number"),
        ([], [], [[2, 2]], "apart, row 0: names one person twice"),
        ([0, 1], [1], [], "met has 1 dimensions, not 2"),
    ],
)
def test_a_past_that_makes_no_sense_is_refused(met: Any, weeks: Any, apart: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Past(np.array(met), np.array(weeks), np.array(apart))


def test_a_past_that_names_a_stranger_is_refused() -> None:
    with pytest.raises(ValueError, match="apart, row 0: names a stranger to these 2"):
        past(apart=[(0, 2)]).check_against(strangers(2))


def test_who_is_welcome_must_be_there_too() -> None:
    with pytest.raises(ValueError, match="welcome, row 0: names a stranger to these 2"):
        past(welcome=[(0, 2)]).check_against(strangers(2))
    with pytest.raises(ValueError, match="welcome, row 0: names one person twice"):
        past(welcome=[(1, 1)])


def test_hours_are_rows_of_words() -> None:
    with pytest.raises(ValueError, match="free has 3 dimensions, not 2"):
        replace(strangers(2), free=np.zeros((2, 1, 1), np.uint64))


def test_people_with_the_same_hours_share_one_row_of_them() -> None:
    which, rows = strangers(4, free=[[1, 0], [0, 1], [1, 0], [1, 1]]).hours
    assert rows[which].tolist() == [[1, 0], [0, 1], [1, 0], [1, 1]]
    assert len(rows) == 3


def test_two_who_met_more_than_once_count_from_the_last_time() -> None:
    before = past((3, 0, 7), (0, 3, 2), (1, 2, 5), (0, 3, 9))
    assert before.weeks_since(np.array([3, 1]), 4).tolist() == [
        [2, NEVER, NEVER, NEVER],
        [NEVER, NEVER, 5, NEVER],
    ]


def test_avoidance_works_both_ways_and_nobody_meets_themselves() -> None:
    before = past(apart=[(2, 0)])
    assert before.apart_from(np.array([0, 2, 1]), 3).tolist() == [
        [True, False, True],
        [True, False, True],
        [False, True, False],
    ]


def test_an_empty_past_binds_nobody() -> None:
    assert (Past().weeks_since(np.arange(3), 3) == NEVER).all()
    assert np.array_equal(Past().apart_from(np.arange(3), 3), np.eye(3, dtype=bool))
