"""Finds out in which encoding a list was saved: UTF-8, UTF-16 with its mark, or what Windows called ANSI."""

from __future__ import annotations

import codecs

UTF_8, UTF_16, WINDOWS = "UTF-8", "UTF-16", "Windows-1252"
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# How the files of spreadsheet programs begin that are no lists of text: a ZIP, and the older Excel.
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
LOST = "\ufffd"  # stands where a sign could not be read


def text_of(content: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding; bytes that are no text stay as surrogates, or are LOST."""
    if content.startswith(UTF_16_MARKS):
        return content.decode("utf-16", errors="replace"), UTF_16
    text = content.decode("utf-8-sig", errors="surrogateescape")
    if _is_windows(text):
        return content.decode("cp1252", errors="replace"), WINDOWS
    return text, UTF_8


def _is_windows(text: str) -> bool:
    """Whether more lines are no UTF-8 than have a letter beyond ASCII that is: else only some rows are spoilt."""
    good = bad = 0
    for line in text.splitlines():
        if not line.isascii():
            spoilt = any("\udc80" <= letter <= "\udcff" for letter in line)
            good, bad = good + (not spoilt), bad + spoilt
    return bad > good
