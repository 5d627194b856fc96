"""The jobs from the command line: the timetable until told to stop, or any job once, at a stated time."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from data.database import connect, sessions_of
from data.reference_files import BrokenReference, MissingReference, check_files
from data.reference_lists import load_lists
from data.roles import LastOrganiser
from data.upgrade import NewerDatabase, OlderDatabase, check_version, upgrade
from jobs.arguments import complain, parser_of
from jobs.check import SomethingIsLate, check
from jobs.demo import TownIsTaken, demo, refuse_taken
from jobs.import_people import import_people
from jobs.import_venues import import_venues
from jobs.people_list import UnreadableList
from jobs.receive_lmtp import receive_lmtp
from jobs.role import NobodyThere, give_role
from jobs.round_table import show_latest_round
from jobs.timetable import TIMETABLE, Job, run_timetable
from jobs.town import Town
from jobs.venue_files import UnreadableVenues
from jobs.venues import WrongVenue, add_venue, change_venues, list_venues
from jobs.wall import WrongLine, judge_lines, list_lines
from web.settings import Settings, WrongSetting, read_settings

JOBS: dict[str, Job] = {job.__name__: job for job, _ in TIMETABLE} | {"check": check}
# What can go wrong before anything is written; each says in one sentence what it is.
REFUSALS = (
    WrongSetting, NewerDatabase, OlderDatabase, MissingReference, BrokenReference, TownIsTaken, SomethingIsLate,
    UnreadableList, UnreadableVenues, WrongVenue, WrongLine,
    NobodyThere, LastOrganiser,
)  # fmt: skip


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Do what the arguments ask; return the exit code: 0, 1 when it was refused, 2 when it was asked wrongly."""
    options = parser_of(JOBS, __doc__).parse_args(arguments)
    try:
        settings = read_settings(environment)
        engine = connect(settings.database_url)
        try:
            _prepare(options.job, engine)
            _run(options, sessions_of(engine), settings)
        finally:
            engine.dispose()
    except REFUSALS as refusal:
        return complain(str(refusal) or str(refusal.__doc__))
    except OperationalError as error:
        return complain(f"The database cannot be used: {str(error.orig).splitlines()[0]}")
    except OSError as error:
        return complain(f"{error.filename}: {error.strerror}")
    return 0


def _prepare(job: str | None, engine: Engine) -> None:
    """See to it that the database is at this version: by bringing it there, or by refusing one that is not."""
    if job == "demo" and _has_tables(engine):
        refuse_taken(sessions_of(engine))
    if job in {"migrate", "demo"}:
        _migrate(engine)
    else:
        _refuse_missing_file(engine)
        check_version(engine)


def _run(options: argparse.Namespace, sessions: sessionmaker[Session], settings: Settings) -> None:
    if options.job is None or "lmtp" in options:
        _last(options, sessions, settings)
        return
    now = options.now or datetime.now(UTC)
    if options.job == "do_tasks":
        logging.basicConfig(level=logging.INFO, format="%(message)s")  # how far it is
    if options.job == "migrate":
        line = "The database is up to this version, and the lists are loaded"
    elif options.job == "demo":
        line = demo(sessions, settings, now, Town(options.seed))
        show_latest_round(sessions, now, Console(), "all" if options.all else "some")
    elif options.job == "import_people":
        line = import_people(
            sessions,
            settings,
            now,
            options.file,
            mode="dry_run" if options.dry_run else "import",
            consent="given" if options.confirmed else "ask",
        )
    elif options.job == "import_venues":
        line = import_venues(sessions, settings, now, options.file)
    elif options.job == "venues":
        line = _venues(options, sessions, now)
    elif options.job == "role":
        line = give_role(sessions, settings, now, options.address, options.role)
    elif options.job == "wall":
        line = (
            list_lines(sessions)
            if options.deed == "list"
            else judge_lines(sessions, now, options.deed, options.numbers)
        )
    else:
        line = JOBS[options.job](sessions, settings, now)
    print(line)  # noqa: T201  the answer to whoever asked


def _last(options: argparse.Namespace, sessions: sessionmaker[Session], settings: Settings) -> None:
    """Go on until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%Y-%m-%d %H:%M:%S")
    for chatty in ("apscheduler", "mail.log"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    if options.job is None:
        run_timetable(sessions, settings)
    else:
        receive_lmtp(sessions, settings, *options.lmtp)


def _venues(options: argparse.Namespace, sessions: sessionmaker[Session], now: datetime) -> str:
    if options.deed == "list":
        return list_venues(sessions, options.words)
    if options.deed == "add":
        tags = {"name": options.name, "kind": options.kind, "address": options.address}
        tags |= {"opening_hours": options.hours, "wheelchair": options.wheelchair}
        return add_venue(sessions, now, tags, options.at)
    return change_venues(sessions, now, options.deed, options.numbers)


def _migrate(engine: Engine) -> None:
    check_files()
    if engine.dialect.name == "sqlite":
        _file_of(engine).parent.mkdir(parents=True, exist_ok=True)
    upgrade(engine)
    with sessions_of(engine)() as session:
        load_lists(session)
        session.commit()


def _refuse_missing_file(engine: Engine) -> None:
    """SQLite would make the file; a job that finds no database should leave none behind."""
    if engine.dialect.name == "sqlite" and not _file_of(engine).exists():
        raise OlderDatabase


def _has_tables(engine: Engine) -> bool:
    there = engine.dialect.name != "sqlite" or _file_of(engine).exists()
    return there and inspect(engine).has_table("member")


def _file_of(engine: Engine) -> Path:
    return Path(engine.url.database or "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
