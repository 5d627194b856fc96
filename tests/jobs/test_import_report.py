"""An organiser reads the counts first, then what may need a hand."""

from __future__ import annotations

from data.places import Place
from jobs.import_report import SHOWN, report_lines, told
from jobs.people_list import Row
from jobs.people_verdicts import Person, Verdict

ADA = Person("Ada", "ada@example.org", "Nurse", "Springfield")
SPRINGFIELDS = ["Springfield, Missouri", "Springfield, Illinois"]


def verdict(line: int = 2) -> Verdict:
    return Verdict(Row(line, []), "ambiguous", "there are several places of that name", SPRINGFIELDS, ADA)


def test_a_row_is_told_with_what_was_typed_why_and_the_candidates() -> None:
    assert told(verdict()) == (
        '"Springfield": there are several places of that name (Springfield, Missouri; Springfield, Illinois?)'
    )


def test_a_kept_title_is_told_as_it_was_typed() -> None:
    kept = Verdict(Row(2, []), "kept as typed", "no title is near enough", [], ADA, Place(id=1))
    assert told(kept) == '"Nurse": no title is near enough'


def test_no_address_is_told() -> None:
    known = Verdict(Row(2, []), "member", "this address is a member's already", [], ADA)
    assert told(known) == "this address is a member's already"


def test_rows_to_mend_come_before_those_that_were_signed_up() -> None:
    kept = Verdict(Row(2, []), "kept as typed", "no title is near enough", [], ADA, Place(id=1))
    heads = [line for line in report_lines([kept, verdict(3)]) if line in {"Kept as typed:", "Ambiguous:"}]
    assert heads == ["Ambiguous:", "Kept as typed:"]


def test_counts_come_first_and_then_the_first_few_of_each_kind() -> None:
    many = [verdict(line) for line in range(2, 2 + SHOWN + 5)]
    lines = list(report_lines([*many, Verdict(Row(99, []), "resolved", "", [], ADA)]))
    assert lines[0] == "16 rows:"
    assert "       1 resolved: place and occupation are clear" in lines
    assert "      15 ambiguous: the location may mean one of several places: not signed up" in lines
    assert f"Ambiguous, the first {SHOWN}:" in lines
    assert sum(line.startswith("  line ") for line in lines) == SHOWN
    assert not any("ada@example.org" in line for line in lines)
