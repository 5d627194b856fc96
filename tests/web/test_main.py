"""Starting the site: it serves, or says in one line why it cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from data.database import connect
from tests.conftest import NewDatabase
from web import __main__ as command
from web import create_app
from web.settings import Settings


@pytest.fixture
def database(new_sqlite: NewDatabase) -> str:
    """The URL of a database at this version's tables."""
    return new_sqlite()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("HELLO_BASE_URL", "hello", "HELLO_BASE_URL is like"),
        ("HELLO_NONSENSE", "1", "There is no setting HELLO_NONSENSE"),
        ("HELLO_DEVELOPMENT", "0", "HELLO_SECRET_KEY needs"),
        ("HELLO_GEOCODER", "nominatim", "HELLO_GEOCODER"),
        ("HELLO_DATABASE_URL", "sqlite:////no/such/folder/hello.db", "The database cannot be opened"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(  # noqa: PLR0913, PLR0917  a case of a table, and three fixtures
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    database: str,
    name: str,
    value: str,
    sentence: str,
) -> None:
    monkeypatch.setenv("HELLO_DATABASE_URL", database)
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as end:
        command.application()
    assert end.value.code == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(("version", "sentence"), [("9999", "newer version"), (None, "./run migrate")])
def test_a_database_of_another_version_is_refused(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    database: str,
    version: str | None,
    sentence: str,
) -> None:
    engine = connect(database)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        if version:
            connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": version})
    engine.dispose()
    monkeypatch.setenv("HELLO_DATABASE_URL", database)
    with pytest.raises(SystemExit):
        command.application()
    assert sentence in capsys.readouterr().err


def test_the_environment_makes_the_site(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    monkeypatch.setenv("HELLO_DATABASE_URL", database)
    app = command.application()
    assert isinstance(app, Flask)
    app.extensions["engine"].dispose()


def test_the_site_serves_is_found_well_and_ends_when_told(database: str, project: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    assert command.main(["--check", "--port", port]) == 1
    environment = os.environ | {"HELLO_DATABASE_URL": database}
    serve = [sys.executable, "-m", "web", "--port", port]
    with subprocess.Popen(serve, cwd=project, env=environment, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}" in server.stdout.readline()
        deadline = time.monotonic() + 10
        while command.main(["--check", "--port", port]) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert command.main(["--check", "--port", port]) == 0
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=10) == 0


def test_making_the_site_loads_no_list_and_no_scientific_library(database: str, project: Path) -> None:
    script = (
        "import sys, time; from web import create_app; from web.settings import Settings\n"
        f"began = time.perf_counter(); create_app(Settings(database_url={database!r})); took = time.perf_counter() - began\n"
        "heavy = {'numpy', 'scipy', 'sklearn', 'rustworkx', 'apscheduler'} & set(sys.modules)\n"
        "sys.exit(f'{heavy} {took:.2f} s' if heavy or took > 1 else 0)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=project, check=False).returncode == 0  # noqa: S603


def test_the_clock_is_aware_and_now(database: str) -> None:
    app = create_app(Settings(database_url=database))
    with app.test_client() as client:
        assert client.get("/health").status_code == 200
    app.extensions["engine"].dispose()
