"""Opens the database its URL names, SQLite or PostgreSQL, so that both keep the same promises."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, String, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

# Names let a migration change a constraint, and let an error say which promise was about to break.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
# How long a SQLite writer waits for its turn; write transactions are short, so this is generous.
BUSY_TIMEOUT_MS = 30_000
# Text that is searched by its beginning: both databases must order it byte by byte.
SearchKey = String(200).with_variant(String(200, collation="C"), "postgresql")


class Base(DeclarativeBase):
    """What every table shares: the naming of its constraints."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: takes aware times only, stores UTC, gives back aware UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC. Raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A time without a zone cannot be stored: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  named by SQLAlchemy
        """Give back aware UTC, whatever zone the database speaks in."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def connect(url: str) -> Engine:
    """Return an engine for `url`; nothing is opened until it is used."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def sessions_of(engine: Engine) -> sessionmaker[Session]:
    """Return a maker of sessions that may read and write."""
    return sessionmaker(engine, expire_on_commit=False)


def reading_sessions_of(engine: Engine) -> sessionmaker[Session]:
    """Return a maker of sessions in which the database itself refuses every write."""
    return sessionmaker(engine.execution_options(reads_only=True), expire_on_commit=False)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin: `_begin` does
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin so that no update is lost (SQLite: the writer's lock first) and a reader cannot write."""
    reads_only = bool(connection.get_execution_options().get("reads_only"))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA query_only = {int(reads_only)}")
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
    elif reads_only:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
