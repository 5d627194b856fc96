"""Lines for the wall are looked at at the desk, by anybody but their author, and as they stand."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.act import latest_acts
from data.match import Match
from data.wall import WallLine, share
from tests.cast import EVA, at, join
from tests.web.conftest import Browser, SigningIn, fresh, one_database
from web.desk.queue import stamp_of

WORDS = "Bread needs time."


@pytest.fixture
def line(session: Session, ada_and_ben: Match) -> WallLine:
    """What Ada shares, signed."""
    line = share(session, ada_and_ben.seats[0], WORDS, at("mon 11:00"), signed=True)
    session.commit()
    return line


@pytest.fixture
def hosts(signed_in: SigningIn, session: Session, line: WallLine) -> Browser:
    """The browser of Eva, who is a host."""
    session.refresh(line)
    return signed_in(join(session, EVA, role="host"))


def judge(browser: Browser, line: WallLine, what: str, why: str = "") -> int:
    form = {"stamp": stamp_of(line), f"line{line.id}-why": why}
    return browser.press(f"/desk/queue/lines/{line.id}/{what}", form).status_code


def test_a_line_hangs_once_a_host_lets_it_and_can_be_taken_down(
    session: Session, hosts: Browser, line: WallLine
) -> None:
    page = hosts.open("/desk/queue").text
    assert "1 line waits." in page
    assert WORDS not in hosts.open("/learned").text
    assert judge(hosts, line, "hang") == 303
    assert judge(hosts, line, "hang") == 409  # a second press changes nothing
    fresh(session, line)
    assert WORDS in hosts.open("/learned").text
    page = hosts.open("/desk/queue").text
    assert "No line waits." in page
    assert "On the wall, the newest first" in page
    assert judge(hosts, line, "refuse") == 422
    assert judge(hosts, line, "refuse", "It names a shop.") == 303
    fresh(session, line)
    assert WORDS not in hosts.open("/learned").text
    assert [(act.deed, act.about, act.why) for act in latest_acts(session, 9)] == [
        ("refuse_line", f"line {line.id}", "It names a shop."),
        ("show_line", f"line {line.id}", ""),
    ]


def test_a_line_that_says_something_else_meanwhile_is_looked_at_again(
    session: Session, hosts: Browser, line: WallLine
) -> None:
    was = {"stamp": stamp_of(line), f"line{line.id}-why": "x"}
    share(session, line.seat, "Buy my bread.", at("mon 11:30"), signed=True)
    session.commit()
    for what in ("hang", "refuse"):
        answer = hosts.press(f"/desk/queue/lines/{line.id}/{what}", was)
        assert answer.status_code == 409
        assert "Please look again" in answer.text
    fresh(session, line)
    assert (line.shown_at, line.refused_at) == (None, None)
    assert latest_acts(session, 9) == []


@one_database
def test_nobody_judges_a_line_of_their_own(session: Session, signed_in: SigningIn, line: WallLine) -> None:
    ada = line.seat.member
    ada.role = "host"
    adas = signed_in(ada)
    fresh(session, line)
    assert "This line is yours" in adas.open("/desk/queue").text
    assert judge(adas, line, "hang") == 404
    assert judge(adas, line, "refuse", "x") == 404
    line.show(at("mon 11:30"))
    session.commit()
    assert "This line is yours" in adas.open("/desk/queue").text
    assert judge(adas, line, "refuse", "x") == 404
