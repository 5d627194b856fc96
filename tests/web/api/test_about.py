"""The page that tells people how programs read, and are told: what it says is true."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from data.webhook import EVENTS, Delivery, Webhook, new_secret
from jobs.signed_request import SignedRequest, signed
from tests.cast import at
from tests.web.conftest import Browser, one_database, words_of
from web.api.about import EVENTS as EXPLAINED
from web.api.about import VERIFYING

NOW = at("mon 09:00")


@one_database
def test_everybody_reads_how_it_is_done(browser: Browser) -> None:
    page = browser.open("/api").text
    assert "http://hello.example.org/api/v1" in page
    assert "Authorization: Bearer" in page
    for noun in ("members", "rounds", "matches", "funnel"):
        assert f"GET /api/v1/{noun}" in page
    assert "Who is here. Members who have left are not in it." in words_of(page)
    assert VERIFYING in unescape(page)


def test_every_event_is_explained() -> None:
    assert set(EXPLAINED) == {*EVENTS, "ping"}


@one_database
def test_the_description_names_this_community(browser: Browser) -> None:
    description = browser.open("/api/v1/openapi.json").json
    assert description
    assert description["openapi"] == "3.1.0"
    assert description["servers"] == [{"url": "http://hello.example.org"}]


@pytest.fixture
def request_of_ours() -> SignedRequest:
    """A delivery, as it is posted."""
    webhook = Webhook(url="https://hooks.example.org", secret=new_secret())
    delivery = Delivery(webhook=webhook, event="ping", message_id="msg_1", facts={}, happened_at=NOW)
    return signed(delivery, NOW)


@pytest.fixture
def verify(monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """The example on the page, run as it stands there."""
    monkeypatch.setattr(time, "time", (NOW + timedelta(minutes=4)).timestamp)
    names: dict[str, Any] = {}
    exec(VERIFYING, names)  # noqa: S102  it is ours
    check: Callable[..., bool] = names["is_from_hello_stranger"]
    return check


def test_the_example_on_the_page_believes_us_and_nobody_else(
    verify: Callable[..., bool], request_of_ours: SignedRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "whsec_" + "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB"
    webhook = Webhook(url="https://hooks.example.org", secret=secret)
    ours = signed(Delivery(webhook=webhook, event="ping", message_id="msg_1", facts={}, happened_at=NOW), NOW)
    assert verify(secret, ours.headers, ours.body)
    both = ours.headers | {"webhook-signature": "v1,old " + ours.headers["webhook-signature"]}
    assert verify(secret, both, ours.body)
    assert not verify(secret, request_of_ours.headers, ours.body)
    assert not verify(secret, ours.headers, json.dumps({"type": "ping"}).encode())
    assert not verify(secret, ours.headers | {"webhook-id": "msg_2"}, ours.body)
    monkeypatch.setattr(time, "time", (NOW + timedelta(minutes=6)).timestamp)
    assert not verify(secret, ours.headers, ours.body)
