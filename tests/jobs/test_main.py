"""The jobs from the command line: one line for every refusal, and nothing written then."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session, sessionmaker

import jobs.__main__
from data.reference_files import BrokenReference
from jobs.__main__ import main
from jobs.town import Town
from tests.cast import ADA, BEN
from tests.jobs.stage import everything, sign_up, together
from tests.jobs.town_lists import fill_lists

Run = Callable[..., tuple[int, str, str]]
# How an answer is worded does not depend on the database: such tests run on SQLite alone, and the suite stays quick.
one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def run(database_url: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line; gives back the exit code and what was said to whom."""

    def run(*arguments: str, **environment: str) -> tuple[int, str, str]:
        try:
            code = main(arguments, {"HELLO_DATABASE_URL": database_url} | environment)
        except SystemExit as end:
            code = int(str(end.code or 0))
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return run


def test_any_job_runs_once_at_a_stated_time(run: Run, sessions: sessionmaker[Session]) -> None:
    sign_up(sessions, ADA, BEN)
    code, out, err = run("weekly_round", "--now", "2026-11-23T06:00Z")
    assert (code, err) == (0, "")
    assert out.startswith("Round of 2026-11-23: 2 people, 1 pairs nearby")
    assert together(sessions) == {frozenset({"Ada", "Ben"})}


@pytest.mark.parametrize(
    "name", ["weekly_round", "rematch", "receive_mail", "reminders", "retrain", "post_letters", "tidy"]
)
def test_every_job_of_the_timetable_says_one_line(run: Run, tmp_path: Path, name: str) -> None:
    code, out, err = run(
        name, "--now", "2026-11-22T12:00+01:00", HELLO_LETTERS_FOLDER=str(tmp_path), HELLO_RECEIVED_FOLDER=str(tmp_path)
    )
    assert (code, err, len(out.splitlines())) == (0, "", 1)


@one_database
def test_without_a_time_it_is_now(run: Run) -> None:
    assert run("tidy")[0] == 0


@one_database
@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["weekly_rond"], "invalid choice: 'weekly_rond'"),
        (["tidy", "--now", "tomorrow"], "'tomorrow' is not a time like 2026-11-23T06:00Z"),
        (["tidy", "--now", "2026-11-23T06:00"], "says no zone"),
        (["demo", "--seed", "x"], "invalid int value: 'x'"),
        (["receive_mail", "--lmtp", "8024"], "'8024' is not like 127.0.0.1:8024"),
        (["receive_mail", "--lmtp", "localhost:99999"], "is not like 127.0.0.1:8024"),
        (["import_people"], "the following arguments are required: FILE"),
    ],
)
def test_what_is_asked_wrongly_gets_one_line(run: Run, engine: Engine, arguments: list[str], complaint: str) -> None:
    before = everything(engine)
    code, out, err = run(*arguments)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert complaint in err
    assert everything(engine) == before


@one_database
@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"HELLO_COLOUR": "blue"}, "jobs: There is no setting HELLO_COLOUR"),
        ({"HELLO_BASE_URL": "nowhere"}, "jobs: HELLO_BASE_URL is like"),
        ({"HELLO_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/hello"}, "jobs: The database cannot be used: "),
    ],
)
def test_a_wrong_setting_gets_one_line(run: Run, environment: dict[str, str], complaint: str) -> None:
    code, out, err = run("tidy", **environment)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert err.startswith(complaint)


@one_database
def test_mail_is_listened_for_where_one_says(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(jobs.__main__, "receive_lmtp", lambda *given: asked.append(given[2:]))
    for where in ("127.0.0.1:8024", "[::1]:24"):
        assert run("receive_mail", "--lmtp", where) == (0, "", "")
    assert asked == [("127.0.0.1", 8024), ("::1", 24)]


def test_a_database_of_a_newer_version_is_left_alone(run: Run, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for command in ("weekly_round", "migrate", "demo"):
        code, _, err = run(command)
        assert code == 1
        assert err.startswith("jobs: This database was written by a newer version")


def test_an_older_database_is_to_be_migrated_first(run: Run, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    code, _, err = run("weekly_round")
    assert (code, err) == (
        1, "jobs: This database has not been brought up to this version yet; run ./run migrate."
    )  # fmt: skip


@one_database
def test_a_job_that_finds_no_database_leaves_none_behind(run: Run, tmp_path: Path) -> None:
    missing = tmp_path / "var" / "hello.db"
    code, _, err = run("tidy", HELLO_DATABASE_URL=f"sqlite:///{missing}")
    assert code == 1
    assert "run ./run migrate" in err
    assert not missing.parent.exists()


@one_database
def test_migrate_makes_the_database_and_its_folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs.__main__, "load_lists", fill_lists)
    url = f"sqlite:///{tmp_path / 'var' / 'hello.db'}"
    code, out, _ = run("migrate", HELLO_DATABASE_URL=url)
    assert (code, out) == (0, "The database is up to this version, and the lists are loaded")
    assert run("tidy", HELLO_DATABASE_URL=url)[0] == 0


@one_database
def test_with_a_broken_list_not_even_the_file_of_the_database_is_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found_broken() -> None:
        raise BrokenReference("places.tsv.xz is not as it was shipped")

    monkeypatch.setattr(jobs.__main__, "check_files", found_broken)
    code, _, err = run("migrate", HELLO_DATABASE_URL=f"sqlite:///{tmp_path / 'var' / 'hello.db'}")
    assert (code, err) == (1, "jobs: places.tsv.xz is not as it was shipped")
    assert list(tmp_path.iterdir()) == []


def test_a_broken_list_is_refused_and_nothing_of_it_written(
    run: Run, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(session: Session) -> None:
        fill_lists(session)
        raise BrokenReference("places.tsv.xz is not as it was shipped")

    monkeypatch.setattr(jobs.__main__, "load_lists", break_off)
    before = everything(engine)
    assert run("migrate") == (1, "", "jobs: places.tsv.xz is not as it was shipped")
    assert everything(engine) == before


def test_the_demo_fills_and_shows_and_then_refuses(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs.__main__, "load_lists", fill_lists)
    monkeypatch.setattr(jobs.demo, "load_venues", lambda _: None)
    monkeypatch.setattr(jobs.demo, "PAST_WEEKS", 0)
    monkeypatch.setattr(jobs.__main__, "Town", lambda seed: Town(seed, 6, 2, 2))
    code, out, err = run("demo", "--once", "--all", "--seed", "5", "--now", "2026-11-23T07:00Z")
    assert (code, err) == (0, "")
    assert "10 people:" in out
    assert "member1@example.org" in out
    code, out, err = run("demo")
    assert (code, out) == (1, "")
    assert err.startswith("jobs: This database already has members")


@one_database
@pytest.mark.parametrize(
    ("options", "mode", "consent"),
    [([], "import", "ask"), (["--dry-run"], "dry_run", "ask"), (["--confirmed"], "import", "given")],
)
def test_import_is_handed_what_was_asked(
    run: Run, monkeypatch: pytest.MonkeyPatch, options: list[str], mode: str, consent: str
) -> None:
    asked: list[tuple[object, object, object]] = []

    def note(*arguments: object, mode: str, consent: str) -> str:
        asked.append((arguments[-1], mode, consent))
        return "done"

    monkeypatch.setattr(jobs.__main__, "import_people", note)
    assert run("import_people", "people.csv", *options) == (0, "done", "")
    assert asked == [(Path("people.csv"), mode, consent)]


@one_database
def test_a_file_that_is_not_there_gets_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(*_: object, **__: object) -> str:
        return Path("/nowhere/people.csv").read_text(encoding="utf-8")

    monkeypatch.setattr(jobs.__main__, "import_people", look)
    assert run("import_people", "/nowhere/people.csv") == (
        1,
        "",
        "jobs: /nowhere/people.csv: No such file or directory",
    )


@one_database
def test_without_a_name_the_timetable_runs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(jobs.__main__, "run_timetable", lambda _sessions, settings: ran.append(settings.base_url))
    assert run()[0] == 0
    assert ran == ["http://127.0.0.1:8000"]


@one_database
def test_it_starts_as_a_process_of_its_own(database_url: str, project: Path) -> None:
    command = [sys.executable, "-m", "jobs", "tidy"]
    environment = {"HELLO_DATABASE_URL": database_url, "PYTHONPATH": str(project)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("Thrown away: 0")
