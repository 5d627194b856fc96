"""An organiser writes to a town: the letter is shown with how many get it, and sent once."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.member import Member
from data.task import Task
from tests.cast import ADA, BEN, CLEO, DAN, at, join
from tests.web.conftest import Browser, SigningIn, letters, main_of, one_database, words_of
from tests.web.desk.conftest import deeds
from tests.web.lists import list_names
from tests.web.racing import at_once

PAGE = "/desk/people/message"
WORDS = "We meet in the park.\r\n\r\nBring bread: https://example.org/picnic?a=1&b=2\r\n--\r\nOlga"
TO_MALMO = {"to": "town", "place": "Malmö", "subject": "A picnic", "words": WORDS}


@pytest.fixture
def cast(session: Session, olga: Member) -> None:
    """Two in Malmö want letters, one wants none any more, one has not confirmed; the others are in Copenhagen."""
    list_names(session)
    for role in (ADA, BEN, CLEO):
        join(session, role)
    join(session, DAN)
    join(session, DAN, email="dan2@example.org")
    join(session, DAN, email="dan3@example.org", unsubscribed_at=at("mon 09:00"))
    join(session, DAN, email="dan4@example.org", confirmed_at=None)
    assert olga.id
    session.commit()


def hidden(page: str) -> dict[str, str]:
    """What the page that shows the letter sends along."""
    form = page.partition('value="send"')[2].partition("</form>")[0]
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in fields} | {"step": "send"}


@pytest.mark.usefixtures("cast")
def test_the_letter_is_shown_before_and_sent_once(session: Session, desk: Browser, olga: Member) -> None:
    page = desk.press(PAGE, TO_MALMO).text
    words = words_of(main_of(page))
    assert "It goes to 2 people in Malmö, Skåne, Sweden." in " ".join(words.split())
    assert "Hello Olga," in words
    assert "Stop all weekly letters" in words
    assert 'href="https://example.org/picnic?a=1&amp;b=2"' in page
    assert session.scalars(select(Task)).all() == []
    session.commit()
    answers = [desk.press(PAGE, hidden(page)) for _ in range(2)]
    task = session.scalars(select(Task)).one()
    session.commit()
    assert [answer.location for answer in answers] == [f"/desk/work/{task.id}"] * 2
    assert task.facts["place_id"] == 2692969
    assert task.facts["words"] == WORDS.replace("\r\n", "\n")
    assert (task.kind, task.asked_by_id, task.facts["subject"]) == ("message", olga.id, "A picnic")
    assert deeds(session) == [("write_to_people", f"task {task.id}", "")]
    assert letters(session, "message") == []  # the jobs process writes them


@pytest.mark.usefixtures("cast")
def test_pressed_twice_at_one_moment_it_is_sent_once(session: Session, desk: Browser, signed_in: SigningIn) -> None:
    other = signed_in(join(session, ADA, email="ada2@example.org", role="organiser"))
    sent = hidden(desk.press(PAGE, TO_MALMO).text)
    at_once([lambda: desk.press(PAGE, sent).status_code for _ in range(2)])
    assert len(session.scalars(select(Task)).all()) == 1
    session.commit()
    other.press(PAGE, sent)  # whoever else says the same, says it
    assert len(session.scalars(select(Task)).all()) == 2


@one_database
@pytest.mark.usefixtures("cast")
def test_to_everybody_no_town_is_asked_and_what_was_written_can_be_changed(session: Session, desk: Browser) -> None:
    page = desk.press(PAGE, TO_MALMO | {"to": "all", "place": ""}).text
    assert "It goes to 6 people, wherever they are." in " ".join(page.split())
    changing = hidden(page) | {"step": "change"}
    answer = desk.press(PAGE, changing)
    assert answer.status_code == 200
    assert "See the letter" in answer.text
    assert "Bring bread" in answer.text
    desk.press(PAGE, hidden(page))
    assert session.scalars(select(Task)).one().facts["place_id"] is None


@one_database
@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"to": "nobody"}, "Please choose who is to get it."),
        ({"place": ""}, "Please name the town."),
        ({"place": "Atlantis"}, "We do not know this place."),
        ({"place": "Springfield"}, "Please choose yours."),
        ({"subject": ""}, "Please say in a few words what it is about."),
        ({"subject": "a\nb"}, "characters in this that we cannot show"),
        ({"subject": "x" * 121}, "Please keep this to 120 characters."),
        ({"words": " "}, "Please write something."),
        ({"words": "x" * 5001}, "Please keep this to 5,000 characters."),
    ],
)
def test_each_refusal_stands_at_its_field(session: Session, desk: Browser, change: dict[str, str], said: str) -> None:
    for step in ("", "send"):
        answer = desk.press(PAGE, TO_MALMO | change | {"step": step})
        assert (answer.status_code, said in answer.text) == (422, True)
        assert "Nearly. Please look at this again" in answer.text
    assert session.scalars(select(Task)).all() == []


@one_database
@pytest.mark.usefixtures("cast")
def test_where_nobody_reads_nothing_can_be_sent(desk: Browser) -> None:
    page = desk.press(PAGE, TO_MALMO | {"place": "Springfield, Illinois, United States"}).text
    assert "It goes to 0 people in Springfield" in " ".join(page.split())
    assert "Send it" not in page
