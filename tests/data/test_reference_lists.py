"""The lists are filled once, whole or not at all, whoever starts first."""

from __future__ import annotations

from threading import Event, Thread
from zoneinfo import available_timezones

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data import reference_lists
from data.database import Base, sessions_of
from data.occupations import Occupation, OccupationTitle, TitleMeaning
from data.places import Place, PlaceName
from data.reference_files import BrokenReference, Rows
from data.reference_lists import lists_are_loaded, load_lists, load_venues
from data.venues import Venue

COPENHAGEN = {
    "id": "2618425", "name": "Copenhagen", "region": "Capital Region", "region_code": "17", "country_code": "DK",
    "country": "Denmark", "latitude": "55.7", "longitude": "12.6", "population": "1153615",
    "time_zone": "Europe/Copenhagen", "other_names": "kobenhavn|kopenhagen",
}  # fmt: skip
FEW: dict[str, Rows] = {
    "occupations.tsv.xz": [{"code": "29-1141.00", "title": "Registered Nurses", "description": "Assess patients."}],
    "titles.tsv.xz": [{"title": "Nurse", "occupations": "29-1141.00"}],
    "places.tsv.xz": [COPENHAGEN],
    "areas.tsv.xz": [{"key": "denmark", "country_code": "DK", "region_code": ""}],
}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> dict[str, Rows]:
    """Lists of one row each, in place of the shipped ones."""
    lists = {name: [dict(row) for row in rows] for name, rows in FEW.items()}
    monkeypatch.setattr(reference_lists, "read_rows", lists.__getitem__)
    return lists


def count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_all_of_onet_and_geonames_is_loaded(all_lists: Session) -> None:
    assert lists_are_loaded(all_lists)
    assert count(all_lists, Occupation) == 1_016
    assert count(all_lists, OccupationTitle) == 48_680
    assert count(all_lists, TitleMeaning) == 59_250
    assert count(all_lists, Place) == 69_472
    assert count(all_lists, PlaceName) > 400_000
    zones = set(all_lists.scalars(select(Place.time_zone).distinct()))
    assert zones <= available_timezones()


@pytest.mark.usefixtures("few")
def test_loading_twice_changes_nothing(session: Session) -> None:
    assert not lists_are_loaded(session)
    load_lists(session)
    load_lists(session)
    assert lists_are_loaded(session)
    assert count(session, Place) == count(session, Occupation) == 1
    assert {name.key for name in session.scalars(select(PlaceName))} == {"copenhagen", "kobenhavn", "kopenhagen"}


def test_a_broken_file_leaves_every_list_empty(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_rows(name: str) -> Rows:
        if name == "areas.tsv.xz":
            raise BrokenReference
        return FEW[name]

    monkeypatch.setattr(reference_lists, "read_rows", read_rows)
    with pytest.raises(BrokenReference):
        load_lists(session)
    assert count(session, Occupation) == count(session, Place) == 0


def test_rows_that_contradict_each_other_leave_every_list_empty(session: Session, few: dict[str, Rows]) -> None:
    few["places.tsv.xz"].append(COPENHAGEN)
    with pytest.raises(IntegrityError):
        load_lists(session)
    assert count(session, Occupation) == count(session, Place) == 0


@pytest.mark.usefixtures("few")
def test_of_two_processes_that_start_at_once_one_fills_and_the_other_finds_it_done(engine: Engine) -> None:
    started = Event()
    failures: list[Exception] = []

    def second() -> None:
        try:
            started.set()
            with sessions_of(engine)() as session:
                load_lists(session)
                session.commit()
        except Exception as failure:  # noqa: BLE001  whatever it was, the test is to show it
            failures.append(failure)

    other = Thread(target=second)
    with sessions_of(engine)() as first:
        load_lists(first)
        other.start()
        started.wait()
        other.join(0.3)
        assert other.is_alive()  # it waits for the first
        first.commit()
    other.join(30)
    assert not failures
    with sessions_of(engine)() as session:
        assert count(session, Place) == count(session, Occupation) == 1


def test_the_sample_of_venues_is_loaded_once_and_only_when_asked_for(session: Session) -> None:
    assert count(session, Venue) == 0
    load_venues(session)
    load_venues(session)
    assert count(session, Venue) == 2_570
    europa = session.scalars(select(Venue).where(Venue.name == "Europa 1989")).one()
    assert europa.kind == "cafe"
    assert europa.opening_hours.startswith("Mo-Th 07:45-23:00")
