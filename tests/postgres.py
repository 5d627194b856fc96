"""PostgreSQL databases for tests: swept and used again, for making one and throwing it away keeps the disk busy."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from data.tables import metadata

# All that a test may have changed of the tables themselves: constraints, indexes, columns, the version.
SHAPE = """
SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
    SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) AS part
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT attrelid::regclass || attname || atttypid || attnotnull
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
    UNION ALL SELECT 'at ' || version_num FROM alembic_version
) AS shape
"""
ALONE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
FROM_ONE = """
SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
"""


class Databases:
    """Databases at this version's tables, each as good as new when it is lent."""

    def __init__(self, create: Callable[[], str]) -> None:
        self._create = create
        self._swept: list[str] = []
        self._shape = ""

    def lend(self) -> str:
        """Return the URL of an empty database."""
        return self._swept.pop() if self._swept else self._create()

    def take_back(self, url: str) -> None:
        """Sweep a database, to be lent again; one whose tables a test has changed is not used any more."""
        engine = create_engine(url, poolclass=NullPool)
        try:
            with engine.begin() as connection:
                if self._is_whole(connection):
                    _sweep(connection)
                    self._swept.append(url)
        except SQLAlchemyError:
            pass  # a test has changed more than its rows: the next gets a new database

    def _is_whole(self, connection: Connection) -> bool:
        shape = str(connection.scalar(text(SHAPE)))
        if not self._shape:
            fresh = create_engine(self._create(), poolclass=NullPool)
            with fresh.connect() as other:
                self._shape = str(other.scalar(text(SHAPE)))
        return shape == self._shape


def _sweep(connection: Connection) -> None:
    connection.execute(text(ALONE))
    connection.execute(text("TRUNCATE act"))  # from which nothing can be deleted
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())
    connection.execute(text(FROM_ONE))
