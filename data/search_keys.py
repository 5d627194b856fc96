"""Folds names and titles to the keys they are searched by: no accents, no case, no punctuation."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute

LONGEST = 200
# Words that people write short or long as they please.
SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
LONG = {short: long for long, short in SHORT.items()}
LAST = "\U0010ffff"
# Letters that Unicode does not take apart into a plain letter and a mark.
PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"})
# Apostrophes of all sorts, and the points of "D.C.": people leave them out.
SILENT = re.compile("['`\u00b4\u02bb\u02bc\u2018\u2019]|(?<=\\b\\w)\\.")
BETWEEN_WORDS = re.compile(r"[^\w+#]+|_+")  # C++ and C# keep their signs


def fold(text: str) -> str:
    """Return the key of a name or title: "Århus" and "arhus" have the same, "St. John's" is "st johns"."""
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(PLAIN)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return BETWEEN_WORDS.sub(" ", SILENT.sub("", bare)).strip()[:LONGEST].rstrip()


def spellings(key: str) -> set[str]:
    """Return a key as it may be spelled: "st louis" and "saint louis"."""
    words = key.split()
    return {key, *(" ".join(other.get(word, word) for word in words) for other in (SHORT, LONG))}


def begins_with(key: InstrumentedAttribute[str], start: str) -> ColumnElement[bool]:
    """Return the condition that `key` begins with `start`, as a range that an index on bytes answers."""
    return and_(key >= start, key < start + LAST)


def is_long_enough(start: str) -> bool:
    """Whether a key can be searched by: two letters, or one of a script in which one letter is a word."""
    return len(start.encode()) > 1
