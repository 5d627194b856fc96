"""Writes everything as CSV files in one zip, row by row, so that a large community fits in little memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from data.database import reading_sessions_of
from jobs.long_work import Outcome, Work
from jobs.safe_cells import guarded
from jobs.sheets import Sheet, sheets

AT_ONCE = 1_000  # rows read at once
ROWS_A_STEP = 5_000


def export_everything(work: Work) -> Outcome:
    """Write a file of each sheet, in UTF-8 with a mark by which spreadsheets know it; nothing in the database changes.

    All of them tell of one moment on SQLite; on PostgreSQL each does, and a row may come between two of them.
    """
    engine: Engine = work.sessions.kw["bind"]
    with TemporaryDirectory(prefix="hello-export-") as folder, reading_sessions_of(engine)() as session:
        path = Path(folder) / "everything.zip"
        counts = _count(session)
        progress = _Progress(work, sum(counts.values()))
        with ZipFile(path, "w", ZIP_DEFLATED) as files:
            for sheet in sheets():
                _write(files, sheet, progress.through(_rows(session, sheet)))
        lines = [f"{name}.csv: {rows:,} rows" for name, rows in counts.items()]
        name = f"hello-stranger-{work.began:%Y-%m-%d}.zip"
        return Outcome(f"{len(counts)} tables, {progress.done:,} rows", lines, name, path.read_bytes())


@dataclass
class _Progress:
    """How many rows are written; says so now and then, and ends when somebody has asked for an end."""

    work: Work
    total: int
    done: int = 0

    def through(self, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Yield all rows. Raises Stopped."""
        for row in rows:
            if self.done % ROWS_A_STEP == 0:
                self.work.step(self.done, self.total)
            self.done += 1
            yield row


def _count(session: Session) -> dict[str, int]:
    return {
        sheet.name: session.scalar(select(func.count()).select_from(sheet.rows.order_by(None).subquery())) or 0
        for sheet in sheets()
    }


def _rows(session: Session, sheet: Sheet) -> Iterator[Sequence[Any]]:
    return iter(session.execute(sheet.rows.execution_options(yield_per=AT_ONCE)))


def _write(files: ZipFile, sheet: Sheet, rows: Iterator[Sequence[Any]]) -> None:
    with files.open(f"{sheet.name}.csv", "w") as raw, TextIOWrapper(raw, "utf-8-sig", newline="") as text:
        table = csv.writer(text)
        table.writerow(sheet.columns)
        table.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> str:
    """Return a value as a cell. A number is what it is, with its sign; only a text could be taken for a formula."""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
