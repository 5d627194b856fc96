"""Shows a round on the terminal: who meets whom, how and why, and how many were paired in which way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from data.letter import Letter
from data.match import Match
from data.member import Member
from data.round import Round, latest_round
from web.sentence import reason_of
from web.wording import said

SOME = 20
RARE = 3  # of the rarer kinds, at most
How = Literal["in person", "on a call", "a trio in person", "a trio on a call"]


def show_latest_round(
    sessions: sessionmaker[Session], now: datetime, console: Console, shown: Literal["some", "all"]
) -> None:
    """Print the latest round: some matches of each kind or all of them, and its figures."""
    with sessions() as session:
        round_ = latest_round(session)
        if round_ is None:
            console.print("No round has been run yet.")
            return
        matches = list(session.scalars(select(Match).where(Match.round_id == round_.id).order_by(Match.id)))
        letters = session.scalar(select(func.count()).select_from(Letter)) or 0
        console.print(_table(round_, matches if shown == "all" else _some(matches), len(matches)))
        console.print(_figures(round_, letters))
        if now < round_.started_at:
            console.print(
                f"This week is too far gone to answer, so this is the round of {round_.monday}, ahead of time."
            )


def how(match: Match) -> How:
    """Return how people meet, in words."""
    if len(match.seats) > 2:
        return "a trio on a call" if match.mode == "call" else "a trio in person"
    return "on a call" if match.mode == "call" else "in person"


def _some(matches: Sequence[Match]) -> list[Match]:
    """A few trios and calls, since they are rare, and pairs nearby until there are enough; in their order."""
    rare = [
        match for kind in ("a trio in person", "a trio on a call", "on a call") for match in _of(matches, kind)[:RARE]
    ]
    few = rare + _of(matches, "in person")
    return sorted(few[:SOME], key=matches.index)


def _of(matches: Sequence[Match], kind: str) -> list[Match]:
    return [match for match in matches if how(match) == kind]


def _table(round_: Round, few: Sequence[Match], number: int) -> Table:
    title = f"Round of {round_.monday}: {len(few)} of {number} matches"
    table = Table(title=title, title_justify="left", title_style="bold", show_lines=True)
    table.add_column("Who", overflow="fold", ratio=4)
    table.add_column("How", overflow="fold", ratio=1, min_width=9)
    table.add_column("Why", overflow="fold", ratio=5)
    for match in few:
        table.add_row("\n".join(_who(seat.member) for seat in match.seats), how(match), reason_of(match))
    return table


def _who(member: Member) -> str:
    place = member.place.name if member.place else "somewhere"
    return f"{said(member.first_name)}, {said(member.profession)}, {place}"


def _figures(round_: Round, letters: int) -> str:
    figure = {name: int(number) for name, number in round_.figures.items()}
    return (
        f"{figure['people']} people: {figure['nearby']} pairs nearby, {figure['calls']} pairs on calls, "
        f"{figure['trios']} trio{'' if figure['trios'] == 1 else 's'}, {figure['left_over']} left over; {letters} letters written."
    )
