"""Who is sure enough is signed up; what keeps the others is said."""

from __future__ import annotations

import pytest

from data.barred import digest_of
from data.occupations import Occupation
from data.places import Place
from data.typed_places import PlaceAnswer
from data.typed_titles import TitleAnswer
from jobs.people_list import Row
from jobs.people_verdicts import Known, Verdict, first_name, judge

COPENHAGEN = Place(id=1, name="Copenhagen", region="", country="Denmark")
NURSES = Occupation(code="29-1141.00", title="Registered Nurses", description="")
KNOWN = Known({"member@example.org"}, {digest_of("away@example.org")})


def place_of(text: str) -> PlaceAnswer:
    if text == "Copenhagen":
        return PlaceAnswer(COPENHAGEN)
    return PlaceAnswer(None, [COPENHAGEN] if text == "Springfield" else [], "why not")


def occupation_of(text: str) -> TitleAnswer:
    return TitleAnswer(NURSES) if text == "Nurse" else TitleAnswer(None, [NURSES], "why not")


def row(line: int = 2, **cells: str) -> Row:
    columns = {"name": "Ada", "email": "ada@example.org", "title": "Nurse", "location": "Copenhagen"} | cells
    return Row(line, list(columns.values()), **columns)


def verdict_on(**cells: str) -> Verdict:
    (verdict,) = judge([row(2, **cells)], KNOWN, place_of, occupation_of)
    return verdict


def test_a_clear_row_is_resolved() -> None:
    verdict = verdict_on(name=" Dr. Ada  Lovelace", email="Ada@Example.org")
    assert verdict.kind == "resolved"
    assert verdict.person
    assert (verdict.person.first_name, verdict.person.email) == ("Ada", "ada@example.org")
    assert (verdict.place, verdict.occupation) == (COPENHAGEN, NURSES)


def test_a_title_that_is_not_clear_is_kept_as_it_was_typed() -> None:
    verdict = verdict_on(title="Night  owl")
    assert verdict.kind == "kept as typed"
    assert verdict.person
    assert verdict.person.title == "Night owl"
    assert (verdict.place, verdict.occupation) == (COPENHAGEN, None)
    assert verdict.candidates == ["Registered Nurses"]


def test_a_place_that_is_not_clear_keeps_a_row_out() -> None:
    assert verdict_on(location="Springfield").kind == "ambiguous"
    assert verdict_on(location="Springfield").candidates == ["Copenhagen, Denmark"]
    assert verdict_on(location="Atlantis").kind == "unresolved"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"name": " "}, "there is no name"),
        ({"email": ""}, "there is no e-mail"),
        ({"title": ""}, "there is no job title"),
        ({"location": "\u200b"}, "there is no location"),
        ({"email": "ada at example.org"}, "ada at example.org is not an e-mail address"),
        ({"email": "ada@localhost"}, "is not an e-mail address"),
        ({"name": "x" * 61}, "the name is longer than 60 characters"),
        ({"title": "x" * 121}, "the job title is longer than 120 characters"),
        ({"location": "x" * 201}, "the location is longer than 200 characters"),
        ({"title": "Nurse\x1b[2J"}, "the job title has characters that cannot be shown"),
    ],
)
def test_a_cell_that_cannot_be_used_keeps_its_row_out(cells: dict[str, str], why: str) -> None:
    verdict = verdict_on(**cells)
    assert verdict.kind == "broken"
    assert why in verdict.why


def test_a_row_that_could_not_be_read_says_so() -> None:
    (verdict,) = judge([Row(7, ["?"], wrong="it has 1 cell")], Known(()), place_of, occupation_of)
    assert (verdict.kind, verdict.why) == ("broken", "it has 1 cell")


def test_an_address_is_signed_up_once() -> None:
    rows = [row(2), row(3, email="ADA@example.org"), row(4, email="member@example.org")]
    first, second, third = judge(rows, KNOWN, place_of, occupation_of)
    assert first.kind == "resolved"
    assert (second.kind, second.why) == ("duplicate", "line 2 has this address")
    assert third.kind == "member"


def test_a_row_that_was_kept_out_does_not_keep_out_a_better_one_of_the_same_address() -> None:
    first, second = judge([row(2, location="Atlantis"), row(3)], Known(()), place_of, occupation_of)
    assert (first.kind, second.kind) == ("unresolved", "resolved")


@pytest.mark.parametrize(
    ("full", "first"),
    [
        ("Ada", "Ada"),
        ("Ada Lovelace", "Ada"),
        ("Lovelace, Ada", "Ada"),
        ("Lovelace, Mrs. Ada King", "Ada"),
        ("Prof. Dr. Ada Lovelace", "Ada"),
        ("Drew Barry", "Drew"),
        ("Jean-Luc P.", "Jean-Luc"),
        ("李 小龙", "李"),
        ("Dr.", ""),
        ("", ""),
    ],
)
def test_people_are_called_by_their_first_name(full: str, first: str) -> None:
    assert first_name(full) == first


def test_whoever_was_sent_away_is_not_signed_up_and_no_more_is_said() -> None:
    verdict = verdict_on(email="Away@example.org")
    assert (verdict.kind, verdict.why) == ("barred", "not signed up")
