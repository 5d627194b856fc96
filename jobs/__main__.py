"""The jobs from the command line: the timetable until told to stop, or any job once, at a stated time."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Never

from rich.console import Console
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from data.database import connect, sessions_of
from data.reference_files import BrokenReference, MissingReference, check_files
from data.reference_lists import load_lists
from data.upgrade import NewerDatabase, OlderDatabase, check_version, upgrade
from jobs.check import SomethingIsLate, check
from jobs.demo import TownIsTaken, demo, refuse_taken
from jobs.import_people import import_people
from jobs.people_list import UnreadableList
from jobs.receive_lmtp import receive_lmtp
from jobs.round_table import show_latest_round
from jobs.timetable import TIMETABLE, Job, run_timetable
from jobs.town import Town
from web.settings import Settings, WrongSetting, read_settings

JOBS: dict[str, Job] = {job.__name__: job for job, _ in TIMETABLE} | {"check": check}
# What can go wrong before anything is written; each says in one sentence what it is.
REFUSALS = (
    WrongSetting, NewerDatabase, OlderDatabase, MissingReference, BrokenReference, TownIsTaken, SomethingIsLate,
    UnreadableList,
)  # fmt: skip


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Do what the arguments ask; return the exit code: 0, 1 when it was refused, 2 when it was asked wrongly."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings(environment)
        engine = connect(settings.database_url)
        try:
            _prepare(options.job, engine)
            _run(options, sessions_of(engine), settings)
        finally:
            engine.dispose()
    except REFUSALS as refusal:
        return _complain(str(refusal) or str(refusal.__doc__))
    except OperationalError as error:
        return _complain(f"The database cannot be used: {str(error.orig).splitlines()[0]}")
    except OSError as error:
        return _complain(f"{error.filename}: {error.strerror}")
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


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> Never:
        sys.exit(_complain(message, 2))


def _parser() -> _Parser:
    parser = _Parser(prog="python -m jobs", description=__doc__)
    named = parser.add_subparsers(dest="job", metavar="NAME", parser_class=_Parser)
    parsers = {name: named.add_parser(name) for name in [*JOBS, "import_people", "demo", "migrate"]}
    for one in parsers.values():
        one.add_argument("--now", type=_moment, metavar="2026-11-23T06:00Z", help="the time it is to be")
    lmtp = parsers["receive_mail"]
    lmtp.add_argument("--lmtp", type=_socket, metavar="HOST:PORT", default=argparse.SUPPRESS, help="listen there")
    parsers["import_people"].add_argument("file", type=Path, metavar="FILE")
    parsers["import_people"].add_argument("--dry-run", action="store_true", help="only say what would happen")
    parsers["import_people"].add_argument("--confirmed", action="store_true", help="they have agreed already")
    parsers["demo"].add_argument("--seed", type=int, default=1, help="the same seed makes the same town")
    parsers["demo"].add_argument("--all", action="store_true", help="show every pair")
    parsers["demo"].add_argument("--once", action="store_true", help="for ./run demo: do not serve afterwards")
    return parser


def _moment(words: str) -> datetime:
    """Return the moment that was typed. Raises an error for argparse when it is none, or has no zone."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{words!r} is not a time like 2026-11-23T06:00Z") from error
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{words!r} says no zone; a time is like 2026-11-23T06:00Z")
    return moment.astimezone(UTC)


def _socket(words: str) -> tuple[str, int]:
    """Return the host and the port that were typed. Raises an error for argparse when they are none."""
    host, _, port = words.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError(f"{words!r} is not like 127.0.0.1:8024")
    return host.strip("[]"), int(port)


def _complain(sentence: str, code: int = 1) -> int:
    print(f"jobs: {sentence}", file=sys.stderr)  # noqa: T201  the one line for whoever asked
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
