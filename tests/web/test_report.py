"""Never pair us again: from the match page or the past, before or after; silent, at once, and for good."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.avoidance import Avoidance
from data.match import Match
from tests.cast import ADA, BEN, CLEO, at, join, say_yes
from tests.live_site import Clock
from tests.web.conftest import Bringing, Browser, SigningIn, fresh, letters, one_database, path_of
from web.links import Links


def test_a_report_before_the_meeting_lets_it_fall_through(
    session: Session, browser: Browser, links: Links, ada_and_ben: Match
) -> None:
    for seat in ada_and_ben.seats:
        say_yes(seat, at("mon 10:00"))
    session.commit()
    adas, bens = (path_of(links.match_url(seat)) for seat in ada_and_ben.seats)
    assert "Never pair us again" in browser.open(f"{adas}/report").text
    page = browser.press(f"{adas}/report", {"note": "I know him, and he frightens me."}, follow=True).text
    assert "You have said no" in page
    fresh(session, *ada_and_ben.seats)
    assert ada_and_ben.seats[0].declined_why == "someone_else"
    assert session.scalars(select(Avoidance.why)).one() == "reported"
    session.commit()
    assert {(letter.address, letter.kind) for letter in letters(session) if letter.kind != "it_is_on"} == {
        ("operator@example.org", "report"),
        ("ada@example.org", "you_cancelled"),
    }
    assert "Not everybody can come" in browser.open(bens).text


def test_without_a_note_nobody_is_written_to(
    session: Session, browser: Browser, links: Links, ada_and_ben: Match
) -> None:
    adas = path_of(links.match_url(ada_and_ben.seats[0]))
    for _ in range(2):
        assert browser.press(f"{adas}/report", {"note": " "}).status_code == 303
    assert session.scalars(select(Avoidance.why)).all() == ["barred"]
    session.commit()
    assert letters(session) == []


@one_database
def test_long_after_the_meeting_and_after_the_other_has_left_a_report_is_still_taken(
    session: Session, signed_in: SigningIn, clock: Clock, ada_and_ben: Match
) -> None:
    ada, ben = ada_and_ben.seats
    for seat in (ada, ben):
        say_yes(seat, at("mon 10:00"))
    ben.member.leave(at("fri 10:00"))
    clock.now = at("fri 12:00") + timedelta(days=60)
    browser = signed_in(ada.member)
    assert f"/strangers/{ada.id}/report" in browser.open("/strangers").text
    assert browser.press(f"/strangers/{ada.id}/report", {"note": "He followed me home."}).status_code == 303
    assert len(letters(session, "report")) == 1


@one_database
def test_of_a_trio_one_says_whom_it_is_about(
    session: Session, browser: Browser, links: Links, brought_together: Bringing
) -> None:
    trio = brought_together(*(join(session, role) for role in (ADA, BEN, CLEO)))
    page = f"{path_of(links.match_url(trio.seats[0]))}/report"
    assert "Whom is it about?" in browser.open(page).text
    assert "say whom this is about" in browser.press(page, {"note": "kept"}).text
    assert browser.press(page, {"about": [str(seat.id) for seat in trio.seats[1:]]}).status_code == 303
    assert session.scalars(select(Avoidance.why)).all() == ["barred", "barred"]


@one_database
def test_whoever_has_left_reports_nothing(session: Session, browser: Browser, links: Links, ada_and_ben: Match) -> None:
    page = f"{path_of(links.match_url(ada_and_ben.seats[0]))}/report"
    ada_and_ben.seats[0].member.leave(at("mon 11:00"))
    session.commit()
    assert browser.open(page).status_code == 404


@one_database
def test_cleo_cannot_report_in_adas_name(session: Session, signed_in: SigningIn, ada_and_ben: Match) -> None:
    browser = signed_in(join(session, CLEO))
    assert browser.open(f"/strangers/{ada_and_ben.seats[0].id}/report").status_code == 404
    assert browser.press(f"/strangers/{ada_and_ben.seats[0].id}/report", {"note": "x"}).status_code == 404
    assert session.scalars(select(Avoidance)).all() == []
