"""What an operator does with the lines people share, from the command line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from data.wall import WallLine, share
from jobs.__main__ import main
from tests.cast import ADA, BEN, at, bring_together, join, run_round

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(database_url: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line; gives back the exit code and what was said to whom."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(("wall", *arguments), {"HELLO_DATABASE_URL": database_url})
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return run


@pytest.fixture
def lines(session: Session) -> list[WallLine]:
    """What Ada and Ben learned from each other."""
    match = bring_together(session, run_round(session), join(session, ADA), join(session, BEN))
    words = ["Bread needs time.", "Horses sleep standing."]
    shared = [
        share(session, seat, learned, at("fri 12:00"), signed=seat is match.seats[0])
        for seat, learned in zip(match.seats, words, strict=True)
    ]
    session.commit()
    return shared


def test_what_waits_is_listed_with_who_says_it(run: Run, lines: list[WallLine]) -> None:
    code, out, err = run("list")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"{lines[0].id} waits: Bread needs time. (Ada)",
        f"{lines[1].id:8} waits: Horses sleep standing.",
        "2 waiting",
    ]


def test_a_line_is_let_show_and_refused(run: Run, session: Session, lines: list[WallLine]) -> None:
    one, other = (str(line.id) for line in lines)
    session.commit()
    assert run("show", one, "--now", "2026-11-28T12:00Z")[1].endswith("everybody can read it now")
    assert run("refuse", other)[1].endswith("nobody else will read it")
    for line in lines:
        session.refresh(line)
    assert (lines[0].shown_at, lines[0].refused_at) == (at("sat 12:00"), None)
    assert lines[1].shown_at is None
    assert lines[1].refused_at is not None
    session.commit()
    assert "hangs: Bread needs time." in run("list")[1]


def test_a_wrong_number_changes_nothing(run: Run, session: Session, lines: list[WallLine]) -> None:
    number = str(lines[0].id)
    session.commit()
    code, _, err = run("show", number, "99")
    assert (code, err) == (1, "jobs: There is no line 99; ./run job wall list shows them.")
    session.refresh(lines[0])
    assert lines[0].shown_at is None
