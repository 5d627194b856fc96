"""Places people mean: from our lists, or through whatever geocoder an installation has chosen."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from geopy.exc import GeocoderUnavailable
from geopy.location import Location
from sqlalchemy.orm import Session

from tests.web.conftest import Browser, member_at
from tests.web.lists import list_names
from tests.web.test_sign_up import ADA


class Elsewhere:
    """A geocoder that knows every village, or is away."""

    def __init__(self, *answers: tuple[float, float], away: bool = False) -> None:
        self.answers = [Location("", answer, {}) for answer in answers]
        self.away = away

    def geocode(self, _query: str, **_more: Any) -> list[Location] | None:
        """Answer, or not."""
        if self.away:
            raise GeocoderUnavailable
        return self.answers or None


@pytest.fixture(autouse=True)
def names(session: Session) -> None:
    list_names(session)


def test_a_village_means_the_town_near_it_once_the_person_agrees(
    session: Session, app: Flask, browser: Browser
) -> None:
    app.extensions["geocoder"] = Elsewhere((55.61, 12.97), (55.60, 12.99))
    asked = browser.press("/sign-up", ADA | {"place": "Limhamn"})
    assert asked.status_code == 422
    assert asked.text.count("Malmö, Skåne, Sweden") == 1
    assert browser.press("/sign-up", ADA | {"place": "Limhamn", "place_id": "2692969"}).status_code == 303
    ada = member_at(session, "ada@example.org")
    assert ada.place is not None
    assert ada.place.name == "Malmö"


@pytest.mark.parametrize("elsewhere", [Elsewhere(), Elsewhere(away=True), Elsewhere((0.0, -140.0))])
def test_a_place_nobody_knows_is_said_so(app: Flask, browser: Browser, elsewhere: Elsewhere) -> None:
    app.extensions["geocoder"] = elsewhere
    answer = browser.press("/sign-up", ADA | {"place": "Xyzzyville"})
    assert answer.status_code == 422
    assert "do not know this place" in answer.text


def test_half_a_name_brings_the_places_that_begin_so(browser: Browser) -> None:
    answer = browser.press("/sign-up", ADA | {"place": "Copenh"})
    assert answer.status_code == 422
    assert "Copenhagen, Capital Region, Denmark" in answer.text
