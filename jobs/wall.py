"""Who looks at the lines people share: lists what waits or hangs, lets it show, or refuses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from data.wall import ShownLine, WallLine, lines_shown, lines_waiting
from web.wording import said

SHOWN = 50
Verdict = Literal["show", "refuse"]
DONE: dict[str, str] = {"show": "everybody can read it now", "refuse": "nobody else will read it"}


class WrongLine(Exception):
    """There is no such line."""


def list_lines(sessions: sessionmaker[Session], report: Callable[[str], object] = print) -> str:
    """Tell of the lines that wait and the newest that hang, a line each; return how many wait."""
    with sessions() as session:
        waiting = lines_waiting(session)
        for line in waiting:
            report(_in_a_line(line, "waits"))
        for shown in lines_shown(session, SHOWN):
            report(_in_a_line(shown, "hangs"))
    return f"{len(waiting)} waiting"


def judge_lines(sessions: sessionmaker[Session], now: datetime, verdict: Verdict, numbers: Sequence[int]) -> str:
    """Let lines show, or refuse them: all of these numbers or, when one is wrong, none."""
    with sessions() as session:
        lines = list(session.scalars(select(WallLine).where(WallLine.id.in_(numbers)).order_by(WallLine.id)))
        missing = sorted({*numbers} - {line.id for line in lines})
        if missing:
            raise WrongLine(f"There is no line {', '.join(map(str, missing))}; ./run job wall list shows them.")
        for line in lines:
            if verdict == "show":
                line.show(now)
            else:
                line.refuse(now)
        session.commit()
        return "\n".join(f"{_in_a_line(line, verdict)}: {DONE[verdict]}" for line in lines)


def _in_a_line(line: WallLine | ShownLine, what: str) -> str:
    by = f" ({said(line.by)})" if line.by else ""
    return f"{line.id:8} {what}: {said(line.words)}{by}"
