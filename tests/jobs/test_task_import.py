"""A list that was sent from the desk: the report stands on the task's page, and whatever happens all are signed up once."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker, undefer

from data.barred import bar
from data.letter import Letter
from data.member import Member
from data.task import ALIVE_FOR, Task, lock_task
from jobs import signing_up
from jobs.do_tasks import do_tasks
from tests.cast import CLEO, at, join
from tests.jobs.stage import everything
from tests.web.lists import list_names
from web.settings import Settings

NOW = at("fri 10:00")
HEADER = "Name;E-mail;Job title;Location\n"
ROWS = "Åsa;asa@example.org;Nurse;Malmö\nBen;ben@example.org;Vet;København, Danmark\nDan;dan@example.org;Vet;Malmö\n"
BROKEN = "Eva;eva@example.org\nFinn;finn@example.org;Vet;Atlantis\n"


@pytest.fixture
def sessions(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    """Sessions on a database that knows two towns; Cleo is a member, and Gus was sent away."""
    with sessions() as session:
        list_names(session)
        join(session, CLEO)
        bar(session, "gus@example.org", NOW)
        session.commit()
    return sessions


def asked(sessions: sessionmaker[Session], content: bytes, **columns: Any) -> int:
    facts = {"mode": "import", "consent": "ask"} | columns.pop("facts", {})
    with sessions() as session:
        task = Task(kind="import", asked_at=NOW, facts=facts, file_name="people.csv", file=content)
        session.add(task)
        session.commit()
        return task.id


def ended(sessions: sessionmaker[Session], number: int) -> Task:
    with sessions() as session:
        task = session.get_one(Task, number, options=[undefer(Task.file), undefer(Task.result)])
        assert task.ended_at is not None
        assert task.result is not None or not task.result_name
        return task


def members(sessions: sessionmaker[Session]) -> Counter[str]:
    with sessions() as session:
        return Counter(session.scalars(select(Member.first_name)))


@pytest.mark.parametrize(("encoding", "told"), [("utf-16", "UTF-16"), ("latin-1", "Windows-1252"), ("utf-8-sig", "")])
def test_the_report_and_the_rows_left_come_back(
    sessions: sessionmaker[Session], settings: Settings, encoding: str, told: str
) -> None:
    text = HEADER + ROWS.replace("København, Danmark", "Copenhagen") + BROKEN + "Cleo;cleo@example.org;Vet;Malmö\n"
    number = asked(sessions, (text + "Gus;GUS@example.org;Baker;Malmö\n").encode(encoding))
    line = do_tasks(sessions, settings, NOW)
    task = ended(sessions, number)
    assert task.outcome == "people.csv: 3 of 7 people signed up"
    assert line.endswith(task.outcome)
    assert members(sessions) == Counter(["Åsa", "Ben", "Cleo", "Dan"])
    assert (task.report[0] == f"The list was read as {told}.") == bool(told)
    assert "       1 barred: an organiser has sent them away: not signed up" in task.report
    assert "  line 8: not signed up" in task.report
    assert "  line 5: it has 2 cells, the first line names 4" in task.report
    assert task.result_name == "people.unresolved.csv"
    assert task.result
    left = task.result.decode("utf-8-sig").splitlines()
    assert left[0] == "why;Name;E-mail;Job title;Location"
    assert [row.split(";")[1] for row in left[1:]] == ["Eva", "Finn", "Gus"]
    assert (task.failed, task.file) == (False, None)


def test_the_rows_left_can_be_mended_and_sent_again(sessions: sessionmaker[Session], settings: Settings) -> None:
    number = asked(sessions, (HEADER + BROKEN).encode())
    do_tasks(sessions, settings, NOW)
    left = ended(sessions, number).result
    assert left
    again = asked(sessions, left.replace(b"Atlantis", "Malmö".encode()))
    do_tasks(sessions, settings, NOW)
    assert ended(sessions, again).outcome == "people.csv: 1 of 2 people signed up"
    assert members(sessions)["Finn"] == 1


def test_only_looking_writes_nothing(sessions: sessionmaker[Session], engine: Engine, settings: Settings) -> None:
    number = asked(sessions, (HEADER + ROWS).encode(), facts={"mode": "dry_run"})
    before = {name: rows for name, rows in everything(engine).items() if name != "task"}
    do_tasks(sessions, settings, NOW)
    assert "would be signed up; nothing was written" in ended(sessions, number).outcome
    assert {name: rows for name, rows in everything(engine).items() if name != "task"} == before


def test_who_has_agreed_is_in_and_gets_no_letter(sessions: sessionmaker[Session], settings: Settings) -> None:
    asked(sessions, (HEADER + ROWS).encode(), facts={"consent": "given"})
    do_tasks(sessions, settings, NOW)
    with sessions() as session:
        assert session.scalars(select(Letter)).all() == []
        assert None not in session.scalars(select(Member.confirmed_at)).all()


@pytest.mark.parametrize(
    ("content", "why"), [(b"PK\x03\x04zip", "people.csv is a spreadsheet"), (b"a,b\n1,2\n", "There is none for name")]
)
def test_what_is_no_list_says_why(
    sessions: sessionmaker[Session], settings: Settings, content: bytes, why: str
) -> None:
    number = asked(sessions, content)
    do_tasks(sessions, settings, NOW)
    task = ended(sessions, number)
    assert (task.failed, why in task.outcome) == (True, True)


class Killed(BaseException):
    """The machine went down."""


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person a transaction."""
    monkeypatch.setattr(signing_up, "AT_ONCE", 1)


@pytest.mark.usefixtures("few_at_once")
def test_killed_half_way_and_done_again_everybody_is_signed_up_once(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asked(sessions, (HEADER + ROWS.replace("København, Danmark", "Copenhagen")).encode())
    write = signing_up.SigningUp._write

    def die_at_the_third(self: Any, session: Session, verdict: Any, consent: Any) -> Any:
        if verdict.row.line == 4:
            raise Killed
        return write(self, session, verdict, consent)

    with monkeypatch.context() as patch:
        patch.setattr(signing_up.SigningUp, "_write", die_at_the_third)
        with pytest.raises(Killed):
            do_tasks(sessions, settings, NOW)
    assert members(sessions) == Counter(["Åsa", "Ben", "Cleo"])
    assert do_tasks(sessions, settings, NOW) == "No long work is asked for"  # it may live still
    do_tasks(sessions, settings, NOW + 2 * ALIVE_FOR)
    assert ended(sessions, number).outcome == "people.csv: 1 of 3 people signed up"
    assert members(sessions) == Counter(["Åsa", "Ben", "Cleo", "Dan"])
    with sessions() as session:
        written = Counter(session.scalars(select(Letter.address)))
    assert written == Counter(["asa@example.org", "ben@example.org", "dan@example.org"])


def test_who_is_sent_away_while_the_list_is_read_is_not_signed_up(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asked(sessions, (HEADER + ROWS).encode())
    judge = signing_up.SigningUp._judge

    def judge_slowly(self: Any, rows: Any, times: int) -> Any:
        verdicts = judge(self, rows, times)
        with sessions() as session:
            bar(session, "dan@example.org", NOW)
            session.commit()
        return verdicts

    monkeypatch.setattr(signing_up.SigningUp, "_judge", judge_slowly)
    do_tasks(sessions, settings, NOW)
    assert "  line 4: not signed up" in ended(sessions, number).report
    assert members(sessions)["Dan"] == 0


@pytest.mark.usefixtures("few_at_once")
def test_stopped_half_way_what_is_done_stays_done(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asked(sessions, (HEADER + ROWS).encode())
    write = signing_up.SigningUp._write

    def stop_then(self: Any, session: Session, verdict: Any, consent: Any) -> Any:
        task = lock_task(session, number)
        assert task
        task.ask_to_stop(NOW)
        return write(self, session, verdict, consent)

    monkeypatch.setattr(signing_up.SigningUp, "_write", stop_then)
    do_tasks(sessions, settings, NOW)
    task = ended(sessions, number)
    assert (task.failed, "Stopped" in task.outcome) == (False, True)
    assert (task.done, task.total) == (3, 6)
    assert members(sessions) == Counter(["Åsa", "Cleo"])
