"""Everything as files: each row once, no secret among them, nothing a spreadsheet computes, and ready to be imported again."""

from __future__ import annotations

import csv
import tracemalloc
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

import jobs.task_export
from data.act import Act, write_down
from data.feedback import Feedback
from data.match import Match
from data.member import Member
from data.places import Place
from data.task import Task, lock_task
from data.venues import Venue
from data.wall import share
from jobs.do_tasks import do_tasks
from jobs.import_people import import_people
from jobs.long_work import Work
from jobs.safe_cells import guarded, unguarded
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, at, bring_together, join, run_round, say_yes
from tests.jobs.stage import everything
from tests.web.lists import list_names
from web.settings import Settings

NOW = at("mon 10:00")
Files = dict[str, list[dict[str, str]]]


@pytest.fixture
def community(session: Session) -> None:
    """A week in which there is a row of each kind."""
    ada = join(session, ADA, skype_name="ada.secret", phone="+45 12345678", free_hours=7)
    ben = join(session, BEN, first_name="=cmd()", offers="secret offers")
    gone = join(session, CLEO)
    round_ = run_round(session)
    round_.figures, round_.funnel = {"people": 2}, {"invited": 2}
    match = bring_together(session, round_, ada, ben, meeting_place="@home, not")
    for seat in match.seats:
        say_yes(seat, NOW)
        seat.memo = seat.word = "secret words"
    session.add(Feedback(seat_id=match.seats[0].id, given_at=NOW, met="yes", rating=4, learned="secret", note="secret"))
    share(session, match.seats[0], "+1 for bread", NOW, signed=False)
    session.add(Venue(kind="cafe", name="-Nord", latitude=-36.8, longitude=174.7))
    write_down(session, ada.id, "give_role", "member 2", NOW, why="=1+1", role="host")
    write_down(session, ada.id, "handle_report", "report 1", NOW, why="secret words with Ben", outcome="spoken_to")
    gone.leave(NOW)
    session.commit()


def ask(session: Session) -> Task:
    task = Task(kind="export", asked_at=NOW)
    session.add(task)
    session.commit()
    return task


def exported(sessions: sessionmaker[Session], session: Session) -> bytes:
    """Ask for an export, let the jobs do it, and return the file."""
    task = ask(session)
    do_tasks(sessions, Settings(), NOW)
    session.refresh(task, ["result", "result_name", "outcome", "failed"])
    assert not task.failed, task.outcome
    assert task.result_name == "hello-stranger-2026-11-23.zip"
    assert task.result is not None
    session.commit()
    return task.result


def read(file: bytes) -> Files:
    with ZipFile(BytesIO(file)) as files:
        texts = {name: files.read(name).decode("utf-8") for name in files.namelist()}
    assert all(text.startswith("\ufeff") for text in texts.values())
    return {name: list(csv.DictReader(StringIO(text[1:], newline=""))) for name, text in texts.items()}


@pytest.mark.usefixtures("community")
def test_there_is_a_file_of_each_kind_with_every_row(sessions: sessionmaker[Session], session: Session) -> None:
    files = read(exported(sessions, session))
    counts = {name: len(rows) for name, rows in files.items()}
    assert counts == {
        "members.csv": 3, "rounds.csv": 1, "matches.csv": 1, "seats.csv": 2, "feedback.csv": 1,
        "wall lines.csv": 1, "venues.csv": 1, "acts.csv": 2,
    }  # fmt: skip
    ada, _, gone = files["members.csv"]
    assert (ada["e-mail"], ada["first name"], ada["profession"]) == ("ada@example.org", "Ada", "Nurse")
    assert (ada["location"], ada["town"]) == ("Copenhagen, Capital Region, Denmark", "Copenhagen")
    assert (gone["id"], gone["e-mail"], gone["location"], gone["left"]) == ("3", "", "", "2026-11-23T10:00:00+00:00")
    assert files["rounds.csv"][0]["figures"] == '{"people": 2}'
    assert files["rounds.csv"][0]["people"] == "2"
    assert files["matches.csv"][0]["state"] == "on"
    assert (files["feedback.csv"][0]["rating"], files["feedback.csv"][0]["again"]) == ("4", "")
    assert files["acts.csv"][0]["facts"] == '{"role": "host"}'


@pytest.mark.usefixtures("community")
def test_no_secret_is_in_it_and_nothing_a_spreadsheet_would_compute(
    sessions: sessionmaker[Session], session: Session
) -> None:
    file = exported(sessions, session)
    with ZipFile(BytesIO(file)) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    members = session.scalars(select(Member)).all()
    secrets = [member.session_key for member in members] + [str(member.latitude) for member in members[:2]]
    for secret in ("secret", "12345678", *secrets):
        assert secret not in text
    files = read(file)
    assert files["members.csv"][1]["first name"] == "'=cmd()"
    assert files["wall lines.csv"][0]["words"] == "'+1 for bread"
    assert files["matches.csv"][0]["place"] == "'@home, not"
    assert (files["venues.csv"][0]["name"], files["venues.csv"][0]["latitude"]) == ("'-Nord", "-36.8")
    assert files["acts.csv"][0]["why"] == "'=1+1"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_what_begins_like_a_formula_gets_an_apostrophe_and_loses_it_again(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text
    assert guarded(f"a{text}") == f"a{text}"
    assert unguarded("'t Hooft") == "'t Hooft"


def test_the_members_can_be_imported_again(sessions: sessionmaker[Session], session: Session, tmp_path: Path) -> None:
    list_names(session)
    for role, changes in ((ADA, {}), (DAN, {}), (BEN, {"first_name": "-Ben", "email": "+ben@example.org"})):
        join(session, role, **changes)
    session.commit()
    before = people(session)
    with ZipFile(BytesIO(exported(sessions, session))) as files:
        files.extract("members.csv", tmp_path)
    session.execute(update(Member).values(email="former-" + Member.email))
    session.commit()
    lines: list[str] = []
    line = import_people(sessions, Settings(), NOW, tmp_path / "members.csv", consent="given", report=lines.append)
    assert line == "members.csv: 3 of 3 people signed up", lines
    assert [row for row in people(session) if not row[1].startswith("former-")] == before


def people(session: Session) -> list[tuple[str, str, str, int | None]]:
    """Whom the list is about: what came back must be the same."""
    rows = session.scalars(select(Member).order_by(Member.id).execution_options(populate_existing=True))
    found = [(one.first_name, one.email or "", one.profession, one.place_id) for one in rows]
    session.commit()
    return found


def test_states_and_places_are_said_as_the_pages_say_them(sessions: sessionmaker[Session], session: Session) -> None:
    round_, matches = run_round(session), []
    for number, (one, other) in enumerate([(ADA, BEN), (CLEO, DAN), (EVA, FINN)] * 2):
        pair = [join(session, role, email=f"{number}{role.name}@example.org") for role in (one, other)]
        matches.append(bring_together(session, round_, *pair))
    singapore = Place(id=9, name="Singapore", region="Singapore", country="Singapore", country_code="SG",
                      latitude=1.3, longitude=103.8, population=5, time_zone="Asia/Singapore")  # fmt: skip
    session.add(singapore)
    matches[0].seats[0].member.settle_in(singapore)
    on, falling, agreeing, off, *_ = matches
    for match in (on, falling):
        for seat in match.seats:
            say_yes(seat, NOW)
    falling.seats[0].accepted_at, falling.seats[0].declined_at = None, NOW
    falling.seats[0].declined_why = "not_this_week"
    agreeing.agreeing_since = NOW
    off.seats[0].free(NOW)
    session.commit()
    files = read(exported(sessions, session))
    assert [row["state"] for row in files["matches.csv"]] == [state(match) for match in matches]
    assert {row["state"] for row in files["matches.csv"]} == {"on", "falling through", "agreeing", "off", "open"}
    members = session.scalars(select(Member).order_by(Member.id))
    assert [row["location"] for row in files["members.csv"]] == [one.place.label for one in members if one.place]


def state(match: Match) -> str:
    if match.is_off:
        return "off"
    if match.is_falling_through:
        return "falling through"
    return "on" if match.is_on else "agreeing" if match.is_agreeing else "open"


@pytest.mark.usefixtures("community")
def test_it_says_how_far_it_is_stops_when_asked_and_changes_nothing(
    engine: Engine, sessions: sessionmaker[Session], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: rows for name, rows in everything(engine).items() if name != "task"}
    steps: list[tuple[int, int]] = []
    step = Work.step

    def stop_at_the_third(work: Work, done: int, total: int) -> None:
        steps.append((done, total))
        if len(steps) == 3:
            with work.sessions() as other:
                found = lock_task(other, work.task.id)
                assert found
                found.ask_to_stop(NOW)
                other.commit()
        step(work, done, total)

    monkeypatch.setattr(jobs.task_export, "ROWS_A_STEP", 2)
    monkeypatch.setattr(Work, "step", stop_at_the_third)
    task = ask(session)
    assert "Stopped" in do_tasks(sessions, Settings(), NOW)
    assert steps == [(0, 12), (2, 12), (4, 12)]
    session.refresh(task, ["result"])
    assert task.result is None
    session.commit()
    assert {name: rows for name, rows in everything(engine).items() if name != "task"} == before


def test_many_rows_take_little_memory(sessions: sessionmaker[Session], session: Session) -> None:
    acts = [{"at": NOW, "deed": "x", "about": "member 1", "why": "because " * 40, "facts": {}} for _ in range(20_000)]
    session.execute(insert(Act), acts)
    session.commit()
    del acts
    tracemalloc.start()
    file = exported(sessions, session)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(read(file)["acts.csv"]) == 20_000
    assert peak < 8_000_000  # all at once are 30 MB
