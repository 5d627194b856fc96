"""Brings a database to this version's tables, and refuses one that a newer version has written."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"


class NewerDatabase(Exception):
    """This database was written by a newer version of Hello, Stranger; use that version, or a copy made before."""


class OlderDatabase(Exception):
    """This database has not been brought up to this version yet; run ./run migrate."""


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing, all or none. Raises NewerDatabase and changes nothing then."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # A table that SQLite rebuilds is dropped for a moment; its children must not go with it.
            _pragma(connection, "foreign_keys = OFF")
        _refuse_newer(connection)
        with connection.begin():
            command.upgrade(_config(connection), "head")
        if engine.dialect.name == "sqlite":
            _pragma(connection, "foreign_keys = ON")


def check_version(engine: Engine) -> None:
    """Raise NewerDatabase or OlderDatabase unless the tables are this version's."""
    with engine.connect() as connection:
        _refuse_newer(connection)
        if MigrationContext.configure(connection).get_current_revision() != _newest():
            raise OlderDatabase


def _refuse_newer(connection: Connection) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    if current is not None and current not in _known():
        raise NewerDatabase


def _pragma(connection: Connection, setting: str) -> None:
    """Set a PRAGMA outside any transaction, where alone it has an effect."""
    connection.connection.cursor().execute(f"PRAGMA {setting}")


@cache
def _newest() -> str | None:
    """Return the revision of this version's tables."""
    return _script().get_current_head()


@cache
def _known() -> frozenset[str]:
    return frozenset(step.revision for step in _script().walk_revisions())


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(None))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
