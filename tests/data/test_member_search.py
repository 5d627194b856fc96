"""Organisers find people by the beginning of any word of theirs, and by what they are called now."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from data.leaving import erase
from data.member_search import find_members, words_typed
from data.member_words import MemberWord, words_of
from tests.cast import ADA, BEN, CLEO, DAN, EVA, at, join, place


@pytest.fixture
def cast(session: Session) -> Session:
    """Five of them are here; Eva has an address of two parts."""
    for role in (ADA, BEN, CLEO, DAN):
        join(session, role)
    join(session, EVA, email="eva.holm@bridges.example")
    session.commit()
    return session


def found(session: Session, typed: str) -> list[str]:
    return [member.first_name for member in find_members(session, typed, 50)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["Eva", "Dan", "Cleo", "Ben", "Ada"]),
        ("cl", ["Cleo"]),
        ("ENGIN", ["Eva"]),
        ("malmo", ["Dan"]),
        ("copen vet", ["Ben"]),
        ("holm", ["Eva"]),
        ("ada@exam", ["Ada"]),
        ("eva.holm", ["Eva"]),
        ("eva nurse", []),
        ("gineer", []),
        ("%", ["Eva", "Dan", "Cleo", "Ben", "Ada"]),  # no word at all
    ],
)
def test_each_word_typed_begins_a_word_of_theirs(cast: Session, typed: str, names: list[str]) -> None:
    assert found(cast, typed) == names


def test_they_come_by_number_a_page_after_the_other(cast: Session) -> None:
    first = find_members(cast, "", 2)
    second = find_members(cast, "", 2, before=first[-1].id)
    assert [member.first_name for member in first + second] == ["Eva", "Dan", "Cleo", "Ben"]


def test_whoever_changes_is_found_by_what_they_are_now_and_who_leaves_by_nothing(cast: Session) -> None:
    ada = find_members(cast, "ada", 1)[0]
    ada.first_name, ada.profession, ada.email = "Adaline", "Painter", "me@example.org"
    ada.settle_in(place(cast, "Aarhus"))
    cast.commit()
    assert (found(cast, "painter aarhus me@"), found(cast, "nurse")) == (["Adaline"], [])
    erase(cast, ada, at("mon 12:00"))
    cast.commit()
    assert found(cast, "adaline") == []
    assert cast.scalars(select(MemberWord).where(MemberWord.member_id == ada.id)).all() == []


def test_a_pause_writes_no_words(cast: Session, engine: Engine) -> None:
    ada = find_members(cast, "ada", 1)[0]
    told: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: told.append(arguments[2]))
    ada.let_in(at("mon 12:00"))
    cast.commit()
    assert not any("member_word" in statement for statement in told)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # a plan on an empty PostgreSQL says nothing
def test_an_index_answers_and_no_table_is_read_from_end_to_end(session: Session) -> None:
    connection = session.connection()
    statements: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    find_members(session, "nurse cop", 50)
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statements[0]}", ("a", "b", "c", "d", 50, 0))
    steps = [str(row[3]) for row in plan]
    assert not any(step.startswith("SCAN member") and "LIST" not in step for step in steps), steps


def test_words_are_folded_and_there_are_few() -> None:
    assert words_of("Åsa", "asa.b@x.org", "Night Nurse", "Malmö") == [
        "asa",
        "asa.b@x.org",
        "b",
        "malmo",
        "night",
        "nurse",
    ]
    assert words_of("Somebody", None, "", "") == []
    assert words_typed("a Ö Nurse nurse ada@x.org") == ["nurse", "ada@x.org"]
    assert len(words_typed(" ".join(f"word{number}" for number in range(50)))) == 6
