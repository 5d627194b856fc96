"""Signs up the people of an organiser's list from the command line, and says of each row what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from jobs.import_report import left_of, line_of, report_lines, unresolved_file
from jobs.people_list import read_people
from jobs.signing_up import Consent, Mode, SigningUp
from web.settings import Settings


def import_people(  # noqa: PLR0913  what a job gets, and what the organiser may choose
    sessions: sessionmaker[Session],
    settings: Settings,
    now: datetime,
    path: Path,
    *,
    mode: Mode = "import",
    consent: Consent = "ask",
    report: Callable[[str], object] = print,
) -> str:
    """Sign up everyone in a CSV or TSV file whose place is sure; report on the others; return one line in sum.

    Every row ends as a member or in FILE.unresolved.csv, which can be mended and imported again; an older file of that
    name is kept. A dry run writes nothing at all. Raises UnreadableList, or OSError when the file cannot be read.
    """
    people = read_people(path)
    verdicts = SigningUp(sessions, settings, now).run(people, mode, consent)
    for line in report_lines(verdicts, people.encoding):
        report(line)
    line, left = line_of(path.name, verdicts, mode), left_of(verdicts)
    if mode == "dry_run" or not left:
        return line
    aside = _new_file(path)
    aside.write_bytes(unresolved_file(people, left))
    return f"{line}; {len(left):,} rows are left in {aside}"


def _new_file(path: Path) -> Path:
    """Make a file beside the list that was not there before: an older one may be half mended."""
    for name in chain([".unresolved.csv"], (f".unresolved-{number}.csv" for number in count(2))):
        aside = path.with_suffix(name)
        try:
            aside.touch(exist_ok=False)
        except FileExistsError:
            continue
        break
    return aside
