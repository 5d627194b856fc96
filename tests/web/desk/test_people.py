"""An organiser finds people, and sees of each what it takes to decide, and no more."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.act import write_down
from data.avoidance import keep_apart
from data.member import Member
from data.report import Report
from tests.cast import ADA, BEN, CLEO, DAN, at, bring_together, join, run_round, say_yes
from tests.web.conftest import Browser, main_of, one_database, words_of


@pytest.fixture
def cast(session: Session) -> list[Member]:
    """Four of them are here."""
    members = [join(session, role) for role in (ADA, BEN, CLEO, DAN)]
    session.commit()
    return members


@one_database
@pytest.mark.usefixtures("cast")
def test_people_are_found_by_the_beginning_of_a_word(desk: Browser) -> None:
    page = desk.open("/desk/people").text
    assert all(name in page for name in ("Ada", "Ben", "Cleo", "Dan", "Olga"))
    page = main_of(desk.open("/desk/people?q=malm%C3%B6").text)
    assert "dan@example.org" in page
    assert "ada@example.org" not in page
    assert "Nobody is found" in desk.open("/desk/people?q=zebra").text
    assert "two letters at least" in desk.open("/desk/people?q=a").text
    assert desk.open("/desk/people?q=%00&before=9999999999").status_code == 200
    assert desk.open("/desk/people?before=x%C2%B2").status_code == 200


@one_database
def test_fifty_stand_on_a_page_and_the_next_follow(session: Session, desk: Browser) -> None:
    for number in range(60):
        join(session, ADA, email=f"ada{number}@example.org")
    session.commit()
    first = desk.open("/desk/people?q=nurse").text
    assert first.count("@example.org") == 50
    assert "ada10@" in first
    older = first.partition("before=")[2].partition('"')[0]
    second = desk.open(f"/desk/people?q=nurse&before={older}").text
    assert second.count("@example.org") == 10
    assert "The next fifty" not in second


@one_database
def test_the_page_of_one_says_how_they_stand_and_what_was_done(
    session: Session, desk: Browser, olga: Member, cast: list[Member]
) -> None:
    ada, ben, cleo, dan = cast
    match = bring_together(session, run_round(session, weeks=-1), ada, ben, times=[at("thu 17:00", weeks=-1)])
    for seat in match.seats:
        say_yes(seat, at("mon 10:00", weeks=-1))
    for seat in match.seats:
        session.add(Report(seat_id=seat.id, about_id=ada.id, words="Loud", reported_at=at("mon 09:00")))
    keep_apart(session, ada.id, cleo.id, "barred", at("mon 09:00"))
    keep_apart(session, ada.id, dan.id, "organiser", at("mon 09:00"))
    write_down(session, olga.id, "pause_member", f"member {ada.id}", at("mon 09:00"), why="On the phone")
    ada.pause_until(at("mon 00:00", weeks=2).date())
    session.commit()
    words = " ".join(words_of(main_of(desk.open(f"/desk/people/{ada.id}").text)).split())
    for told in ("Rounds1", "Meetings1", "Reported2 times", "Pauses until Monday 7 December", "On the phone"):
        assert told in words
    assert "Kept apart from Dan" in words
    assert "Cleo" not in words  # that is Ada's own, or Cleo's
    assert "Loud" not in words
    assert "km" not in words


@one_database
def test_of_one_who_has_left_there_is_a_number_and_of_one_never_here_nothing(
    session: Session, desk: Browser, cast: list[Member]
) -> None:
    cast[0].leave(at("mon 10:00"))
    session.commit()
    page = desk.open(f"/desk/people/{cast[0].id}").text
    assert f"Member {cast[0].id} has left" in page
    assert "What you can do" not in page
    for number in ("999", "99999999999999999999"):
        assert desk.open(f"/desk/people/{number}").status_code == 404
    assert desk.press(f"/desk/people/{cast[0].id}/pause").status_code == 404
