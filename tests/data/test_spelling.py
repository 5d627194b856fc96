"""A slip of the finger is one letter more, less, other, or swapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.spelling import one_slip_apart


@pytest.mark.parametrize("slip", ["durhm", "durhamm", "durhan", "durahm", "xdurham", "urham"])
def test_durham_with_one_slip_may_be_durham(slip: str) -> None:
    assert one_slip_apart("durham", slip)
    assert one_slip_apart(slip, "durham")


@pytest.mark.parametrize("other", ["durham", "duram s", "denver", "", "durhmaa", "mahrud"])
def test_durham_and_anything_further_off_are_not_one_slip_apart(other: str) -> None:
    assert not one_slip_apart("durham", other)
    assert not one_slip_apart(other, "durham")


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_it_is_the_same_from_either_side(one: str, other: str) -> None:
    assert one_slip_apart(one, other) == one_slip_apart(other, one) == (other in _slips_of(one))


def _slips_of(word: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    more = {a + letter + b for a, b in cuts for letter in "abc"}
    less = {a + b[1:] for a, b in cuts if b}
    mistaken = {a + letter + b[1:] for a, b in cuts if b for letter in "abc"}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    return (more | less | mistaken | swapped) - {word}
