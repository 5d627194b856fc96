"""Fills the reference lists from the files shipped with the project: all or nothing, and once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import psycopg
from sqlalchemy import Connection, exists, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.areas import AreaName
from data.database import Base
from data.occupations import Occupation, OccupationTitle, TitleMeaning, TitleWord
from data.places import Place, PlaceName
from data.reference_files import Rows, read_rows
from data.search_keys import fold, spellings
from data.venues import Venue, key_of

ROWS_AT_ONCE = 10_000
Filling = tuple[type[Base], Iterable[dict[str, Any]]]  # a table and its rows


def lists_are_loaded(session: Session) -> bool:
    """Whether the lists of occupations and places are there."""
    return not (_is_empty(session, Occupation) or _is_empty(session, Place))


def load_lists(session: Session) -> None:
    """Fill the lists of occupations and places where they are empty; a second time changes nothing.

    All files are read before the first row is written. Raises MissingReference or BrokenReference. Does not commit.
    """
    fillings: list[Filling] = []
    if _is_empty(session, Occupation):
        fillings += _occupations(read_rows("occupations.tsv.xz"), read_rows("titles.tsv.xz"))
    if _is_empty(session, Place):
        fillings += _places(read_rows("places.tsv.xz"), read_rows("areas.tsv.xz"))
    try:
        _fill(session, fillings)
    except IntegrityError:
        if not lists_are_loaded(session):
            raise  # else another process was first, and what it wrote is what we would have written


def load_venues(session: Session) -> None:
    """Fill the list of venues, where it is empty, with the sample of Copenhagen. Does not commit.

    Raises MissingReference or BrokenReference.
    """
    if _is_empty(session, Venue):
        _fill(session, [(Venue, map(_venue, read_rows("venues_copenhagen.tsv.xz")))])


def _venue(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **_position(row), "key": key_of(row["name"], row.get("address") or "")}


def _is_empty(session: Session, table: type[Base]) -> bool:
    return not session.scalar(select(exists(select(table))))


def _fill(session: Session, fillings: list[Filling]) -> None:
    with session.begin_nested():
        for table, rows in fillings:
            _write(session.connection(), table, rows)
            session.execute(text(f"ANALYZE {table.__tablename__}"))  # both databases plan badly without


def _write(connection: Connection, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Write rows by the driver's own quickest way: these are three quarters of a million."""
    first, waiting = _first_of(rows)
    columns = [column for column in table.__table__.columns if column.name in first or column.default is not None]
    blank = {column.name: getattr(column.default, "arg", None) for column in columns}
    cells = ([row.get(name, default) for name, default in blank.items()] for row in waiting)
    into = f"{table.__tablename__} ({', '.join(blank)})"
    if connection.dialect.name == "postgresql":
        _copy(connection, into, cells)
    else:
        statement = f"INSERT INTO {into} VALUES ({', '.join('?' for _ in blank)})"  # noqa: S608  names of our own
        while some := [tuple(row) for row in islice(cells, ROWS_AT_ONCE)]:
            connection.exec_driver_sql(statement, some)


def _copy(connection: Connection, into: str, cells: Iterable[list[Any]]) -> None:
    try:
        with connection.connection.cursor().copy(f"COPY {into} FROM STDIN") as copy:
            for row in cells:
                copy.write_row(row)
    except psycopg.IntegrityError as error:
        raise IntegrityError(f"COPY {into}", None, error) from error


def _first_of(rows: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], Iterator[dict[str, Any]]]:
    waiting = iter(rows)
    first = next(waiting)
    return first, chain([first], waiting)


def _occupations(occupations: Rows, titles: Rows) -> list[Filling]:
    known = {fold(row["title"]): (row["title"], {*row["occupations"].split("|")}) for row in titles}
    own = {fold(row["title"]): row for row in occupations}
    for key, row in own.items():
        _, codes = known.get(key, ("", set()))
        known[key] = row["title"], {row["code"], *codes}
    numbered = list(enumerate(sorted(known), 1))
    return [
        (Occupation, occupations),
        (OccupationTitle, ({"id": n, "key": key, "title": known[key][0], "own": key in own} for n, key in numbered)),
        (TitleMeaning, ({"title_id": n, "occupation_code": code} for n, key in numbered for code in known[key][1])),
        (TitleWord, ({"title_id": n, "word": word} for n, key in numbered for word in set(key.split()))),
    ]


def _places(places: Rows, areas: Rows) -> list[Filling]:
    return [
        (Place, ({**row, **_position(row)} for row in places)),
        (PlaceName, (name for row in places for name in _names(row))),
        (AreaName, areas),
    ]


def _names(row: dict[str, str]) -> Iterator[dict[str, Any]]:
    own = spellings(fold(row["name"]))
    others = {key for key in row["other_names"].split("|") if key} - own
    for key in own | others:
        yield {"key": key, "place_id": int(row["id"]), "own": key in own, "population": int(row["population"])}


def _position(row: dict[str, str]) -> dict[str, float]:
    return {"latitude": float(row["latitude"]), "longitude": float(row["longitude"])}
