"""The queue: a report is handled once, by somebody it does not concern, and the one it is about never learns of it."""

from __future__ import annotations

import re
from functools import partial

import pytest
from sqlalchemy.orm import Session

from data.act import latest_acts
from data.feedback import Feedback
from data.match import Match
from data.member import Member
from data.note import Note
from data.report import Report
from tests.cast import ADA, BEN, CLEO, DAN, EVA, OLGA, at, join, open_reports, say_yes
from tests.web.conftest import (
    Bringing,
    Browser,
    SigningIn,
    fresh,
    letters,
    main_of,
    newest_letter,
    one_database,
    path_of,
    words_of,
)
from tests.web.racing import at_once
from web.links import Links

WORDS = "He read my letters aloud."


@pytest.fixture
def olga(session: Session) -> Member:
    """Olga looks after the community."""
    return join(session, OLGA, role="organiser")


@pytest.fixture
def eva(session: Session) -> Member:
    """Eva is a host."""
    return join(session, EVA, role="host")


@pytest.fixture
def host(signed_in: SigningIn, eva: Member) -> Browser:
    """Her browser."""
    return signed_in(eva)


def reported(session: Session, match: Match, words: str = WORDS, **columns: object) -> int:
    """Ada reports Ben; return the number of the report."""
    ada, ben = match.seats[:2]
    made = {"seat_id": ada.id, "about_id": ben.member_id, "words": words, "reported_at": at("mon 11:00")}
    report = Report(**(made | columns))
    session.add(report)
    session.commit()
    return report.id


def handling(number: int, why: str = "", outcome: str = "") -> dict[str, str]:
    return {f"report{number}-why": why, "outcome": outcome}


def plain(page: str) -> str:
    """What a page says, on one line."""
    return " ".join(words_of(main_of(page)).split())


def seen(session: Session, number: int) -> tuple[str | None, bool]:
    """The outcome of a report, and whether it was handled."""
    report = session.get_one(Report, number, populate_existing=True)
    session.commit()
    return report.outcome, report.handled_at is not None


def test_a_report_waits_at_the_desk_and_the_operators_letter_leads_there(
    session: Session, browser: Browser, host: Browser, links: Links, ada_and_ben: Match
) -> None:
    ada, ben = ada_and_ben.seats
    session.add(Note(seat_id=ben.id, written_at=at("mon 11:00"), text="Come to my flat."))
    session.commit()
    report = path_of(links.match_url(ada)) + "/report"
    for _ in range(2):
        assert browser.press(f"{report}?note=1", {"note": WORDS}).status_code == 303
    assert "http://hello.example.org/desk/queue" in newest_letter(session, "report").text
    [found] = open_reports(session)
    assert (found.seat_id, found.about_id, found.note_id, found.words) == (ada.id, ben.member_id, 1, WORDS)
    page = plain(host.open("/desk/queue").text)
    for said in ("1 report waits.", "Ada (Nurse) about Ben (Veterinarian)", WORDS, "Come to my flat.", "Not once"):
        assert said in page
    assert "No time was agreed upon." in page
    assert "example.org" not in page


def test_a_report_of_two_waits_twice_and_a_silent_separation_not_at_all(
    session: Session, browser: Browser, links: Links, trio: Match
) -> None:
    page = f"{path_of(links.match_url(trio.seats[0]))}/report"
    others = [str(seat.id) for seat in trio.seats[1:]]
    browser.press(page, {"about": others})
    assert open_reports(session) == []
    session.commit()
    browser.press(page, {"about": others, "note": WORDS})
    assert [report.about_id for report in open_reports(session)] == [seat.member_id for seat in trio.seats[1:]]


def test_a_host_has_spoken_to_ben_and_the_log_knows_what_was_said(
    session: Session, ada_and_ben: Match, host: Browser, eva: Member
) -> None:
    number = reported(session, ada_and_ben)
    wrong = host.press(f"/desk/queue/reports/{number}", handling(number, outcome="spoken_to"))
    assert wrong.status_code == 422
    assert "Please say in a few words" in wrong.text
    assert seen(session, number) == (None, False)
    form = handling(number, "He is sorry.", "spoken_to")
    assert "the report waits no longer" in host.press(f"/desk/queue/reports/{number}", form, follow=True).text
    assert seen(session, number) == ("spoken_to", True)
    [act] = latest_acts(session, 9)
    assert (act.by_id, act.deed, act.about, act.why) == (eva.id, "handle_report", f"report {number}", "He is sorry.")
    assert act.facts == {"outcome": "spoken_to"}
    session.commit()
    assert "No report waits for you." in host.open("/desk/queue").text


@pytest.mark.parametrize("rounds_paused", [0, 9])
def test_an_organiser_pauses_ben_for_four_weeks_and_never_shortens_a_pause(
    session: Session, ada_and_ben: Match, signed_in: SigningIn, olga: Member, rounds_paused: int
) -> None:
    ben, number = ada_and_ben.seats[1].member, reported(session, ada_and_ben)
    if rounds_paused:
        ben.pause_until(at("mon 00:00", weeks=rounds_paused).date())
    desk = signed_in(olga)
    assert "Pause them for 4 weeks" in desk.open("/desk/queue").text
    assert desk.press(f"/desk/queue/reports/{number}/pause", handling(number)).status_code == 422
    assert desk.press(f"/desk/queue/reports/{number}/pause", handling(number, "To think.")).status_code == 303
    fresh(session, ben)
    assert ben.paused_until == at("mon 00:00", weeks=rounds_paused or 5).date()
    assert seen(session, number) == ("paused", True)
    assert [act.about for act in latest_acts(session, 9)] == [f"report {number}", f"member {ben.id}"]


@one_database
def test_ben_was_sent_away_and_whoever_has_left_is_not_paused(
    session: Session, ada_and_ben: Match, signed_in: SigningIn, olga: Member
) -> None:
    ben, number = ada_and_ben.seats[1].member, reported(session, ada_and_ben)
    ben.leave(at("mon 11:30"))
    desk = signed_in(olga)
    page = desk.open("/desk/queue").text
    assert "no longer a member" in page
    assert "Pause them" not in page
    assert desk.press(f"/desk/queue/reports/{number}/pause", handling(number, "x")).status_code == 404
    assert desk.press(f"/desk/queue/reports/{number}/sent-away", handling(number, "Twice.")).status_code == 303
    assert seen(session, number) == ("barred", True)


def test_an_organiser_is_led_to_the_pages_of_both_and_a_host_is_not(
    session: Session, ada_and_ben: Match, host: Browser, desk: Browser
) -> None:
    reported(session, ada_and_ben)
    queue = desk.open("/desk/queue").text
    for seat, name in zip(ada_and_ben.seats, ("Ada (Nurse)", "Ben (Veterinarian)"), strict=True):
        page = f"/desk/people/{seat.member_id}"
        assert f'<a href="{page}"><bdi>{name}</bdi></a>' in queue
        assert desk.open(page).status_code == 200
    assert "/desk/people/" not in host.open("/desk/queue").text


def test_a_host_neither_pauses_nor_sends_away(session: Session, ada_and_ben: Match, host: Browser) -> None:
    number = reported(session, ada_and_ben)
    page = host.open("/desk/queue").text
    assert "Pause them" not in page
    assert "sent away" not in page
    for what in ("/pause", "/sent-away"):
        answer = host.press(f"/desk/queue/reports/{number}{what}", handling(number, "x"))
        assert answer.status_code == 404
    for outcome in ("paused", "barred", "", "anything"):
        assert host.press(f"/desk/queue/reports/{number}", handling(number, "x", outcome)).status_code == 404
    assert seen(session, number) == (None, False)


def test_whom_it_concerns_neither_sees_nor_handles_it_and_only_who_made_it_hears_why(
    session: Session, ada_and_ben: Match, signed_in: SigningIn
) -> None:
    ada, ben = (seat.member for seat in ada_and_ben.seats)
    ada.role = ben.role = "organiser"
    number = reported(session, ada_and_ben)
    form, browsers = handling(number, "x", "nothing"), {member.id: signed_in(member) for member in (ada, ben)}
    for browser in browsers.values():
        page = browser.open("/desk/queue").text
        assert WORDS not in page
        assert "No report waits for you." in page
        for path in ("", "/pause", "/sent-away"):
            assert browser.press(f"/desk/queue/reports/{number}{path}", form).status_code == 404
    assert "What you have reported yourself" in browsers[ada.id].open("/desk/queue").text
    assert "yourself" not in browsers[ben.id].open("/desk/queue").text
    assert seen(session, number) == (None, False)


def test_an_organiser_who_was_reported_does_not_read_of_it_in_the_log(
    session: Session, ada_and_ben: Match, signed_in: SigningIn, host: Browser, olga: Member
) -> None:
    number, ben = reported(session, ada_and_ben), ada_and_ben.seats[1].member
    ben.role = "organiser"
    host.press(f"/desk/queue/reports/{number}", handling(number, "Ben was told.", "spoken_to"))
    assert "Ben was told." in signed_in(olga).open("/desk/log").text
    for path in ("/desk/log", f"/desk/log?about=report {number}"):
        page = signed_in(ben).open(path).text
        assert "Ben was told." not in page
        assert "Nothing yet." in page


def test_two_who_press_at_once_handle_it_once(
    session: Session, ada_and_ben: Match, signed_in: SigningIn, olga: Member, eva: Member
) -> None:
    number = reported(session, ada_and_ben)
    path, form = f"/desk/queue/reports/{number}", handling(number, "x", "nothing")
    answers = at_once([partial(signed_in(member).press, path, form) for member in (olga, eva)])
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    [late] = [answer for answer in answers if answer.status_code == 409]
    assert "Somebody has handled this report already" in late.text
    assert len(latest_acts(session, 9)) == 1


def test_no_page_and_no_letter_of_bens_changes(
    session: Session, signed_in: SigningIn, host: Browser, links: Links, ada_and_ben: Match
) -> None:
    for seat in ada_and_ben.seats:
        seat.free(at("mon 10:30"))  # it was off already: nothing else can change for Ben
    ada, ben = ada_and_ben.seats
    mine = path_of(links.match_url(ben))
    bens, adas = signed_in(ben.member), signed_in(ada.member)
    pages = ("/this-week", "/strangers", "/profile", "/profile/taking-part", mine)
    before = {path: plain(bens.open(path).text) for path in pages}
    before_letters = [letter.id for letter in letters(session) if letter.member_id == ben.member_id]
    adas.press(path_of(links.match_url(ada)) + "/report", {"note": WORDS})
    [report] = open_reports(session)
    number = report.id
    session.commit()
    assert {path: plain(bens.open(path).text) for path in pages} == before
    host.press(f"/desk/queue/reports/{number}", handling(number, "Spoken on the phone.", "spoken_to"))
    assert seen(session, number) == ("spoken_to", True)
    assert {path: plain(bens.open(path).text) for path in pages} == before
    assert [letter.id for letter in letters(session) if letter.member_id == ben.member_id] == before_letters
    assert WORDS not in bens.open("/profile/hello-stranger.json").text


@one_database
def test_it_says_how_far_the_meeting_had_come_and_how_often_before(
    session: Session, signed_in: SigningIn, brought_together: Bringing, olga: Member
) -> None:
    ada, ben, cleo, dan = (join(session, role) for role in (ADA, BEN, CLEO, DAN))
    held, ahead = brought_together(ada, ben, weeks=-1), brought_together(cleo, dan)
    for match in (held, ahead):
        for seat in match.seats:
            say_yes(seat, at("mon 10:00", weeks=-1))
    reported(session, held)
    reported(session, held, "And again.")
    reported(session, ahead)
    desk = signed_in(olga)
    page = plain(desk.open("/desk/queue").text)
    assert "3 reports wait, the oldest first." in page
    assert "It was to be on Thursday 19 November at 18:00; nobody has said that they met." in page
    assert "It was still to come, on Thursday 26 November at 18:00." in page
    assert [found for found in ("Not once", "1 time") if found in page] == ["Not once", "1 time"]
    session.add(Feedback(seat_id=held.seats[0].id, given_at=at("mon 10:00"), met="yes", rating=3))
    session.commit()
    assert "They met, on Thursday 19 November at 18:00." in plain(desk.open("/desk/queue").text)


@one_database
def test_a_number_nobody_has_is_nothing(signed_in: SigningIn, olga: Member) -> None:
    desk = signed_in(olga)
    for number in ("1", "99999999999999999999"):
        assert desk.press(f"/desk/queue/reports/{number}", handling(1, "x", "nothing")).status_code == 404
        assert desk.press(f"/desk/queue/lines/{number}/hang").status_code == 404
    assert re.search(r"No report waits for you\.", desk.open("/desk/queue").text)
