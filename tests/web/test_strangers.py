"""The people one has met, and what one took away from it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.feedback import Feedback
from data.match import Seat
from data.member import Member
from data.wall import WallLine
from tests.cast import ADA, BEN, CLEO, DAN, at, bring_together, join, run_round, say_yes
from tests.web.conftest import Bringing, Browser, SigningIn, one_database


@one_database
def test_the_past_holds_meetings_and_what_one_learned(
    session: Session, signed_in: SigningIn, brought_together: Bringing
) -> None:
    ada, ben, cleo, dan = (join(session, role) for role in (ADA, BEN, CLEO, DAN))
    for weeks, other in ((-3, ben), (-2, cleo), (-1, dan)):
        match = brought_together(ada, other, weeks=weeks)
        for seat in match.seats:
            say_yes(seat, at("tue 10:00", weeks=weeks))
        if other is not dan:
            met = "yes" if other is ben else "they_did_not_come"
            seat_id, given_at = match.seats[0].id, at("fri 10:00", weeks=weeks)
            session.add(Feedback(seat_id=seat_id, given_at=given_at, met=met, learned="<i>how to</i> fold a map"))
    page = signed_in(ada).open("/strangers").text
    assert "&lt;i&gt;how to&lt;/i&gt; fold a map" in page
    assert "You did not meet" in page
    assert "1 stranger met 1 thing learned 1 week in a row" in " ".join(
        figures_in(page).split()
    )  # Ben; Cleo did not come
    assert page.count("How was it?") == 1  # Dan
    assert "Nobody yet" in signed_in(join(session, ADA, email="eva@example.org")).open("/strangers").text


def figures_in(page: str) -> str:
    """Return the figures of the record, as one reads them."""
    found = re.search(r'<dl class="figures">(.*?)</dl>', page, re.DOTALL)
    assert found
    return re.sub(r"<dt>(.*?)</dt><dd>(.*?)</dd>", r"\2 \1 ", found[1]).replace("<div>", "").replace("</div>", "")


@pytest.fixture
def met(session: Session, ada: Member) -> Seat:
    """Ada's seat beside Ben, whom she has met."""
    match = bring_together(
        session, run_round(session, weeks=-1), ada, join(session, BEN), on_at=at("tue 09:00", weeks=-1)
    )
    seat = match.seats[0]
    given_at = at("fri 10:00", weeks=-1)
    session.add(Feedback(seat_id=seat.id, given_at=given_at, met="yes", rating=5, learned="Horses sleep standing."))
    session.commit()
    return seat


@one_database
def test_a_note_to_oneself_is_kept_and_shown_to_nobody_else(adas: Browser, met: Seat, signed_in: SigningIn) -> None:
    path = f"/strangers/{met.id}/note"
    assert adas.press(path, {"memo": "Ask her about the <i>oven</i>."}).status_code == 303
    assert "Ask her about the &lt;i&gt;oven&lt;/i&gt;." in adas.open("/strangers").text
    assert "Ask her about the" in adas.open(path).text
    ben = met.match.seats[1].member
    bens = signed_in(ben)
    assert "oven" not in bens.open("/strangers").text
    assert bens.open(path).status_code == 404
    assert bens.press(path, {"memo": "mine"}).status_code == 404


@one_database
def test_what_one_learned_is_shared_shown_and_taken_down(
    session: Session, adas: Browser, met: Seat, browser: Browser
) -> None:
    path = f"/strangers/{met.id}/wall"
    assert "Horses sleep standing.</textarea>" in adas.open(path).text
    assert adas.press(path, {"words": "Horses sleep standing.", "signed": "name"}).status_code == 303
    assert "Soon on the wall" in adas.open("/strangers").text
    [line] = session.scalars(select(WallLine)).all()
    assert "Horses" not in browser.open("/learned").text
    assert browser.open(f"/learned/{line.id}").status_code == 404
    line.show(at("mon 12:00"))
    session.commit()
    assert "Horses" in browser.open("/learned").text
    assert "Ada" in browser.open(f"/learned/{line.id}").text
    assert adas.press(path + "/removal").status_code == 303
    assert adas.press(path + "/removal").status_code == 303  # a second press says the same
    assert "Horses" not in browser.open("/learned").text


@one_database
def test_two_presses_share_one_line(session: Session, adas: Browser, met: Seat) -> None:
    for _ in range(2):
        assert adas.press(f"/strangers/{met.id}/wall", {"words": "Bread needs time."}).status_code == 303
    assert [line.words for line in session.scalars(select(WallLine))] == ["Bread needs time."]


@one_database
@pytest.mark.parametrize(
    ("words", "sentence"),
    [("", "Please write a line"), ("x" * 281, "280 characters"), ("bell \x07", "cannot show")],
)
def test_a_line_that_cannot_be_comes_back_with_what_was_typed(
    session: Session, adas: Browser, met: Seat, words: str, sentence: str
) -> None:
    answer = adas.press(f"/strangers/{met.id}/wall", {"words": words})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert words in answer.text
    assert session.scalars(select(WallLine)).all() == []


@one_database
def test_nobody_shares_of_a_meeting_that_is_not_over_or_not_theirs(
    session: Session, adas: Browser, brought_together: Bringing, ada: Member
) -> None:
    ahead = brought_together(ada, join(session, CLEO)).seats[0]
    assert adas.press(f"/strangers/{ahead.id}/wall", {"words": "x"}).status_code == 404
    assert adas.press("/strangers/99999999999999/wall", {"words": "x"}).status_code == 404


@one_database
def test_letters_of_earlier_days_lead_to_the_page(browser: Browser) -> None:
    assert browser.open("/past").headers["Location"] == "/strangers"
