"""Links in letters: each opens one thing for a while, and nothing that is not exactly as we wrote it opens anything."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from data.match import Match, Seat
from data.member import Member
from data.round import Round
from data.sign_in import SignIn
from tests.cast import MONDAY, at
from web.links import Links
from web.settings import DEVELOPMENT_SECRET, Settings

NOW = at("mon 09:00")
LONG_AFTER = NOW + timedelta(days=3650)
LINKS = Links(Settings(base_url="https://hello.example.org/"))
ADA = Member(id=7, email="ada@example.org", first_name="Ada", session_key="s")
SIGN_IN = SignIn(id=8, asked_at=NOW)
SEAT = Seat(id=9, match=Match(id=3, round=Round(monday=MONDAY)))
MAKERS: dict[str, Callable[[Links], str]] = {
    "confirm": lambda links: links.confirm_url(ADA, NOW),
    "new_address": lambda links: links.new_address_url(ADA, "ada@new.example.org", NOW),
    "sign_in": lambda links: links.sign_in_url(SIGN_IN),
    "match": lambda links: links.match_url(SEAT),
    "feedback": lambda links: links.feedback_url(SEAT),
    "week": lambda links: links.week_url(ADA, MONDAY),
    "unsubscribe": lambda links: links.unsubscribe_url(ADA),
}
MEANS = {
    "confirm": 7,
    "new_address": (7, "ada@example.org", "ada@new.example.org"),
    "sign_in": 8,
    "match": 9,
    "feedback": 9,
    "week": (7, MONDAY),
    "unsubscribe": 7,
}
LAST_MOMENT = {
    "confirm": NOW + timedelta(days=14),
    "new_address": NOW + timedelta(days=1),
    "sign_in": NOW + timedelta(minutes=10),
    "match": at("mon 12:00", weeks=3),
    "feedback": at("mon 12:00", weeks=3),
    "week": at("mon 00:00", weeks=1),
    "unsubscribe": LONG_AFTER,
}
PATHS = {"match": "matches", "sign_in": "sign-in", "week": "next-week", "new_address": "new-address"}


def token_of(purpose: str, links: Links = LINKS) -> str:
    return MAKERS[purpose](links).rpartition("/")[2]


def read(purpose: str, token: str, now: datetime = NOW) -> object:
    reader: Callable[[str, datetime], object] = getattr(LINKS, f"read_{purpose}")
    return reader(token, now)


@pytest.mark.parametrize("purpose", MAKERS)
def test_a_link_is_absolute_opens_its_own_page_and_is_always_the_same(purpose: str) -> None:
    link = MAKERS[purpose](LINKS)
    assert link.startswith(f"https://hello.example.org/{PATHS.get(purpose, purpose)}/")
    assert link == MAKERS[purpose](LINKS)


@pytest.mark.parametrize("purpose", MAKERS)
def test_a_link_means_one_thing_until_its_last_moment(purpose: str) -> None:
    last = LAST_MOMENT[purpose]
    assert read(purpose, token_of(purpose), last) == MEANS[purpose]
    if purpose != "unsubscribe":
        assert read(purpose, token_of(purpose), last + timedelta(seconds=1)) is None


@pytest.mark.parametrize(("made_for", "used_for"), list(itertools.permutations(MAKERS, 2)))
def test_a_link_for_one_purpose_opens_nothing_else(made_for: str, used_for: str) -> None:
    assert read(used_for, token_of(made_for)) is None


@pytest.mark.parametrize("purpose", MAKERS)
def test_no_changed_token_opens_anything(purpose: str) -> None:
    token = token_of(purpose)
    for place, character in itertools.product(range(len(token)), "Aa0-_.="):
        changed = token[:place] + character + token[place + 1 :]
        assert changed == token or read(purpose, changed) is None
    # The last character has spare bits: other characters there decode to the same signature.
    for character in set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") - {token[-1]}:
        assert read(purpose, token[:-1] + character) is None
    for length in range(len(token)):
        assert read(purpose, token[:length]) is None


@pytest.mark.parametrize("junk", ["", ".", "..", "a" * 10_000, "ø.å", "%00", "null", "\ud800", "WzddLm51bGw.x"])
@pytest.mark.parametrize("purpose", MAKERS)
def test_junk_opens_nothing_and_breaks_nothing(purpose: str, junk: str) -> None:
    assert read(purpose, junk) is None


def test_a_link_of_another_installation_opens_nothing_here() -> None:
    elsewhere = Links(Settings(secret_key=DEVELOPMENT_SECRET[::-1]))
    for purpose in MAKERS:
        assert read(purpose, token_of(purpose, elsewhere)) is None


def test_a_link_shows_no_address_and_no_name_but_to_the_new_address_itself() -> None:
    for purpose in set(MAKERS) - {"new_address"}:
        token = token_of(purpose)
        words = base64.urlsafe_b64decode(token.partition(".")[0] + "==")
        assert b"ada" not in words.lower()


def test_a_link_to_a_row_that_is_not_stored_yet_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="flush"):
        LINKS.unsubscribe_url(Member(first_name="Nobody"))


def test_pages_for_everybody_have_plain_links() -> None:
    assert LINKS.home_url() == "https://hello.example.org/"
    assert LINKS.profile_url() == "https://hello.example.org/profile"
