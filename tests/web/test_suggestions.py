"""Professions and places as one types."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.web.conftest import Browser
from tests.web.lists import list_names


@pytest.fixture(autouse=True)
def names(session: Session) -> None:
    list_names(session)


def test_places_come_with_their_region(browser: Browser) -> None:
    assert browser.open("/suggestions/places?q=malm").json == ["Malmö, Skåne, Sweden"]
    assert browser.open("/suggestions/places?q=springf").json == [
        "Springfield, Missouri, United States",
        "Springfield, Illinois, United States",
    ]


def test_professions_are_titles(browser: Browser) -> None:
    assert browser.open("/suggestions/professions?q=machine%20op").json == ["Machine operator"]


@pytest.mark.parametrize("typed", ["", "x", "%00%00", "%25", "_", "'", "%ff", "a" * 5000, "%F0%9F%A6%84%F0%9F%A6%84"])
def test_whatever_is_typed_gets_a_list(browser: Browser, typed: str) -> None:
    for kind in ("places", "professions"):
        assert browser.open(f"/suggestions/{kind}?q={typed}").json == []
    assert browser.open("/suggestions/places").json == []
