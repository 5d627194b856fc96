"""Everybody on an organiser's list ends as a member, or in a file that can be mended and imported again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from data.cells import snap
from data.community import decide, usual
from data.letter import Letter
from data.member import Member
from data.occupations import Occupation, OccupationTitle, TitleMeaning
from data.places import PlaceName
from data.readiness import ready_members
from jobs.import_people import import_people
from jobs.people_list import UnreadableList
from jobs.signing_up import SigningUp
from tests.cast import ADA, MONDAY, at, join, place
from tests.jobs.stage import at_once
from web.settings import Settings

NOW = at("fri 10:00", weeks=-1)
HEADER = "Name,E-mail,Job title,Location\n"
GOOD = "Ada Lovelace,ada@example.org,Nurse,Copenhagen\nBen,ben@example.org,Night owl,Malmö\n"
BAD = (
    "Cleo,cleo@example.org,Bookkeeper,Atlantis\n"
    "Dan,dan at example.org,Gardener,Malmö\n"
    "Eva,ada@example.org,Engineer,Copenhagen\n"
)
Import = Callable[..., str]


@pytest.fixture
def sessions(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    """Sessions on a database that knows two towns and what a nurse is."""
    with sessions() as session:
        for number, name in enumerate(["Copenhagen", "Malmö"]):
            town = place(session, name)
            session.add(PlaceName(key=["copenhagen", "malmo"][number], place_id=town.id, own=True, population=1))
        session.add(Occupation(code="29-1141.00", title="Registered Nurses", description=""))
        session.add(OccupationTitle(id=1, title="Nurse", key="nurse", own=False))
        session.flush()
        session.add(TitleMeaning(title_id=1, occupation_code="29-1141.00"))
        session.commit()
    return sessions


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(HEADER + GOOD + BAD, encoding="utf-8")
    return path


@pytest.fixture
def told() -> list[str]:
    """What the organiser was told, line by line."""
    return []


@pytest.fixture
def run(sessions: sessionmaker[Session], settings: Settings, people: Path, told: list[str]) -> Import:
    """Runs the import of the list."""
    return partial(import_people, sessions, settings, NOW, people, report=told.append)


def members(sessions: sessionmaker[Session]) -> dict[str, Member]:
    with sessions() as session:
        found = session.scalars(select(Member).order_by(Member.id)).all()
        assert all(member.time_zone for member in found)
        return {member.first_name: member for member in found}


def letters(sessions: sessionmaker[Session]) -> list[tuple[str, str]]:
    with sessions() as session:
        return [(letter.kind, letter.address) for letter in session.scalars(select(Letter).order_by(Letter.id))]


def test_who_is_sure_is_signed_up_and_asked_to_confirm(sessions: sessionmaker[Session], run: Import) -> None:
    line = run()
    assert line.startswith("people.csv: 2 of 5 people signed up; 3 rows are left in ")
    found = members(sessions)
    assert list(found) == ["Ada", "Ben"]
    assert found["Ada"].occupation_code == "29-1141.00"
    assert found["Ada"].place_id == 2618425
    assert found["Ada"].signed_up_at == NOW
    assert (found["Ben"].profession, found["Ben"].occupation_code) == ("Night owl", None)
    assert letters(sessions) == [("confirm", "ada@example.org"), ("confirm", "ben@example.org")]


def test_they_begin_with_the_reach_that_was_decided(sessions: sessionmaker[Session], run: Import) -> None:
    with sessions.begin() as session:
        decide(session, usual().decisions | {"reach_km": 25})
    run()
    assert {member.reach_km for member in members(sessions).values()} == {25}


def test_only_the_cell_of_a_place_is_kept(sessions: sessionmaker[Session], run: Import) -> None:
    run()
    ada = members(sessions)["Ada"]
    assert ada.place is not None
    assert (ada.latitude, ada.longitude) != (ada.place.latitude, ada.place.longitude)
    assert (ada.latitude, ada.longitude) == snap(ada.place.latitude, ada.place.longitude)


def test_imported_people_are_not_paired_before_they_confirm(sessions: sessionmaker[Session], run: Import) -> None:
    run()
    with sessions() as session:
        assert ready_members(session, MONDAY) == []


def test_people_who_agreed_before_are_ready_and_get_no_letter(sessions: sessionmaker[Session], run: Import) -> None:
    run(consent="given")
    with sessions() as session:
        assert [member.first_name for member in ready_members(session, MONDAY)] == ["Ada", "Ben"]
    assert letters(sessions) == []


def test_a_dry_run_tells_the_same_and_writes_nothing(
    sessions: sessionmaker[Session], run: Import, told: list[str], people: Path
) -> None:
    line = run(mode="dry_run")
    assert line == "people.csv: 2 of 5 people would be signed up; nothing was written"
    dry = list(told)
    assert members(sessions) == {}
    assert letters(sessions) == []
    assert list(people.parent.iterdir()) == [people]
    told.clear()
    run()
    assert told == dry


def test_the_report_tells_of_every_row_that_was_kept_out(run: Import, told: list[str]) -> None:
    run()
    assert '  line 4: "Atlantis": no place of that name is known' in told
    assert "  line 5: dan at example.org is not an e-mail address" in told
    assert "  line 6: line 2 has this address" in told


def test_no_row_is_lost_and_a_mended_file_is_imported(
    sessions: sessionmaker[Session], settings: Settings, run: Import, people: Path, told: list[str]
) -> None:
    run()
    left = people.with_name("people.unresolved.csv")
    text = left.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "why,Name,E-mail,Job title,Location"
    assert [row.rsplit(",", 4)[1:] for row in text.splitlines()[1:]] == [row.split(",") for row in BAD.splitlines()]
    mended = text.replace("Atlantis", "Malmö").replace("dan at", "dan@").replace("@ ", "@")
    left.write_text(mended, encoding="utf-8")
    line = import_people(sessions, settings, NOW, left, report=told.append)
    assert line.startswith("people.unresolved.csv: 2 of 3 people signed up")
    assert list(members(sessions)) == ["Ada", "Ben", "Cleo", "Dan"]


def test_an_older_file_of_left_rows_is_never_written_over(run: Import, people: Path) -> None:
    first = people.with_name("people.unresolved.csv")
    first.write_text("half mended", encoding="utf-8")
    assert "people.unresolved-2.csv" in run()
    assert first.read_text(encoding="utf-8") == "half mended"


def test_the_rows_of_a_mended_file_are_set_aside_with_one_reason_each(
    sessions: sessionmaker[Session], settings: Settings, run: Import, people: Path, told: list[str]
) -> None:
    run()
    left = people.with_name("people.unresolved.csv")
    import_people(sessions, settings, NOW, left, report=told.append)
    again = people.with_name("people.unresolved.unresolved.csv").read_text(encoding="utf-8-sig")
    assert again.splitlines()[0] == "why,Name,E-mail,Job title,Location"


def test_a_row_that_is_not_text_is_set_aside_byte_for_byte(run: Import, people: Path) -> None:
    people.write_bytes(HEADER.encode() + b"Cl\xe9o,cleo@example.org,Vet,Malmo\n" + GOOD.encode())
    run()
    assert b"Cl\xe9o,cleo@example.org,Vet,Malmo" in people.with_name("people.unresolved.csv").read_bytes()


def test_a_second_import_changes_nothing(sessions: sessionmaker[Session], run: Import, told: list[str]) -> None:
    run()
    before = letters(sessions)
    assert run().startswith("people.csv: 0 of 5 people signed up")
    assert letters(sessions) == before
    assert list(members(sessions)) == ["Ada", "Ben"]
    assert "       3 member: the address is a member's already: left as it is" in told


def test_two_imports_at_once_sign_everybody_up_once_and_write_once(
    engine: Engine, sessions: sessionmaker[Session], people: Path
) -> None:
    def one_import(own: sessionmaker[Session], settings: Settings, now: datetime) -> str:
        return import_people(own, settings, now, people, report=lambda _: None)

    lines = at_once(engine, one_import, NOW)
    assert sum(int(line.removeprefix("people.csv: ")[0]) for line in lines) == 2
    assert sorted(letters(sessions)) == [("confirm", "ada@example.org"), ("confirm", "ben@example.org")]
    assert list(members(sessions)) == ["Ada", "Ben"]
    asides = [aside for aside in people.parent.iterdir() if aside != people]
    assert len(asides) == 2
    assert all("Atlantis" in aside.read_text(encoding="utf-8") for aside in asides)


def test_when_all_are_signed_up_there_is_nothing_left_over(run: Import, people: Path) -> None:
    people.write_text(HEADER + GOOD, encoding="utf-8")
    assert run() == "people.csv: 2 of 2 people signed up"
    assert list(people.parent.iterdir()) == [people]


def test_whoever_signs_up_meanwhile_is_left_as_they_are(
    sessions: sessionmaker[Session], run: Import, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    judged = SigningUp._judge

    def judge_slowly(*arguments: object) -> object:
        verdicts = judged(*arguments)  # type: ignore[arg-type]  # passed on as they came
        with sessions() as session:
            join(session, ADA, profession="Painter")
            session.commit()
        return verdicts

    monkeypatch.setattr(SigningUp, "_judge", judge_slowly)
    assert run().startswith("people.csv: 1 of 5 people signed up")
    assert members(sessions)["Ada"].profession == "Painter"
    assert ("confirm", "ada@example.org") not in letters(sessions)
    assert "       1 member: the address is a member's already: left as it is" in told


def test_a_list_that_cannot_be_read_writes_nothing(run: Import, people: Path) -> None:
    people.write_text("just,some,numbers\n1,2,3\n", encoding="utf-8")
    with pytest.raises(UnreadableList):
        run()


def test_another_error_of_the_database_is_not_taken_for_a_duplicate(
    sessions: sessionmaker[Session], run: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Member, "settle_in", lambda member, _: setattr(member, "reach_km", 7))
    with pytest.raises(IntegrityError):
        run()
    assert members(sessions) == {}
