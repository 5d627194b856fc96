"""Where somebody is now: snapped to a 2 km square on arrival, shown back as such, and kept only with the form."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.cells import snap
from data.member import Member
from data.move import Move
from tests.cast import ADA, join, place
from tests.live_site import Site
from tests.web.conftest import Browser, SigningIn, member_at, one_database
from tests.web.lists import list_names

pytestmark = one_database
TIVOLI = (55.673684, 12.568147)
PROFILE = {"first_name": "Ada", "profession": "Nurse", "place": "Copenhagen, Capital Region, Denmark"}
PROFILE |= {"reach_km": "10", "meets": "either"}
FORM = {"first_name": "Ada", "profession": "Nurse", "email": "ada@example.org"}


@pytest.fixture(autouse=True)
def _lists(session: Session) -> None:
    list_names(session)
    place(session, "Copenhagen")
    session.commit()


def ask(browser: Browser, latitude: object, longitude: object) -> tuple[int, str]:
    answer = browser.press("/here", {"latitude": str(latitude), "longitude": str(longitude)})
    return answer.status_code, answer.text


def cell_in(answer: str) -> str:
    found = re.search(r'data-cell="([^"]+)"', answer)
    assert found
    return found[1]


def test_a_position_comes_back_as_a_square_on_a_map_with_its_town(browser: Browser) -> None:
    status, answer = ask(browser, *TIVOLI)
    assert status == 200
    assert cell_in(answer) == "{},{}".format(*snap(*TIVOLI))
    assert 'data-place="Copenhagen, Capital Region, Denmark"' in answer
    assert 'class="cell"' in answer
    assert "55.673684" not in answer


@pytest.mark.parametrize(
    "position", [("", ""), ("north", "east"), ("91", "0"), ("nan", "nan"), ("inf", "0"), ("0", "-140"), ("1,2", "3")]
)
def test_what_is_no_position_near_a_town_is_refused(browser: Browser, position: tuple[str, str]) -> None:
    assert ask(browser, *position) == (422, "")


def test_signing_up_keeps_the_square_and_nothing_finer(session: Session, browser: Browser) -> None:
    form = FORM | {"place": "Copenhagen, Capital Region, Denmark", "cell": "{},{}".format(*TIVOLI)}
    assert browser.press("/sign-up", form).status_code == 303
    ada = member_at(session, "ada@example.org")
    assert (ada.latitude, ada.longitude) == snap(*TIVOLI)


def test_a_town_typed_afterwards_counts(session: Session, browser: Browser) -> None:
    form = FORM | {"place": "Malmö", "cell": "{},{}".format(*TIVOLI)}
    assert browser.press("/sign-up", form).status_code == 303
    ada = member_at(session, "ada@example.org")
    assert ada.place is not None
    assert ada.place.name == "Malmö"
    assert (ada.latitude, ada.longitude) == snap(ada.place.latitude, ada.place.longitude)


def test_a_form_that_comes_back_shows_the_square_again(browser: Browser) -> None:
    form = {"place": "Copenhagen, Capital Region, Denmark", "cell": "{},{}".format(*TIVOLI)}
    answer = browser.press("/sign-up", form)
    assert answer.status_code == 422
    assert 'class="cell"' in answer.text


def test_another_square_of_the_same_town_is_a_move_and_the_same_one_is_none(
    session: Session, signed_in: SigningIn
) -> None:
    ada = join(session, ADA)
    adas = signed_in(ada)
    for cell, moves in (("", 0), ("{},{}".format(*TIVOLI), 1), ("{},{}".format(*TIVOLI), 1), ("", 1)):
        assert adas.press("/profile", PROFILE | {"cell": cell}).status_code == 303
        assert len(session.scalars(select(Move)).all()) == moves
        session.commit()
    ada = member_at(session, "ada@example.org")
    assert (ada.latitude, ada.longitude) == snap(*TIVOLI)


def test_the_round_under_way_knows_the_square_they_left(session: Session, signed_in: SigningIn) -> None:
    ada: Member = join(session, ADA)
    left = (ada.latitude, ada.longitude)
    signed_in(ada).press("/profile", PROFILE | {"cell": "55.62,12.49"})
    [move] = session.scalars(select(Move)).all()
    assert (move.left_latitude, move.left_longitude) == left


def test_one_press_fills_in_the_town_and_shows_the_square(page: Page, site: Site, session: Session) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": TIVOLI[0], "longitude": TIVOLI[1]})
    page.goto(f"{site.url}/sign-up")
    page.get_by_role("button", name="Use where I am now").click()
    page.locator(".here svg.map").wait_for()
    expect(page.locator("#place")).to_have_value("Copenhagen, Capital Region, Denmark")
    expect(page.locator("[name=cell]")).to_have_value("{},{}".format(*snap(*TIVOLI)))
    page.locator("#place").fill("Malmö")  # typed afterwards: the square is gone
    expect(page.locator(".here svg.map")).to_have_count(0)
    expect(page.locator("[name=cell]")).to_have_value("")
    page.locator("#email").focus()  # suggestions close once one looks elsewhere
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("button", name="Use where I am now").click()
    page.locator(".here svg.map").wait_for()
    for name, words in FORM.items():
        page.locator(f"#{name}").fill(words)
    page.get_by_role("button", name="Sign up").last.click()
    page.wait_for_url("**/sign-up/letter")
    ada = member_at(session, "ada@example.org")
    assert (ada.latitude, ada.longitude) == snap(*TIVOLI)


def test_a_browser_that_keeps_it_to_itself_is_no_trouble(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-up")
    page.get_by_role("button", name="Use where I am now").click()
    page.get_by_text("Please type your town instead.").wait_for()
    expect(page.get_by_role("button", name="Use where I am now")).to_be_enabled()
