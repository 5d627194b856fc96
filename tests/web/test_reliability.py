"""How far a yes counts: shown to its owner with the rules, and nothing of it to anybody else."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.feedback import Feedback
from data.match import Match
from data.reliability import reliability_of
from tests.cast import ADA, BEN, at, bring_together, join, run_round, say_yes
from tests.live_site import Clock
from tests.web.conftest import Browser, SigningIn, letters, main_of, one_database, path_of
from web.links import Links

pytestmark = one_database
PAGE = "/profile/reliability"


@pytest.fixture
def weeks(session: Session, clock: Clock) -> list[Match]:
    """Ada and Ben, five weeks in a row; each time Ada says that she was there alone, and Ben that he could not come."""
    clock.now = at("fri 12:00")
    ada, ben = join(session, ADA), join(session, BEN)
    matches = [bring_together(session, run_round(session, weeks=ago), ada, ben) for ago in range(-4, 1)]
    for ago, match in zip(range(-4, 1), matches, strict=True):
        for seat, met in zip(match.seats, ("they_did_not_come", "i_could_not"), strict=True):
            say_yes(seat, at("mon 10:00", weeks=ago))
            session.flush()
            session.add(Feedback(seat_id=seat.id, given_at=at("fri 10:00", weeks=ago), met=met))
    session.commit()
    return matches


def test_ben_sees_his_share_the_rules_and_what_he_said_himself(signed_in: SigningIn, weeks: list[Match]) -> None:
    page = signed_in(weeks[0].seats[1].member).open(PAGE).text
    assert "about <strong>60 of 100</strong>" in page  # 9 of 15
    assert page.count("You told us that you could not come.") == 5
    assert "Notice given is never held against anyone" in page
    assert "we ask for your side first" in page
    assert "alone." not in page  # what Ada said


def test_a_newcomer_begins_with_trust(session: Session, signed_in: SigningIn) -> None:
    page = signed_in(join(session, ADA)).open(PAGE).text
    assert "about <strong>90 of 100</strong>" in page
    assert "You begin with our trust" in page


def test_nothing_of_bens_stands_on_any_page_file_or_letter_of_ada(
    session: Session, signed_in: SigningIn, links: Links, weeks: list[Match]
) -> None:
    ada, ben = (seat.member for seat in weeks[-1].seats)
    share = reliability_of(session, ben.id, at("fri 12:00")).share
    browser = signed_in(ada)
    paths = ["/this-week", "/strangers", "/profile", "/profile/hello-stranger.json"]
    paths += [path_of(link(seat)) for seat in weeks[-1].seats[:1] for link in (links.match_url, links.feedback_url)]
    for path in paths:
        page = browser.open(path)
        assert page.status_code == 200
        _holds_nothing_of(share, page.text)
    for letter in letters(session):
        if letter.address == "ada@example.org":
            _holds_nothing_of(share, letter.text)
    assert "of 100" in browser.open(PAGE).text
    assert "60 of 100" not in browser.open(PAGE).text


def _holds_nothing_of(share: float, text: str) -> None:
    assert share == 0.6
    for word in ("could not come.", "i_could_not", "0.6", "60 of 100", "60 %", "kept"):
        assert word not in text.replace("never kept", ""), word


@pytest.mark.parametrize("bens", ["they_did_not_come", "never_arranged", "yes"])
def test_ada_cannot_tell_from_her_own_page_what_ben_said(
    session: Session, signed_in: SigningIn, brought: Match, bens: str
) -> None:
    """Whether he agreed, disagreed or said nothing, hers looks the same."""
    ada, ben = brought.seats
    before = main_of(signed_in(ada.member).open(PAGE).text)
    session.add(Feedback(seat_id=ben.id, given_at=at("fri 10:00"), met=bens))
    session.commit()
    assert main_of(signed_in(ada.member).open(PAGE).text) == before


@pytest.fixture
def brought(session: Session, clock: Clock) -> Match:
    """Ada says that she met Ben on Thursday."""
    clock.now = at("fri 12:00")
    match = bring_together(session, run_round(session), join(session, ADA), join(session, BEN))
    for seat in match.seats:
        say_yes(seat, at("mon 10:00"))
    session.flush()
    session.add(Feedback(seat_id=match.seats[0].id, given_at=at("fri 09:00"), met="yes"))
    session.commit()
    return match


@pytest.mark.usefixtures("session")
def test_a_visitor_is_asked_to_sign_in(browser: Browser) -> None:
    assert browser.open(PAGE).status_code == 303
