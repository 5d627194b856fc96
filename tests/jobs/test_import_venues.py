"""The list of venues filled from files: nothing doubled, nothing lost."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from data.database import sessions_of
from data.reference_lists import load_venues
from data.venues import Venue, venues_named
from jobs import import_venues as importing
from jobs.import_venues import import_venues
from jobs.known_venues import KnownVenues
from jobs.venue_files import UnreadableVenues
from tests.cast import at
from tests.jobs.stage import everything
from web.settings import Settings

NOW = at("mon 06:00")
HEADER = "osm_id,kind,name,lat,lon,opening_hours,wheelchair\n"
EUROPA = "node/7,cafe,Café Europa,55.6786,12.5796,Mo-Su 08:00-20:00,yes\n"
NORDEN = ",cafe,Café Norden,55.6790,12.5800,,\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the extract lies."""
    return tmp_path / "town.csv"


@pytest.fixture
def said() -> list[str]:
    """What the operator was told, line by line."""
    return []


def take_in(sessions: sessionmaker[Session], file: Path, text: str, said: list[str] | None = None) -> str:
    file.write_text(text, encoding="utf-8")
    report = said.append if said is not None else str
    return import_venues(sessions, Settings(), NOW, file, report=report)


def listed(sessions: sessionmaker[Session]) -> dict[str, Venue]:
    with sessions() as session:
        found = session.scalars(select(Venue).order_by(Venue.id)).all()
        assert len({venue.name for venue in found}) == len(found)
        return {venue.name: venue for venue in found}


def test_a_file_fills_the_list_and_says_so(sessions: sessionmaker[Session], file: Path, said: list[str]) -> None:
    text = HEADER + EUROPA + "node/8,cafe,Norden,north,12.5,,\n" + "node/9,bank,Bank,55.6,12.5,,\n" + NORDEN
    line = take_in(sessions, file, text, said)
    assert line == "town.csv: 2 venues are new, 0 changed, 0 were known as they are; 1 broken, 1 left out"
    assert said[:2] == ["Broken:", "  line 3: its latitude is 'north', not a number of degrees up to 90"]
    assert said[2:] == ["Left out:", "       1: it is of another kind"]
    europa = listed(sessions)["Café Europa"]
    assert (europa.osm_id, europa.kind, europa.wheelchair) == ("node/7", "cafe", "yes")
    assert (europa.preferred, europa.hidden_at) == (False, None)


def test_the_same_file_again_changes_nothing(sessions: sessionmaker[Session], engine: Engine, file: Path) -> None:
    take_in(sessions, file, HEADER + EUROPA + NORDEN)
    before = everything(engine)
    line = take_in(sessions, file, HEADER + EUROPA + NORDEN)
    assert line == "town.csv: 0 venues are new, 0 changed, 2 were known as they are; 0 broken, 0 left out"
    assert everything(engine) == before


def test_a_newer_file_updates_and_takes_nothing_away(sessions: sessionmaker[Session], file: Path) -> None:
    take_in(sessions, file, HEADER + EUROPA + NORDEN)
    with sessions.begin() as session:
        for venue in session.scalars(select(Venue)):
            venue.preferred = True
            venue.hide(NOW)
    renamed = "node/7,cafe,Europa 1989,55.6800,12.5796,,limited\n"
    assert "0 venues are new, 1 changed" in take_in(sessions, file, HEADER + renamed)
    found = listed(sessions)
    assert {*found} == {"Europa 1989", "Café Norden"}
    europa = found["Europa 1989"]
    assert (europa.wheelchair, europa.opening_hours, europa.latitude) == ("limited", "Mo-Su 08:00-20:00", 55.68)
    assert all(venue.preferred and venue.hidden_at == NOW for venue in found.values())
    with sessions() as session:  # by its new name alone
        assert [len(venues_named(session, words)) for words in ("europa 1989", "cafe europa")] == [1, 0]


@pytest.mark.parametrize(
    ("row", "new"),
    [
        (",cafe,CAFE EUROPA,55.6788,12.5796,,\n", 0),  # 22 m
        (",cafe,Café Europa,55.6796,12.5796,,\n", 1),  # 110 m: a second one
        (",cafe,Café Sommersko,55.6786,12.5796,,\n", 1),
        ("way/99,cafe,Café Europa,55.6786,12.5797,,\n", 0),  # the map has it as a building, too
    ],
)
def test_without_its_number_a_venue_is_known_by_its_name_and_place(
    sessions: sessionmaker[Session], file: Path, row: str, new: int
) -> None:
    take_in(sessions, file, HEADER + EUROPA)
    assert f": {new} venues are new" in take_in(sessions, file, HEADER + row)


def test_twice_in_one_file_is_one_venue(sessions: sessionmaker[Session], file: Path) -> None:
    take_in(sessions, file, HEADER + EUROPA + EUROPA.replace("node/7", "") + NORDEN)
    assert [*listed(sessions)] == ["Café Europa", "Café Norden"]


def test_the_sample_of_copenhagen_gets_its_numbers_from_a_later_file(
    sessions: sessionmaker[Session], file: Path
) -> None:
    with sessions.begin() as session:
        load_venues(session)
    row = "node/5,cafe,Europa 1989,55.67865,12.579369,,limited\n"
    assert "0 venues are new, 1 changed" in take_in(sessions, file, HEADER + row)


def test_a_broken_file_is_refused_and_the_list_stays(
    sessions: sessionmaker[Session], engine: Engine, file: Path
) -> None:
    take_in(sessions, file, HEADER + EUROPA)
    before = everything(engine)
    with pytest.raises(UnreadableVenues):
        take_in(sessions, file, "colour,price\nred,3\n")
    assert everything(engine) == before


def overtaken(engine: Engine, file: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Import a file; once it has been compared with the list, a second import of it tries to overtake the first."""
    file.write_text(HEADER + NORDEN, encoding="utf-8")
    write, second = importing._write, Thread(target=lambda: import_venues(sessions_of(engine), Settings(), NOW, file))

    def write_late(session: Session, known: KnownVenues) -> None:
        if second.ident is None:
            second.start()
            second.join(0.5)
        write(session, known)

    monkeypatch.setattr(importing, "_write", write_late)
    import_venues(sessions_of(engine), Settings(), NOW, file)
    second.join(30)
    with sessions_of(engine)() as session:
        return list(session.scalars(select(Venue.name)))


def test_two_imports_at_once_double_nothing(engine: Engine, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert overtaken(engine, file, monkeypatch) == ["Café Norden"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time anyway
def test_without_their_turns_they_would(engine: Engine, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "IN_TURN", "SELECT 1")
    assert overtaken(engine, file, monkeypatch) == ["Café Norden"] * 2


def test_many_venues_take_one_moment(sessions: sessionmaker[Session], file: Path) -> None:
    rows = [f"node/{n},cafe,Café {n},{55 + n / 1e5:.5f},12.5,,\n" for n in range(1, 3_001)]
    count = partial(take_in, sessions, file)
    assert "3,000 venues are new" in count(HEADER + "".join(rows))
    assert "3,000 changed" in count(HEADER + "".join(row.replace("12.5", "12.6") for row in rows))
