"""Reads the list an organiser has sent from the desk, and signs its people up; the report stands on the task's page."""

from __future__ import annotations

from pathlib import PurePath

from sqlalchemy.orm import undefer

from data.task import Task
from jobs.import_report import left_of, line_of, report_lines, unresolved_file
from jobs.long_work import CannotBeDone, Outcome, Work
from jobs.people_list import PeopleList, UnreadableList, read_list
from jobs.signing_up import Consent, Mode, SigningUp


def import_list(work: Work) -> Outcome:
    """Sign up everyone on the list whose place is sure, or only look; the rows left come back as a file.

    Done again after it was killed, it leaves those as they are whom it has signed up before. Raises CannotBeDone for
    a file that is no list.
    """
    people, name = _list_of(work), work.task.file_name
    mode: Mode = "import" if work.task.facts["mode"] == "import" else "dry_run"
    consent: Consent = "given" if work.task.facts["consent"] == "given" else "ask"
    verdicts = SigningUp(work.sessions, work.settings, work.now, work.step).run(people, mode, consent)
    left, report = left_of(verdicts), list(report_lines(verdicts, people.encoding))
    line = line_of(name, verdicts, mode)
    if not left:
        return Outcome(line, report)
    return Outcome(line, report, f"{PurePath(name).stem}.unresolved.csv", unresolved_file(people, left))


def _list_of(work: Work) -> PeopleList:
    with work.sessions() as session:
        content = session.get_one(Task, work.task.id, options=[undefer(Task.file)]).file
    try:
        return read_list(work.task.file_name, content or b"")
    except UnreadableList as reason:
        raise CannotBeDone(str(reason)) from reason
