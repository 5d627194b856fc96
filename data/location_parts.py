"""Takes a typed location apart: "Albany, NY USA (I work remotely)" is "albany" and "ny usa"."""

from __future__ import annotations

import re

from data.search_keys import fold

ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
POST_CODE = re.compile(r"\b[\w-]*\d[\w-]*")
BRACKETS = re.compile(r"[()\[\]]")
BETWEEN_PARTS = re.compile(r"[,;/|\n]| [-\u2013] ")
# Said of a town without being its name; but "Bay Area" is a name.
ABOUT = re.compile(
    r"\b(greater|metro( region)?|metropolitan|suburbs?|suburban|near|outside|downtown|remote(ly)?|(?<!bay )area)\b"
)
COUNTY = re.compile(r". (county|parish|co)$")
LEADING = re.compile(r"^((of|in|from|just) )+")
LONGEST = 6  # words; no place or area needs more


def parts_of(text: str) -> list[str]:
    """Return the parts of a typed location, folded, from the narrowest to the widest as people write them.

    Post codes, what is in brackets, counties and words like "greater" or "downtown" are left out.
    """
    outside = ASIDE.sub(" ", text)
    said = outside if fold(outside) else BRACKETS.sub(",", text)
    parts = [fold(part) for part in BETWEEN_PARTS.split(POST_CODE.sub(" ", said))]
    bare = [LEADING.sub("", " ".join(ABOUT.sub(" ", part).split())) for part in parts]
    return [part for part in bare if part and not COUNTY.search(part)]


def phrases_of(parts: list[str]) -> set[str]:
    """Return every phrase of each part that may be the name of a place or an area."""
    split = [part.split()[:LONGEST] for part in parts]
    spans = [(words, start, end) for words in split for start in range(len(words)) for end in range(start, len(words))]
    return {" ".join(words[start : end + 1]) for words, start, end in spans}
