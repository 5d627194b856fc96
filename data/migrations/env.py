"""Runs the migrations for `data.upgrade`: one transaction a step, foreign keys off while SQLite rebuilds a table."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, text

from data.database import UtcDateTime
from data.tables import metadata


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Name our own column type in generated steps, and import it there."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from data.database import UtcDateTime")
        return "UtcDateTime()"
    return False


def migrate(connection: Connection) -> None:
    """Run every step that is missing; a broken reference to a missing row undoes it all."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"The migration would leave rows that point nowhere: {broken[:3]}")


migrate(context.config.attributes["connection"])
