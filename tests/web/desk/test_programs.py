"""An organiser lets programs read and be told; each act is written down, and no secret with it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.act import latest_acts
from data.api_token import ApiToken
from data.member import Member
from data.webhook import Delivery, Webhook
from tests.cast import ADA, at, join
from tests.web.conftest import Browser, SigningIn, one_database, words_of
from tests.web.racing import at_once

PAGE = "/desk/programs"
HOOK = {"url": "https://hooks.example.org/hello", "events": ["match_made", "reported"]}


@pytest.fixture
def organiser(session: Session) -> Member:
    """Ada looks after the community."""
    return join(session, ADA, role="organiser")


@pytest.fixture
def desk(signed_in: SigningIn, organiser: Member) -> Browser:
    """Her browser."""
    return signed_in(organiser)


@pytest.fixture
def webhook(desk: Browser, session: Session) -> Webhook:
    """A webhook she has added."""
    assert desk.press(f"{PAGE}/webhooks", HOOK).status_code == 303
    return only(session)


def only(session: Session) -> Webhook:
    webhook = session.scalars(select(Webhook).execution_options(populate_existing=True)).one()
    session.commit()
    return webhook


def deeds(session: Session) -> list[tuple[str, str]]:
    acts = [(act.deed, act.about) for act in latest_acts(session, 99)]
    session.commit()
    return acts


def test_a_token_is_shown_once_and_reads_until_it_ends(desk: Browser, app: Flask, session: Session) -> None:
    answer = desk.press(f"{PAGE}/tokens", {"name": "Newsletter"})
    assert answer.status_code == 200
    found = re.search(r"hello_[\w-]{43}", answer.text)
    assert found
    read = partial(app.test_client().get, "/api/v1/rounds", headers={"Authorization": f"Bearer {found[0]}"})
    assert "Never used" in desk.open(PAGE).text
    assert read().status_code == 200
    again = desk.open(PAGE).text
    assert found[0] not in again
    assert "Newsletter" in again
    assert "Last used on Monday 23 November at 13:00" in again
    for _ in range(2):
        assert desk.press(f"{PAGE}/tokens/1/end").status_code == 303
    assert read().status_code == 401
    assert "Newsletter" not in words_of(desk.open(PAGE).text)
    assert deeds(session) == [("end_token", "token 1"), ("make_token", "token 1")]
    (_, made) = latest_acts(session, 2)
    assert (made.why, made.facts) == ("", {})


@one_database
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Please give it a name"),
        ("  \t ", "Please give it a name"),
        ("x" * 61, "Please keep this to 60"),
        ("a\x07b", "cannot show"),
    ],
)
def test_a_name_that_is_none_is_said_at_its_field(desk: Browser, session: Session, name: str, said: str) -> None:
    answer = desk.press(f"{PAGE}/tokens", {"name": name})
    assert answer.status_code == 422
    assert re.search(rf'id="name-wrong">[^<]*{said}', answer.text)
    assert session.scalars(select(ApiToken)).all() == []


def test_two_presses_at_once_make_one_token(desk: Browser, app: Flask, session: Session) -> None:
    desk.open(PAGE)
    browsers = []
    for _ in range(2):
        client = app.test_client()
        client._cookies = dict(desk.client._cookies or {})  # the same browser
        browsers.append(Browser(client))
    answers = at_once([partial(one.press, f"{PAGE}/tokens", {"name": "Newsletter"}) for one in browsers])
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert len(session.scalars(select(ApiToken)).all()) == 1


def test_a_webhook_is_added_with_its_events_and_its_secret_is_there_to_be_copied(
    desk: Browser, session: Session, webhook: Webhook
) -> None:
    assert (webhook.url, webhook.events) == (HOOK["url"], HOOK["events"])
    page = desk.open(PAGE).text
    assert webhook.secret in page
    assert "People are brought together" in page
    (act,) = latest_acts(session, 9)
    assert (act.deed, act.about, act.facts) == ("add_webhook", "webhook 1", {"events": HOOK["events"]})
    assert webhook.secret not in desk.open("/desk/log").text


@one_database
@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "hooks.example.org",
            "ftp://hooks.example.org",
            "https://",
            "javascript:alert(1)",
            "https://[::1",
            "//x.y",
        ),
        *("https://ada:secret@example.org/", "https://example.org/a b", "https://exämple.org/", "http://a@b.example"),
        *("https://example.org:99999/", "https://example.org:x/", "https://" + "x" * 500 + ".org"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_at_its_field(desk: Browser, session: Session, url: str) -> None:
    answer = desk.press(f"{PAGE}/webhooks", {"url": url, "events": ["reported"]})
    assert answer.status_code == 422
    assert 'id="url-wrong"' in answer.text
    assert re.search(r'checked[^>]*value="reported"|value="reported"[^>]*checked', answer.text)
    assert session.scalars(select(Webhook)).all() == []


@one_database
@pytest.mark.parametrize("events", [[], ["ping"], ["nonsense", "reported"]])
def test_what_it_is_told_must_be_ticked_and_known(desk: Browser, session: Session, events: list[str]) -> None:
    answer = desk.press(f"{PAGE}/webhooks", HOOK | {"events": events})
    assert answer.status_code == 422
    assert 'id="events-wrong"' in answer.text
    assert str(HOOK["url"]) in answer.text
    assert session.scalars(select(Webhook)).all() == []


@one_database
def test_the_same_address_twice_is_one_webhook(desk: Browser, session: Session, webhook: Webhook) -> None:
    answer = desk.press(f"{PAGE}/webhooks", HOOK)
    assert (answer.status_code, "told already" in answer.text) == (422, True)
    assert only(session).id == webhook.id


@one_database
def test_a_plain_address_is_for_developing_alone(desk: Browser, app: Flask) -> None:
    local = HOOK | {"url": "http://127.0.0.1:9000/hook"}
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, development=False, secret_key="s" * 32)
    assert desk.press(f"{PAGE}/webhooks", local).status_code == 422
    app.extensions["settings"] = settings
    assert desk.press(f"{PAGE}/webhooks", local).status_code == 303


def test_a_new_secret_takes_the_place_of_the_one_that_was_shown_once(
    desk: Browser, session: Session, webhook: Webhook
) -> None:
    before, pressed = webhook.secret, {"instead_of": webhook.secret_mark}
    desk.press(f"{PAGE}/webhooks/1/secret", pressed)
    after = only(session).secret
    assert after != before
    desk.press(f"{PAGE}/webhooks/1/secret", pressed)
    assert only(session).secret == after
    assert deeds(session)[0] == ("renew_secret", "webhook 1")
    assert len(deeds(session)) == 2


def test_a_ping_is_on_its_way_once_and_what_came_of_it_is_shown(
    desk: Browser, session: Session, webhook: Webhook
) -> None:
    for _ in range(2):
        desk.press(f"{PAGE}/webhooks/{webhook.id}/ping")
    delivery = session.scalars(select(Delivery)).one()
    assert (delivery.event, delivery.facts) == ("ping", {})
    assert "Waits for its turn" in desk_after(desk, session)
    delivery.tries = 1
    delivery.failed(at("mon 12:00"), "It answered 503: <b>down</b>")
    page = desk_after(desk, session)
    assert "Next try at 13:00" in page
    assert "It answered 503: &lt;b&gt;down" in page
    delivery.give_up(at("thu 12:00"), "It cannot be reached: timed out")
    assert "Given up" in desk_after(desk, session)
    delivery.given_up_at = None
    delivery.was_delivered(at("mon 12:01"))
    assert "Delivered" in desk_after(desk, session)
    assert [deed for deed, _ in deeds(session)] == ["ping_webhook", "add_webhook"]


def desk_after(desk: Browser, session: Session) -> str:
    session.commit()
    return desk.open(PAGE).text


def test_an_ended_webhook_is_gone_and_nothing_can_be_done_with_it(
    desk: Browser, session: Session, webhook: Webhook
) -> None:
    for _ in range(2):
        assert desk.press(f"{PAGE}/webhooks/{webhook.id}/end").status_code == 303
    assert only(session).ended_at == at("mon 12:00")
    assert webhook.secret not in desk.open(PAGE).text
    for act in ("ping", "secret"):
        assert desk.press(f"{PAGE}/webhooks/{webhook.id}/{act}").status_code == 404
    assert desk.press(f"{PAGE}/webhooks/99999999999999/ping").status_code == 404
    assert [deed for deed, _ in deeds(session)] == ["end_webhook", "add_webhook"]


@one_database
def test_there_is_an_end_to_tokens_and_webhooks(desk: Browser) -> None:
    for number in range(20):
        desk.press(f"{PAGE}/tokens", {"name": f"Program {number}"})
        desk.press(f"{PAGE}/webhooks", HOOK | {"url": f"https://{number}.example.org"})
    assert "a lot of tokens" in desk.press(f"{PAGE}/tokens", {"name": "One more"}).text
    assert "a lot of webhooks" in desk.press(f"{PAGE}/webhooks", HOOK).text
