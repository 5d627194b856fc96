"""A list is read as organisers keep them, and a bad row stops no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs.people_list import PeopleList, Row, UnreadableList, read_people

HEADER = "Name,E-mail,Job title,Location\n"
ADA = "Ada,ada@example.org,Nurse,Copenhagen\n"
BEN = "Ben,ben@example.org,Vet,Malmö\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def read(path: Path, text: str | bytes) -> PeopleList:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_people(path)


def names(people: PeopleList) -> list[str]:
    return [row.name for row in people.rows if not row.wrong]


def test_a_row_is_its_four_cells_and_the_line_it_stands_on(listed: Path) -> None:
    people = read(listed, HEADER + ADA)
    cells = ["Ada", "ada@example.org", "Nurse", "Copenhagen"]
    assert people.rows == [Row(2, cells, "Ada", "ada@example.org", "Nurse", "Copenhagen")]


@pytest.mark.parametrize(
    "header",
    [
        "name,email,title,city",
        "\ufeffName,E-Mail,Job Title,Location",
        "Your name;Mail;Profession;Town",
        "FULL NAME\tE-MAIL ADDRESS\tOCCUPATION\tPLACE",
        '"Name","Email address","Role","Where"',
    ],
)
def test_columns_are_known_by_what_organisers_call_them(listed: Path, header: str) -> None:
    separator = next(sign for sign in "\t;," if sign in header)
    people = read(listed, header + "\n" + separator.join(["Åsa", "asa@example.org", "Nurse", "Malmö"]))
    row = people.rows[0]
    assert (row.name, row.email, row.title, row.location) == ("Åsa", "asa@example.org", "Nurse", "Malmö")


def test_columns_may_stand_in_any_order_among_others(listed: Path) -> None:
    people = read(listed, "when,Town,E-mail,Age,Job,First name,Name\nx,Malmö,ben@example.org,9,Vet,Ben,Ben Hur\n")
    row = people.rows[0]
    assert (row.name, row.email, row.title, row.location) == ("Ben", "ben@example.org", "Vet", "Malmö")


def test_empty_lines_are_no_rows_and_every_kind_of_line_end_is_one(listed: Path) -> None:
    people = read(listed, "\n" + HEADER + "\r\n" + ADA.replace("\n", "\r\n") + "\r\r" + BEN + ",,,\n")
    assert names(people) == ["Ada", "Ben"]
    assert [row.line for row in people.rows] == [4, 7]


def test_a_cell_in_quotes_may_hold_commas_and_lines(listed: Path) -> None:
    people = read(listed, HEADER + 'Ada,ada@example.org,"Nurse,\nnights","Copenhagen, Denmark"\n' + BEN)
    assert people.rows[0].title == "Nurse,\nnights"
    assert people.rows[0].location == "Copenhagen, Denmark"
    assert [row.line for row in people.rows] == [2, 4]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("Cleo,cleo@example.org,Bookkeeper", "it has 3 cells, the first line names 4"),
        ("Cleo,cleo@example.org,Bookkeeper,Copenhagen, Denmark", "it has 5 cells, the first line names 4"),
        ("Cleo,cleo@example.org,Book\0keeper,Copenhagen", "it is not text in UTF-8"),
        (b"Cl\xe9o,cleo@example.org,Bookkeeper,Copenhagen", "it is not text in UTF-8"),
    ],
)
def test_a_bad_row_says_why_and_stops_no_other(listed: Path, bad: str | bytes, why: str) -> None:
    raw = bad if isinstance(bad, bytes) else bad.encode()
    people = read(listed, (HEADER + ADA).encode() + raw + b"\n" + BEN.encode())
    assert names(people) == ["Ada", "Ben"]
    (broken,) = [row for row in people.rows if row.wrong]
    assert broken.line == 3
    assert why in broken.wrong


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_is_read_as_whatever_program_saved_it(listed: Path, encoding: str, told: str, separator: str) -> None:
    text = (HEADER + ADA + BEN + "Åsa,asa@example.org,Læge,Århus\n").replace(",", separator)
    people = read(listed, text.encode(encoding))
    assert people.encoding == told
    assert names(people) == ["Ada", "Ben", "Åsa"]
    assert (people.rows[1].location, people.rows[2].title) == ("Malmö", "Læge")


def test_the_dashes_and_quotes_of_windows_are_read(listed: Path) -> None:
    people = read(listed, HEADER.encode() + b"Ada,ada@example.org,Nurse \x96 \x93nights\x94,Zo\xeb\x92s\n")
    assert (
        people.rows[0].title == "Nurse \N{EN DASH} \N{LEFT DOUBLE QUOTATION MARK}nights\N{RIGHT DOUBLE QUOTATION MARK}"
    )
    assert people.rows[0].location == "Zo\xeb\N{RIGHT SINGLE QUOTATION MARK}s"


@pytest.mark.parametrize(
    "raw",
    [
        HEADER.encode() + ADA.encode() + "Cl\ufffdo,cleo@example.org,Vet,Malmö\n".encode() + BEN.encode(),
        (HEADER + ADA).encode("cp1252") + b"Cl\x81o,cleo@example.org,Vet,Malm\xf6\n" + BEN.encode("cp1252"),
    ],
)
def test_letters_that_were_lost_before_are_told_and_stop_no_other(listed: Path, raw: bytes) -> None:
    people = read(listed, raw)
    assert names(people) == ["Ada", "Ben"]
    (broken,) = [row for row in people.rows if row.wrong]
    assert broken.wrong == "it has letters that were lost when it was saved; type them again"


def test_a_quote_that_nothing_closes_swallows_no_row(listed: Path) -> None:
    people = read(listed, HEADER + 'Cleo,cleo@example.org,"Fitter of 5 pipes,Malmö\n' + ADA + BEN + ADA * 9)
    assert names(people) == ["Cleo", "Ada", "Ben", *["Ada"] * 9]
    assert people.rows[0].title == '"Fitter of 5 pipes'


def test_a_cell_as_long_as_a_book_stops_no_other(listed: Path) -> None:
    people = read(listed, HEADER + f'Cleo,cleo@example.org,"{"x" * 200_000}",Malmö\n' + ADA)
    assert names(people)[-1] == "Ada"
    assert len(people.rows) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("Name,E-mail\nAda,ada@example.org\n", "There is none for title and location"),
        ("Ada,ada@example.org,Nurse,Copenhagen\n", "There is none for name and e-mail and title and location"),
        (HEADER.encode("utf-16-le"), "is empty, or is not text"),  # without its mark nobody knows what it is
        (b"\x89PNG\r\n\x1a\n\x00\x00", "There is none for name"),
        (b"PK\x03\x04" + bytes(99), "is a spreadsheet. In your program, save it as CSV"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_one_line(listed: Path, text: str | bytes, why: str) -> None:
    with pytest.raises(UnreadableList, match=why) as told:
        read(listed, text)
    assert "\n" not in str(told.value)


def test_a_file_that_is_not_there_is_told_by_its_name(listed: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"people\.csv"):
        read_people(listed)
