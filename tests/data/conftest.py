"""What tests of the reference lists share: databases with lists in them, read by many tests and written by none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from data import reference_lists
from data.database import connect, reading_sessions_of, sessions_of
from data.reference_files import Rows, read_rows
from tests.conftest import NewDatabase

LARGE = 300_000  # people
TOWNS = {
    "Springfield", "Portland", "Bristol", "Paris", "Fitchburg", "Durham", "Charleston", "St. Louis", "Cambridge",
    "Richmond", "Newcastle", "Vancouver", "Manhattan", "Brooklyn", "Wiener Neustadt", "Münchenstein", "Aarhus", "Århus",
    "Malmö", "Ontario", "Washington", "Québec", "Zürich", "Georgetown", "Hamilton",
}  # fmt: skip
JOBS = ("nurse", "software", "machine operator", "barista", "chief exec", "librarian", "translat", "pilot")


@pytest.fixture(scope="session")
def listed_sqlite(new_sqlite: NewDatabase) -> Iterator[Engine]:
    """SQLite with some of the lists. One fixture a kind: of one with parameters pytest drops the first for the next."""
    yield from _listed(new_sqlite(), _some_rows)


@pytest.fixture(scope="session")
def listed_postgres(new_postgres: NewDatabase) -> Iterator[Engine]:
    """PostgreSQL with the same."""
    yield from _listed(new_postgres(), _some_rows)


@pytest.fixture(scope="session")
def all_listed(new_sqlite: NewDatabase) -> Iterator[Engine]:
    """SQLite with all lists, which takes a while."""
    yield from _listed(new_sqlite(), read_rows)


@pytest.fixture(params=["listed_sqlite", "listed_postgres"])
def listed_sessions(request: pytest.FixtureRequest) -> sessionmaker[Session]:
    """Sessions that read a database with some of the lists: each test that asks runs on both kinds."""
    return reading_sessions_of(request.getfixturevalue(request.param))


@pytest.fixture
def listed(listed_sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session that reads a database with some of the lists."""
    with listed_sessions() as session:
        yield session


@pytest.fixture
def all_lists(all_listed: Engine) -> Iterator[Session]:
    """A session that reads a database with all lists."""
    with reading_sessions_of(all_listed)() as session:
        yield session


def _listed(url: str, read: object) -> Iterator[Engine]:
    engine = connect(url)
    with pytest.MonkeyPatch.context() as patch, sessions_of(engine)() as session:
        patch.setattr(reference_lists, "read_rows", read)
        reference_lists.load_lists(session)
        session.commit()
    yield engine
    engine.dispose()


def _some_rows(name: str) -> Rows:
    """Return the occupations and areas, the titles of a few trades, and places that are large or in a test."""
    rows = read_rows(name)
    if name == "places.tsv.xz":
        return [row for row in rows if int(row["population"]) >= LARGE or row["name"] in TOWNS]
    if name == "titles.tsv.xz":
        return [row for row in rows if any(job in row["title"].lower() for job in JOBS)]
    return rows
