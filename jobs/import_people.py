"""Signs up the people of an organiser's list, and says of each row what became of it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from data.community import community_of
from data.database import reading_sessions_of
from data.member import Member, member_by_email
from data.typed_places import resolve_place
from data.typed_titles import TypedTitles
from data.words import Words
from jobs.import_report import report_lines, told
from jobs.people_list import PeopleList, read_people
from jobs.people_verdicts import SIGNED_UP, Verdict, judge
from web.letters import Letters
from web.settings import Settings

Mode = Literal["import", "dry_run"]
Consent = Literal["ask", "given"]  # ask: a letter, and nobody is paired before they confirm
WHY = "why"  # the column that says what kept a row
AT_ONCE = 200  # people in one transaction: others may write in between


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
    verdicts = _judge(sessions, people)
    if mode == "import":
        verdicts = _sign_up(sessions, Letters(settings), verdicts, now, consent)
    for line in report_lines(verdicts):
        report(line)
    signed_up = sum(verdict.kind in SIGNED_UP for verdict in verdicts)
    counts = f"{path.name}: {signed_up:,} of {len(verdicts):,} people"
    if mode == "dry_run":
        return f"{counts} would be signed up; nothing was written"
    left = [verdict for verdict in verdicts if verdict.kind not in {*SIGNED_UP, "member"}]
    return f"{counts} signed up" + (
        f"; {len(left):,} rows are left in {_set_aside(path, people, left)}" if left else ""
    )


def _judge(sessions: sessionmaker[Session], people: PeopleList) -> list[Verdict]:
    """Read what is known, and decide; nothing is locked meanwhile."""
    engine: Engine = sessions.kw["bind"]
    with reading_sessions_of(engine)() as session:
        members = {email for email in session.scalars(select(Member.email)) if email}
        titles = TypedTitles(session, Words.load())
        return judge(people.rows, members, lambda text: resolve_place(session, text), titles.resolve)


def _sign_up(
    sessions: sessionmaker[Session], letters: Letters, verdicts: list[Verdict], now: datetime, consent: Consent
) -> list[Verdict]:
    """Write the members and their letters; return the verdicts, changed for who signed up in the meantime."""
    final: list[Verdict] = []
    for start in range(0, len(verdicts), AT_ONCE):
        with sessions() as session:
            final += [_write(session, letters, one, now, consent) for one in verdicts[start : start + AT_ONCE]]
            session.commit()
    return final


def _write(session: Session, letters: Letters, verdict: Verdict, now: datetime, consent: Consent) -> Verdict:
    person, place = verdict.person, verdict.place
    if person is None or place is None:
        return verdict
    member = Member(first_name=person.first_name, email=person.email, profession=person.title, signed_up_at=now)
    member.reach_km = community_of(session).reach_km
    member.occupation_code = verdict.occupation.code if verdict.occupation else None
    member.settle_in(place)
    try:
        with session.begin_nested():
            session.add(member)
            session.flush()
            if consent == "given":
                member.confirm(now)
            else:
                letters.confirm(session, member, now)
    except IntegrityError:
        if member_by_email(session, person.email) is None:
            raise
        return Verdict(verdict.row, "member", "this address is a member's already", [], person)
    return verdict


def _set_aside(path: Path, people: PeopleList, left: list[Verdict]) -> Path:
    """Write the rows that were not used, as they were, to a file of their own; the first column says why."""
    aside = _new_file(path)
    # A mark at the start lets spreadsheets read the accents; cells that were not text go back as they came.
    with aside.open("w", encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        writer = csv.writer(file, delimiter=people.separator)
        again = int(people.columns[0] == WHY)  # a file of this kind that was mended
        writer.writerow([WHY, *people.columns[again:]])
        writer.writerows([f"line {one.row.line}: {told(one)}", *one.row.cells[again:]] for one in left)
    return aside


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
