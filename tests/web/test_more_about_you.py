"""The second page of signing up: what makes a better first meeting, and all of it can wait."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.member import Member
from tests.web.conftest import Browser, fresh, one_database

MORE = {
    "topics": "sourdough\r\nnight shifts",
    "offers": "first aid",
    "wants": "to see a bridge from below",
    "reach_km": "25",
    "meets": "in_person",
    "trio_ok": "y",
}


def test_ada_says_a_little_more_and_goes_on_to_her_week(session: Session, adas: Browser, ada: Member) -> None:
    page = adas.open("/welcome").text
    assert "Later" in page
    assert "night shifts" in page  # what she has said before
    answer = adas.press("/welcome", MORE)
    assert answer.headers["Location"] == "/this-week"
    fresh(session, ada)
    assert (ada.topics, ada.offers, ada.wants) == ("sourdough\nnight shifts", "first aid", "to see a bridge from below")
    assert (ada.reach_km, ada.meets, ada.trio_ok) == (25, "in_person", True)
    assert ada.first_name == "Ada"
    assert "Thank you" in adas.open("/this-week").text


@one_database
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("reach_km", "0", "how far"),
        ("reach_km", "", "how far"),
        ("meets", "by pigeon", "how you would like to meet"),
        ("topics", "x" * 1001, "1,000 characters"),
        ("offers", "A\0da", "cannot show"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(  # noqa: PLR0913  fixtures and the case
    session: Session, adas: Browser, ada: Member, *, field: str, typed: str, sentence: str
) -> None:
    answer = adas.press("/welcome", MORE | {field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'id="{field}-wrong"' in answer.text
    assert "to see a bridge from below" in answer.text
    fresh(session, ada)
    assert ada.wants == "public speaking"
