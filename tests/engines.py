"""Engines of tests that remember each other's SQL: every test has a database of its own, and the same statements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError

MOST_STATEMENTS = 5000
_known: dict[str, tuple[Dialect, Any]] = {}


def engine_that_remembers(url: str) -> Engine:
    """Return what `create_engine` does, with the compiled statements of all engines of its kind before it.

    SQLAlchemy compiles a statement once for each engine, which took a third of the time of a test of pages.
    """
    engine = create_engine(url, query_cache_size=MOST_STATEMENTS)
    kind = engine.dialect.name
    if kind in _known:
        engine.dialect, engine._compiled_cache = _known[kind]
        return engine
    try:
        engine.connect().close()  # the dialect asks the server once what it can do
    except SQLAlchemyError:
        return engine  # a test of a database that is not there
    _known[kind] = engine.dialect, engine._compiled_cache
    return engine
