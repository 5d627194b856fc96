"""What is asked for and how it is answered: the next rows after a number, some at a time, perhaps those of one round."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, Protocol, TypeVar

from flask import Response, jsonify, request

from web.problems import WrongParameter

USUAL, MOST = 100, 200  # rows of an answer
LARGEST = 2**31 - 1  # that a number of ours can be


class Numbered(Protocol):
    """A row with a number."""

    id: Any


Row = TypeVar("Row", bound=Numbered)


class Asked(NamedTuple):
    """Which rows are asked for."""

    after: int
    limit: int
    monday: date | None

    @property
    def one_more(self) -> int:
        """How many rows to read, so that it shows whether others follow."""
        return self.limit + 1


def asked(*more: str) -> Asked:
    """Return what is asked for; `more` names what is understood beside `after` and `limit`.

    Raises WrongParameter for what is not understood, or makes no sense.
    """
    known = ["after", "limit", *more]
    for name, given in request.args.lists():
        if name not in known:
            raise WrongParameter(name, f"There is no such parameter here; known are: {', '.join(known)}.")
        if len(given) > 1:
            raise WrongParameter(name, "Give it once.")
    return Asked(_number("after", 0, LARGEST, 0), _number("limit", 1, MOST, USUAL), _monday())


def answer(name: str, rows: Sequence[Row], page: Asked, tell: Callable[[Row], dict[str, Any]]) -> Response:
    """Answer with the rows asked for, each as `tell` tells it, and with where to go on if others follow."""
    shown = rows[: page.limit]
    following = shown[-1].id if len(rows) > page.limit else None
    return jsonify({name: [tell(row) for row in shown], "next_after": following})


def moment(when: datetime | date | None) -> str | None:
    """Return a moment or a day as ISO 8601 writes it."""
    return when.isoformat() if when is not None else None


def _number(name: str, least: int, most: int, usual: int) -> int:
    given = request.args.get(name)
    if given is None:
        return usual
    if not re.fullmatch("[0-9]{1,10}", given) or not least <= int(given) <= most:
        raise WrongParameter(name, f"It is a number from {least} to {most}.")
    return int(given)


def _monday() -> date | None:
    """The Monday of the week in which the day lies that names a round."""
    given = request.args.get("round")
    if given is None:
        return None
    try:
        day = date.fromisoformat(given) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", given) else None
    except ValueError:
        day = None
    if day is None:
        raise WrongParameter("round", "It is a day, like 2026-11-23: the Monday of the round, or a day of its week.")
    return day - timedelta(days=day.weekday())
