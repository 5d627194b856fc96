"""The words of the command line: which job, at what time, and what each is told besides."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Never

from data.venues import KINDS


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> Never:
        """Say it, and end with the exit code of a wrong question."""
        sys.exit(complain(message, 2))


def parser_of(jobs: Iterable[str], about: str | None) -> Parser:
    """Return a parser for the jobs of the timetable and for those that somebody asks for."""
    parser = Parser(prog="python -m jobs", description=about)
    named = parser.add_subparsers(dest="job", metavar="NAME", parser_class=Parser)
    asked = ["import_people", "import_venues", "venues", "wall", "role", "demo", "migrate"]
    parsers = {name: named.add_parser(name) for name in [*jobs, *asked]}
    for one in parsers.values():
        one.add_argument("--now", type=_moment, metavar="2026-11-23T06:00Z", help="the time it is to be")
    lmtp = parsers["receive_mail"]
    lmtp.add_argument("--lmtp", type=_socket, metavar="HOST:PORT", default=argparse.SUPPRESS, help="listen there")
    parsers["import_people"].add_argument("file", type=Path, metavar="FILE")
    parsers["import_people"].add_argument("--dry-run", action="store_true", help="only say what would happen")
    parsers["import_people"].add_argument("--confirmed", action="store_true", help="they have agreed already")
    parsers["import_venues"].add_argument("file", type=Path, metavar="FILE")
    _add_venue_words(parsers["venues"])
    _add_wall_words(parsers["wall"])
    parsers["role"].add_argument("address", metavar="E-MAIL")
    parsers["role"].add_argument("role", choices=("member", "host", "organiser"))
    parsers["demo"].add_argument("--seed", type=int, default=1, help="the same seed makes the same town")
    parsers["demo"].add_argument("--all", action="store_true", help="show every pair")
    parsers["demo"].add_argument("--once", action="store_true", help="for ./run demo: do not serve afterwards")
    return parser


def complain(sentence: str, code: int = 1) -> int:
    """Say one line to whoever asked; return the exit code."""
    print(f"jobs: {sentence}", file=sys.stderr)  # noqa: T201  the one line for whoever asked
    return code


def _add_venue_words(venues: argparse.ArgumentParser) -> None:
    deeds = venues.add_subparsers(dest="deed", metavar="list|add|hide|show|prefer|unprefer", required=True)
    deeds.add_parser("list").add_argument("words", nargs="?", default="", help="in its name or address")
    add = deeds.add_parser("add")
    add.add_argument("name")
    add.add_argument("--kind", choices=KINDS, default="cafe")
    add.add_argument("--at", required=True, metavar="55.6786,12.5796", help="latitude and longitude, in degrees")
    add.add_argument("--address", default="")
    add.add_argument("--hours", default="", metavar="'Mo-Fr 08:00-18:00'", help="as OpenStreetMap writes them")
    add.add_argument("--wheelchair", choices=("yes", "limited", "no"), default="")
    for name in ("hide", "show", "prefer", "unprefer"):
        deed = deeds.add_parser(name)
        deed.add_argument("numbers", nargs="+", type=int, metavar="NUMBER")
        deed.add_argument("--now", type=_moment, default=argparse.SUPPRESS)  # also behind the numbers


def _add_wall_words(wall: argparse.ArgumentParser) -> None:
    deeds = wall.add_subparsers(dest="deed", metavar="list|show|refuse", required=True)
    deeds.add_parser("list")
    for name in ("show", "refuse"):
        deed = deeds.add_parser(name)
        deed.add_argument("numbers", nargs="+", type=int, metavar="NUMBER")
        deed.add_argument("--now", type=_moment, default=argparse.SUPPRESS)  # also behind the numbers


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
