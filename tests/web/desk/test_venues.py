"""Venues are looked up, hidden, preferred and added at the desk, each with its reason."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.act import latest_acts
from data.member import Member
from data.venues import Venue
from tests.cast import at
from tests.web.conftest import Browser, SigningIn, fresh, main_of, one_database, words_of
from tests.web.racing import at_once

PATH = "/desk/venues"
EUROPA = {
    "name": "Café Europa", "kind": "cafe", "address": "Amagertorv 1", "position": "55.6786, 12.5796",
    "opening_hours": "Mo-Su 08:00-20:00",
}  # fmt: skip


@pytest.fixture
def europa(session: Session) -> Venue:
    """A café that is in the list."""
    venue = Venue(name="Café Europa", kind="cafe", address="Amagertorv 1", latitude=55.6786, longitude=12.5796)
    session.add(venue)
    session.commit()
    return venue


def test_a_venue_is_added_once_and_the_log_says_by_whom(
    desk: Browser, session: Session, olga: Member, signed_in: SigningIn
) -> None:
    again = signed_in(olga)
    answers = at_once([partial(one.press, PATH, EUROPA) for one in (desk, again)])
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    venue = session.scalars(select(Venue)).one()
    assert (venue.kind, venue.latitude, venue.longitude) == ("cafe", 55.6786, 12.5796)
    assert (venue.in_words, venue.opening_hours) == ("Café Europa, Amagertorv 1", "Mo-Su 08:00-20:00")
    acts = [(act.by_id, act.deed, act.about) for act in latest_acts(session, 9)]
    assert acts == [(olga.id, "add_venue", f"venue {venue.id}")]


@one_database
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Please give the name of the place."),
        ({"name": "cafe EUROPA"}, "is in the list already, within fifty metres."),
        ({"kind": "home"}, "Please choose what it is."),
        ({"address": "x" * 301}, "Please keep this to 300 characters."),
        ({"position": ""}, "Please give the position"),
        ({"position": "here"}, "These are no degrees north and east."),
        ({"position": "95, 12"}, "These are no degrees north and east."),
        ({"position": "0, 0"}, "These are no degrees north and east."),
        ({"position": "nan, inf"}, "These are no degrees north and east."),
        ({"opening_hours": "whenever"}, "We cannot read these hours."),
        ({"opening_hours": "sunrise-sunset"}, "We cannot read these hours."),
    ],
)
def test_what_cannot_be_a_venue_gets_a_sentence_and_comes_back(
    desk: Browser, session: Session, europa: Venue, typed: dict[str, str], sentence: str
) -> None:
    answer = desk.press(PATH, EUROPA | {"name": "Typed before"} | typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Typed before" in answer.text or "name" in typed
    assert session.scalars(select(Venue)).all() == [europa]


@one_database
def test_it_is_found_by_a_part_of_its_name_or_address(desk: Browser, session: Session, europa: Venue) -> None:
    session.add(Venue(name="Library", kind="library", address="Krystalgade 15", latitude=55.68, longitude=12.57))
    session.commit()
    for words in ("cafe EUR", "torv"):
        page = words_of(main_of(desk.open(f"{PATH}?words={words}").text))
        assert "Café Europa" in page
        assert "1 venue found" in page
        assert "Krystalgade" not in page
    assert "No venue has these words" in desk.open(f"{PATH}?words=nobody").text
    assert europa.name not in main_of(desk.open(PATH).text)


def test_it_is_hidden_once_with_a_reason_and_offered_again(
    desk: Browser, session: Session, olga: Member, europa: Venue
) -> None:
    path = f"{PATH}/{europa.id}"
    for _ in range(2):
        assert desk.press(path, {"deed": "hide", "why": "Closed for good."}).status_code == 303
    fresh(session, europa)
    assert europa.hidden_at == at("mon 12:00")
    assert [(a.by_id, a.deed, a.why) for a in latest_acts(session, 9)] == [(olga.id, "hide_venue", "Closed for good.")]
    session.commit()
    assert "Hid a venue (Closed for good.)" in " ".join(words_of(desk.open(path).text).split())
    assert "Café Europa" in main_of(desk.open(PATH).text)
    for deed in ("show", "prefer", "unprefer"):
        assert desk.press(path, {"deed": deed, "why": "It is quiet."}).status_code == 303
        fresh(session, europa)
        assert not europa.hidden_at
        assert europa.preferred == (deed == "prefer")
        session.commit()


@one_database
@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"deed": "hide"}, "Please say why, in a few words."),
        ({"deed": "hide", "why": "x" * 501}, "Please keep this to 500 characters."),
        ({"deed": "burn", "why": "Because."}, "Because."),
        ({"why": "Because."}, "Because."),
    ],
)
def test_nothing_is_done_without_a_reason_or_a_deed(
    desk: Browser, session: Session, europa: Venue, form: dict[str, str], sentence: str
) -> None:
    answer = desk.press(f"{PATH}/{europa.id}", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    fresh(session, europa)
    assert (europa.hidden_at, europa.preferred, latest_acts(session, 9)) == (None, False, [])


@one_database
def test_there_is_no_page_of_a_venue_that_is_not_there(desk: Browser) -> None:
    assert desk.open(f"{PATH}/998").status_code == 404
    assert desk.open(f"{PATH}/99999999999999999999").status_code == 404
    assert desk.press(f"{PATH}/998", {"deed": "hide", "why": "No."}).status_code == 404
