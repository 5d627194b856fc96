"""The picture beside a link: of the size networks ask for, with every word in it, and no box for a letter we lack."""

from __future__ import annotations

import struct

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from web.card import LINE_LENGTHS, MOST_LINES, _laid_out, can_write, draw_card


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_card_is_a_png_of_the_size_networks_ask_for(app: Flask) -> None:
    with app.test_request_context():
        assert size_of(draw_card("Bread needs time, not kneading.", "Ada")) == (1200, 630)


def test_other_words_make_another_picture_and_the_same_the_same(app: Flask) -> None:
    with app.test_request_context():
        one, other = draw_card("Bread needs time.", ""), draw_card("Horses sleep standing.", "")
        assert one != other
        assert draw_card("Bread needs time.", "") == one


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "a & b", "]]>", '"quoted"'])
def test_hostile_words_are_only_words(app: Flask, words: str) -> None:
    with app.test_request_context():
        assert size_of(draw_card(words, words)) == (1200, 630)


def test_letters_we_have_none_of_are_left_out_rather_than_boxed(app: Flask) -> None:
    assert can_write("Größe, año, تعلمت, Łódź, Ελλάδα")
    assert not can_write("王小明")
    with app.test_request_context():
        assert draw_card("王小明", "") == draw_card("", "")


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=70), st.integers(1, 30))
def test_any_line_fits_and_loses_nothing_unless_it_is_cut_with_a_sign(word: str, times: int) -> None:
    words = " ".join([word] * times)
    _size, lines = _laid_out(words)
    assert len(lines) <= MOST_LINES
    assert all(len(line) <= LINE_LENGTHS[-1][0] + 1 for line in lines)
    cut = lines[-1].endswith("…")
    assert cut or "".join(lines).replace(" ", "") == words.replace(" ", "")
