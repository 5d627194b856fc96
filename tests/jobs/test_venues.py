"""What an operator does with venues, from the command line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from data.venues import Venue
from jobs.__main__ import main
from tests.cast import at
from tests.jobs.stage import everything

Run = Callable[..., tuple[int, str, str]]
EUROPA = ("venues", "add", "Café Europa", "--at", "55.6786,12.5796", "--address", "Amagertorv 1", "--wheelchair", "yes")


@pytest.fixture
def run(database_url: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line; gives back the exit code and what was said to whom."""

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments, {"HELLO_DATABASE_URL": database_url})
        except SystemExit as end:
            code = int(str(end.code or 0))
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return run


def only(sessions: sessionmaker[Session]) -> Venue:
    with sessions() as session:
        return session.scalars(select(Venue)).one()


def test_a_venue_is_added_and_found_by_a_part_of_its_name(run: Run, sessions: sessionmaker[Session]) -> None:
    code, out, err = run(*EUROPA, "--hours", "Mo-Su 08:00-20:00")
    assert (code, err) == (0, "")
    assert out.endswith("cafe: Café Europa, Amagertorv 1")
    venue = only(sessions)
    assert (venue.opening_hours, venue.wheelchair, venue.latitude) == ("Mo-Su 08:00-20:00", "yes", 55.6786)
    assert run("venues", "list", "CAFE eur")[1].splitlines()[-1] == "1 venues"
    assert run("venues", "list", "nobody")[1] == "0 venues"


def test_a_venue_is_hidden_shown_preferred_and_not(run: Run, sessions: sessionmaker[Session]) -> None:
    run(*EUROPA)
    number = str(only(sessions).id)
    words = "Café Europa, Amagertorv 1"
    assert run("venues", "hide", number, "--now", "2026-11-23T06:00Z")[1] == f"{words}: will not be offered again"
    assert only(sessions).hidden_at == at("mon 06:00")
    assert run("venues", "prefer", number)[0] == 0
    assert only(sessions).preferred
    assert run("venues", "list")[1].splitlines()[0].endswith("(hidden) (preferred)")
    run("venues", "show", number)
    run("venues", "unprefer", number)
    assert (only(sessions).hidden_at, only(sessions).preferred) == (None, False)


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("hide", "998", "999"), 1, "There is no venue 998, 999"),
        (("add", "X", "--at", "55.6"), 1, "It cannot be a venue: its longitude is ''"),
        (("add", "X", "--at", "95,12"), 1, "It cannot be a venue: its latitude is '95'"),
        (("add", " ", "--at", "55,12"), 1, "It cannot be a venue: it has no name"),
        (("add", "Café Europa", "--at", "55.6786,12.5797"), 1, "in the list already"),
        (("add", "X", "--at", "55,12", "--kind", "home"), 2, "invalid choice: 'home'"),
        (("hide", "x"), 2, "invalid int value"),
        ((), 2, "the following arguments are required"),
    ],
)
def test_what_cannot_be_done_gets_one_line_and_changes_nothing(
    run: Run, engine: Engine, arguments: tuple[str, ...], code: int, complaint: str
) -> None:
    run(*EUROPA)
    before = everything(engine)
    answer, out, err = run("venues", *arguments)
    assert (answer, out, len(err.splitlines())) == (code, "", 1)
    assert complaint in err
    assert everything(engine) == before


def test_one_wrong_number_changes_none_of_them(run: Run, sessions: sessionmaker[Session]) -> None:
    run(*EUROPA)
    assert run("venues", "hide", str(only(sessions).id), "999")[0] == 1
    assert only(sessions).hidden_at is None
