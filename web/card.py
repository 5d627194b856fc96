"""Draws the picture that social networks show beside a link: some words, who says them, and our mark."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from unicodedata import bidirectional

from flask import render_template
from resvg_py import svg_to_bytes

FONTS = [str(Path(__file__).parent / "fonts" / name) for name in ("DejaVuSerif.ttf", "DejaVuSans.ttf")]
LINE_LENGTHS = ((26, 68), (34, 54), (44, 44), (56, 36))  # how many characters fit in a line, and how tall they are then
MOST_LINES = 6
# The writing systems the fonts have letters for: a card shows no boxes.
LAST_LETTERS = ((0x20, 0x24F), (0x300, 0x52F), (0x600, 0x6FF), (0x1E00, 0x1EFF), (0x2010, 0x203A))


def draw_card(words: str, by: str) -> bytes:
    """Return a PNG of 1200 by 630 pixels, the size networks ask for; words in letters we have none of are left out."""
    return _drawn(words if can_write(words) else "", by if can_write(by) else "")


def can_write(words: str) -> bool:
    """Whether the fonts that come with us have every letter of these words."""
    return all(any(first <= ord(letter) <= last for first, last in LAST_LETTERS) for letter in words)


@lru_cache(maxsize=256)
def _drawn(words: str, by: str) -> bytes:
    size, lines = _laid_out(words)
    rtl = any(bidirectional(letter) in {"R", "AL"} for letter in words)
    svg = render_template("wall/card.svg", lines=lines, size=size, by=by, rtl=rtl)
    return bytes(svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=FONTS))


def _laid_out(words: str) -> tuple[int, list[str]]:
    """Return how tall the letters are, and the lines: as tall as fits."""
    for length, size in LINE_LENGTHS:
        lines = list(_wrapped(words, length))
        if len(lines) <= MOST_LINES:
            return size, lines
    return size, [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + "…"]


def _wrapped(words: str, length: int) -> Iterator[str]:
    line = ""
    for word in (part for long in words.split() for part in _cut(long, length)):
        if line and len(line) + 1 + len(word) > length:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    if line:
        yield line


def _cut(word: str, length: int) -> list[str]:
    return [word[start : start + length] for start in range(0, len(word), length)]
