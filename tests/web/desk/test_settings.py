"""The settings of the community are seen, changed and written down at the desk."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.act import latest_acts
from data.community import Community, decide, usual
from data.member import Member
from tests.cast import CLEO, join, run_round
from tests.web.conftest import Browser, SigningIn, main_of, member_at, one_database, words_of
from tests.web.lists import list_names
from tests.web.racing import at_once

PATH = "/desk/settings"
AS_USUAL = {name: str(value) for name, value in usual().decisions.items()}


def opened(browser: Browser) -> dict[str, Any]:
    """The form as a browser has just opened it."""
    page = browser.open(PATH)
    assert page.status_code == 200
    found = re.search(r'name="opened"[^>]*value="([0-9a-f]+)"', page.text)
    assert found
    return AS_USUAL | {"opened": found[1]}


def kept(session: Session) -> Community | None:
    session.rollback()
    session.expire_all()
    return session.get(Community, 1)


def said(page: str) -> str:
    return " ".join(words_of(main_of(page)).split())


def test_what_is_saved_holds_and_the_page_and_the_log_say_who_changed_what(
    desk: Browser, session: Session, olga: Member
) -> None:
    change = {"name": "Evening School", "cadence_weeks": "2", "answer_days": "3", "rematch_hour": "9", "reach_km": "25"}
    words = "We meet after class.\n\nEverybody is welcome."
    change |= {"rematch_days": "4", "words": words, "call_url_template": "https://call.example/x/{room}"}
    assert desk.press(PATH, opened(desk) | change).status_code == 303
    community = kept(session)
    assert community
    assert community.decisions | {"words": words} == usual().decisions | change | {
        "cadence_weeks": 2, "answer_days": 3, "rematch_days": 4, "rematch_hour": 9, "reach_km": 25,
    }  # fmt: skip
    (act,) = latest_acts(session, 9)
    assert (act.by_id, act.deed, act.about) == (olga.id, "change_settings", "community")
    assert act.facts == {
        "name": ["Hello, Stranger", "Evening School"], "words": [], "cadence_weeks": [1, 2], "answer_days": [2, 3],
        "rematch_days": [3, 4], "rematch_hour": [20, 9], "reach_km": [10, 25],
        "call_url_template": ["", "https://call.example/x/{room}"],
    }  # fmt: skip
    session.rollback()
    page = said(desk.open(PATH).text)
    assert "Olga" in page
    assert "Name: was Hello, Stranger, is Evening School" in page
    assert "Day to answer by: was Wednesday, is Thursday" in page
    assert "How often people are paired: was Every week, is Every second week" in page
    assert "A few words about it: changed" in page
    assert "Changed the settings" in desk.open("/desk/log").text


def test_a_change_of_nothing_is_no_act(desk: Browser, session: Session) -> None:
    page = desk.press(PATH, opened(desk), follow=True)
    assert "Nothing was changed." in page.text
    assert kept(session) is None
    assert latest_acts(session, 9) == []


@one_database
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Please give the community a name."),
        ("name", "x" * 61, "Please keep this to 60 characters."),
        ("name", "a\x00b", "There are characters in this that we cannot show."),
        ("words", "x" * 1001, "Please keep this to 1,000 characters."),
        ("cadence_weeks", "3", "Please choose how often people are paired."),
        ("cadence_weeks", "", "Please choose how often people are paired."),
        ("answer_days", "4", "Please choose one of these days."),
        ("answer_days", "0", "Please choose one of these days."),
        ("answer_hour", "5", "Please choose one of these hours."),
        ("answer_hour", "noon", "Please choose one of these hours."),
        ("rematch_days", "6", "Please choose one of these days."),
        ("rematch_days", "2", "This must be later than the time to answer"),
        ("rematch_days", "1", "This must be later than the time to answer"),
        ("rematch_hour", "24", "Please choose one of these hours."),
        ("reach_km", "7", "Please choose how far."),
        ("agree_within_hours", "0", "Please give a number of hours from 1 to 168."),
        ("agree_within_hours", "169", "Please give a number of hours from 1 to 168."),
        ("agree_within_hours", "-1", "Please give a number of hours from 1 to 168."),
        ("agree_within_hours", "²", "Please give a number of hours from 1 to 168."),
        ("agree_within_hours", "", "Please give a number of hours from 1 to 168."),
        ("call_url_template", "http://meet.example.org/{room}", "A template is like https://meet.example.org/{room}."),
        ("call_url_template", "https://meet.example.org/", "A template is like"),
        ("call_url_template", "https://{room}.example.org/", "A template is like"),
        ("call_url_template", "https://meet.example.org/{room}/{key}", "A template is like"),
        ("call_url_template", "https://meet.example.org/{room}}", "A template is like"),
        ("call_url_template", "https://[/{room}", "A template is like"),
        (
            "call_url_template",
            "https://meet.example.org/" + "x" * 300 + "{room}",
            "Please keep this to 300 characters.",
        ),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_comes_back(
    desk: Browser, session: Session, field: str, typed: str, sentence: str
) -> None:
    answer = desk.press(PATH, opened(desk) | {"name": "Typed before"} | {field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    assert "Typed before" in answer.text or field == "name"
    assert kept(session) is None


@one_database
def test_a_form_without_anything_is_refused(desk: Browser, session: Session) -> None:
    assert desk.press(PATH).status_code == 422
    assert kept(session) is None


def test_of_two_organisers_the_second_is_told_and_overwrites_nothing_unseen(
    desk: Browser, session: Session, signed_in: SigningIn
) -> None:
    cleos = signed_in(join(session, CLEO, role="organiser"))
    first, second = opened(desk), opened(cleos)
    assert desk.press(PATH, first | {"name": "Evening School", "answer_hour": "18"}).status_code == 303
    answer = cleos.press(PATH, second | {"name": "Morning School"})
    assert answer.status_code == 422
    page = said(answer.text)
    assert "Somebody else has saved other settings since you opened this page." in page
    assert "Name: Evening School" in page
    assert "Hour to answer by: 18:00" in page
    assert 'value="Morning School"' in answer.text
    community = kept(session)
    assert community
    assert (community.name, community.answer_hour) == ("Evening School", 18)
    session.rollback()
    found = re.search(r'name="opened"[^>]*value="([0-9a-f]+)"', answer.text)
    assert found
    assert cleos.press(PATH, second | {"name": "Morning School", "opened": found[1]}).status_code == 303
    community = kept(session)
    assert community
    assert (community.name, community.answer_hour) == ("Morning School", 20)
    assert [sorted(act.facts) for act in latest_acts(session, 9)] == [["answer_hour", "name"]] * 2


def test_pressed_at_the_same_moment_one_of_two_first_decisions_holds(
    desk: Browser, session: Session, signed_in: SigningIn
) -> None:
    cleos = signed_in(join(session, CLEO, role="organiser"))
    forms = [(one, opened(one) | {"name": name}) for one, name in ((desk, "Evening"), (cleos, "Morning"))]
    answers = at_once([partial(one.press, PATH, form) for one, form in forms])
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert len(latest_acts(session, 9)) == 1


@one_database
def test_the_page_says_what_the_settings_mean_and_what_others_would(desk: Browser, session: Session) -> None:
    run_round(session)
    session.commit()
    page = said(desk.open(PATH).text)
    assert "The next round is on Monday 30 November, and the one after it on Monday 7 December" in page
    assert "answers until Wednesday at 20:00" in page
    assert "paired again until Thursday at 20:00 UTC" in page
    assert "The round of Monday 23 November keeps what held when it began" in page
    look = {"cadence_weeks": "4", "answer_days": "1", "answer_hour": "9", "look": "1"}
    answer = desk.press(PATH, opened(desk) | look)
    page = said(answer.text)
    assert answer.status_code == 200
    assert "Not saved yet. This is what it would mean: The next round is on Monday 21 December" in page
    assert "answers until Tuesday at 09:00" in page
    assert kept(session) is None


@one_database
def test_what_the_machine_says_of_the_time_to_agree_is_where_the_form_begins(
    desk: Browser, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = desk.client.application.extensions["settings"]
    monkeypatch.setitem(
        desk.client.application.extensions, "settings", type(settings)(**(vars(settings) | {"agree_within_hours": 36}))
    )
    form = opened(desk)
    assert 'value="36"' in desk.open(PATH).text
    assert desk.press(PATH, form | {"agree_within_hours": "36", "name": "Evening School"}).status_code == 303
    community = kept(session)
    assert community
    assert community.agree_within_hours == 36
    assert list(latest_acts(session, 1)[0].facts) == ["name"]


def test_who_signs_up_begins_with_the_reach_that_was_decided(desk: Browser, session: Session) -> None:
    decide(session, usual().decisions | {"reach_km": 50})
    list_names(session)
    ada = {"first_name": "Ada", "profession": "Nurse", "place": "Copenhagen", "email": "ada@example.org"}
    session.commit()
    assert desk.press("/sign-up", ada).status_code == 303
    assert member_at(session, "ada@example.org").reach_km == 50
