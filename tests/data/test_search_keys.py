"""Names that people write in several ways fold to one key."""

from __future__ import annotations

import pytest

from data.search_keys import LONGEST, fold, is_long_enough, spellings


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Århus", "arhus"),
        ("København", "kobenhavn"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("St. John's", "st johns"),
        ("Washington, D.C.", "washington dc"),
        ("Chapel Hill. NC", "chapel hill nc"),
        ("  Winston-Salem ", "winston salem"),
        ("東京", "東京"),
        ("C++ Programmer", "c++ programmer"),
        ("...", ""),
    ],
)
def test_a_name_folds_to_its_key(written: str, key: str) -> None:
    assert fold(written) == key
    assert fold(key) == key


def test_a_key_fits_its_column() -> None:
    assert len(fold("x" * 1000)) == LONGEST
    assert len(fold("\ufdfa" * 200)) == LONGEST  # one letter that becomes eighteen


def test_saint_louis_is_found_however_saint_is_written() -> None:
    assert spellings("st louis") == spellings("saint louis") == {"st louis", "saint louis"}
    assert spellings("paris") == {"paris"}


def test_one_latin_letter_is_too_little_to_search_by_and_one_chinese_letter_is_not() -> None:
    assert not is_long_enough("a")
    assert is_long_enough("ab")
    assert is_long_enough("京")
