"""A few letters bring up the title that was meant, and whoever goes by it says which occupation is theirs."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.occupations import occupations_titled, suggest_titles


def titles(session: Session, text: str, limit: int = 8) -> list[str]:
    return [suggestion.title for suggestion in suggest_titles(session, text, limit)]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("nurse", "Nurse"),
        ("NURSE", "Nurse"),
        ("software eng", "Software Engineer"),
        ("eng soft", "Software Engineer"),
        ("engineer, software", "Software Engineer"),
        ("machine operator", "Machine Operator"),
        ("registered nurse", "Registered Nurses"),
        ("barista", "Barista"),
        ("baris", "Baristas"),
        ("chief ex", "Chief Executives"),
    ],
)
def test_what_is_typed_brings_up_the_title(listed: Session, typed: str, title: str) -> None:
    assert titles(listed, typed)[0] == title


def test_titles_that_begin_with_the_text_go_before_those_that_have_its_words(listed: Session) -> None:
    found = titles(listed, "nurse p")
    begun = [title.lower().startswith("nurse p") for title in found]
    assert begun == sorted(begun, reverse=True)
    assert "Nurse Practitioners" in found
    assert len(found) == len(set(found)) == 8


def test_machine_operator_names_41_occupations_of_which_one_is_chosen(listed: Session) -> None:
    first = suggest_titles(listed, "machine operator")[0]
    assert first.title == "Machine Operator"
    assert len(first.occupations) == 41
    named = occupations_titled(listed, "machine OPERATOR")
    assert [occupation.code for occupation in named] == [occupation.code for occupation in first.occupations]
    assert [occupation.title for occupation in named] == sorted(occupation.title for occupation in named)


def test_an_occupation_goes_by_its_own_title(listed: Session) -> None:
    (found,) = occupations_titled(listed, "Registered Nurses")
    assert found.code == "29-1141.00"
    assert found.description.startswith("Assess patient health")


@pytest.mark.parametrize("typed", ["", "n", "  ", "?!", "xqzt", "nurse xqzt"])
def test_when_nothing_fits_nothing_is_suggested_and_the_words_stay_ones_own(listed: Session, typed: str) -> None:
    assert titles(listed, typed) == []
    assert occupations_titled(listed, typed) == []
