"""Other programs are told over real HTTP: at least once, signed, under one id, whatever they answer in between."""

from __future__ import annotations

import hmac
import json
import socket
import threading
from base64 import b64decode, b64encode
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

import jobs.post_webhooks
import jobs.public_address
import jobs.receiver
from data.database import sessions_of
from data.due_deliveries import claim_delivery
from data.webhook import EVENTS, Delivery, Event, Webhook, add_webhook, tell_of_many, tell_webhooks
from jobs.post_webhooks import LEASE, post_webhooks
from tests.cast import ADA, at, join
from tests.jobs.mail_catcher import free_port
from tests.jobs.web_catcher import CLOSE, STALL, TRICKLE, Heard, WebCatcher, catching_requests
from web.settings import Settings

NOW = at("mon 09:00")
FACTS = {"match": 12, "round": "2026-11-23"}
CERTIFICATE = Path(__file__).parent / "a_certificate.pem"


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return sessions_of(engine)


@pytest.fixture
def program() -> Iterator[WebCatcher]:
    with catching_requests() as catcher:
        yield catcher


def listen(sessions: sessionmaker[Session], *urls: str) -> list[Webhook]:
    """Let programs be told of everything."""
    with sessions.begin() as session:
        ada = join(session, ADA)
        return [add_webhook(session, url, list(EVENTS), ada.id, NOW) for url in urls]


def happen(sessions: sessionmaker[Session], *, times: int = 1, event: Event = "match_made") -> None:
    with sessions.begin() as session:
        tell_of_many(session, event, [FACTS | {"match": number} for number in range(times)], NOW)


def deliveries(sessions: sessionmaker[Session]) -> list[Delivery]:
    with sessions() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def is_genuine(secret: str, heard: Heard) -> bool:
    """Whether a receiver would believe it: written anew from the specification, without our own words for it."""
    message, moment = heard.headers["webhook-id"], heard.headers["webhook-timestamp"]
    content = message.encode() + b"." + moment.encode() + b"." + heard.body
    digest = hmac.new(b64decode(secret.split("_", 1)[1]), content, sha256).digest()
    version, _, signature = heard.headers["webhook-signature"].partition(",")
    return version == "v1" and hmac.compare_digest(signature, b64encode(digest).decode())


def test_a_program_hears_once_and_can_tell_that_it_is_from_us(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher
) -> None:
    (webhook,) = listen(sessions, program.url("/hook?town=1"))
    happen(sessions, event="match_on")
    assert post_webhooks(sessions, settings, NOW) == "1 delivered"
    (heard,) = program.heard
    assert heard.path == "/hook?town=1"
    assert heard.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert heard.headers["content-type"] == "application/json"
    said = {"type": "match_on", "timestamp": "2026-11-23T09:00:00+00:00", "data": {"match": 0, "round": "2026-11-23"}}
    assert json.loads(heard.body) == said
    assert is_genuine(webhook.secret, heard)
    assert not is_genuine(webhook.secret, heard._replace(body=heard.body + b" "))
    assert post_webhooks(sessions, settings, NOW + 2 * LEASE) == "nobody is to be told anything"
    assert len(program.heard) == 1


def test_who_has_not_asked_for_an_event_is_not_told_of_it(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher
) -> None:
    (webhook,) = listen(sessions, program.url())
    with sessions.begin() as session:
        session.get_one(Webhook, webhook.id).events = ["reported"]
    happen(sessions)
    assert not deliveries(sessions)
    with sessions.begin() as session:
        tell_webhooks(session, "reported", FACTS, NOW)
    assert post_webhooks(sessions, settings, NOW) == "1 delivered"


@pytest.mark.parametrize("answer", [500, 404, 302, 307, CLOSE, STALL, TRICKLE])
def test_what_is_not_taken_is_tried_again_under_the_same_id(
    sessions: sessionmaker[Session],
    settings: Settings,
    program: WebCatcher,
    monkeypatch: pytest.MonkeyPatch,
    answer: int | str,
) -> None:
    monkeypatch.setattr(jobs.receiver, "PATIENCE", 0.3)
    (webhook,) = listen(sessions, program.url())
    happen(sessions)
    program.answers["/hook"] = deque([answer])
    started = monotonic()
    assert post_webhooks(sessions, settings, NOW) == "1 waiting"
    assert monotonic() - started < 5  # seconds: the answer that trickles takes ten
    (waiting,) = deliveries(sessions)
    assert timedelta(seconds=30) <= waiting.try_after - NOW <= timedelta(seconds=38)
    assert waiting.last_error
    assert post_webhooks(sessions, settings, NOW + timedelta(seconds=29)) == "nobody is to be told anything"
    assert post_webhooks(sessions, settings, NOW + timedelta(minutes=1)) == "1 delivered"
    first, second = program.heard
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]
    assert is_genuine(webhook.secret, second)
    assert deliveries(sessions)[0].last_error == ""


def test_what_a_program_says_is_kept_in_a_few_plain_words(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher
) -> None:
    listen(sessions, program.url())
    happen(sessions)
    program.answers["/hook"] = deque([503])
    post_webhooks(sessions, settings, NOW)
    said = deliveries(sessions)[0].last_error
    assert said.startswith("It answered 503: down for an hour!!!")
    assert len(said) < 300


def test_it_waits_twice_as_long_each_time_and_gives_up_after_three_days(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher
) -> None:
    listen(sessions, program.url())
    happen(sessions)
    program.always["/hook"] = 500
    waits, now = [], NOW
    while (delivery := deliveries(sessions)[0]).given_up_at is None:
        assert post_webhooks(sessions, settings, now) in {"1 waiting", "1 given up"}
        (delivery,) = deliveries(sessions)
        waits.append(delivery.try_after - now)
        now = max(now, delivery.try_after)
    assert all(1.9 < later / wait < 2.1 for wait, later in pairwise(waits[:9]))
    assert max(waits) <= timedelta(hours=6) * 1.25
    assert timedelta(days=3) <= delivery.given_up_at - NOW < timedelta(days=3.4)
    assert post_webhooks(sessions, settings, now + timedelta(days=1)) == "nobody is to be told anything"


def test_one_who_stalls_keeps_nobody_else_waiting(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs.receiver, "PATIENCE", 0.5)
    listen(sessions, program.url("/stalls"), program.url("/quick"))
    happen(sessions, times=20)
    program.always["/stalls"] = STALL
    assert post_webhooks(sessions, settings, NOW) == "20 delivered, 1 waiting"
    assert (len(program.at("/quick")), len(program.at("/stalls"))) == (20, 1)


def test_a_program_that_refuses_one_is_told_of_the_others(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher
) -> None:
    listen(sessions, program.url())
    happen(sessions, times=5)
    program.answers["/hook"] = deque([500])
    assert post_webhooks(sessions, settings, NOW) == "4 delivered, 1 waiting"


def test_a_webhook_that_has_ended_is_told_nothing_more(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher
) -> None:
    (webhook,) = listen(sessions, program.url())
    happen(sessions, times=2)
    with sessions.begin() as session:
        session.get_one(Webhook, webhook.id).ended_at = NOW
    happen(sessions)
    assert post_webhooks(sessions, settings, NOW) == "2 given up"
    assert not program.heard


def test_where_nobody_is_or_no_address_leads_it_waits(sessions: sessionmaker[Session], settings: Settings) -> None:
    listen(sessions, f"http://127.0.0.1:{free_port()}/", "http://127.0.0.1:99999/", "http://localhost:0/ x")
    happen(sessions)
    assert post_webhooks(sessions, settings, NOW) == "3 waiting"
    assert all(delivery.last_error.startswith("It cannot be reached") for delivery in deliveries(sessions))


def test_outside_development_only_public_addresses_over_https_are_told(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that was public when it was typed may lead into our own network when we post."""
    monkeypatch.setattr(jobs.public_address, "resolve", lambda _host, _port: ["93.184.215.14", "127.0.0.1"])
    listen(sessions, program.url(), f"https://hooks.example.org:{program.port}/hook")
    happen(sessions)
    real = replace(settings, development=False, secret_key="s" * 32)
    assert post_webhooks(sessions, real, NOW) == "2 waiting"
    plain, private = deliveries(sessions)
    assert "does not begin with https" in plain.last_error
    assert "hooks.example.org leads to an address that is not public" in private.last_error
    assert not program.heard


def test_what_was_looked_up_is_where_it_connects(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is looked up twice may lead elsewhere the second time; the first address is tried before the next."""
    monkeypatch.setattr(jobs.receiver, "resolve", lambda _host, _port: ["::1", "127.0.0.1", "127.0.0.2"])
    listen(sessions, f"http://hooks.invalid:{program.port}/hook")
    happen(sessions)
    assert post_webhooks(sessions, settings, NOW) == "1 delivered"
    assert program.heard[0].headers["host"] == f"hooks.invalid:{program.port}"


def test_a_certificate_nobody_vouches_for_is_not_trusted(sessions: sessionmaker[Session], settings: Settings) -> None:
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def greet() -> None:
            line, _ = listener.accept()
            with line, pytest.raises(OSError), context.wrap_socket(line, server_side=True) as safe:
                safe.recv(1)

        thread = threading.Thread(target=greet)
        thread.start()
        listen(sessions, f"https://localhost:{port}/")
        happen(sessions)
        assert post_webhooks(sessions, settings, NOW) == "1 waiting"
        thread.join()
    assert "certificate" in deliveries(sessions)[0].last_error


def test_what_breaks_on_our_side_is_logged_and_stops_no_other(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher, caplog: pytest.LogCaptureFixture
) -> None:
    listen(sessions, program.url())
    with sessions.begin() as session:
        session.scalars(select(Webhook)).one().secret = "whsec_x"  # noqa: S105  no base64
    happen(sessions)
    assert post_webhooks(sessions, settings, NOW) == "1 waiting"
    assert "cannot be posted" in caplog.text


def test_a_crash_between_posting_and_marking_repeats_it_under_the_same_id(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen(sessions, program.url())
    happen(sessions)

    def crash(*_: Any) -> str:
        raise SystemExit("killed")

    with monkeypatch.context() as patch:
        patch.setattr(jobs.post_webhooks, "_mark", crash)
        with pytest.raises(SystemExit):
            post_webhooks(sessions, settings, NOW)
    assert post_webhooks(sessions, settings, NOW + timedelta(minutes=1)) == "nobody is to be told anything"
    assert post_webhooks(sessions, settings, NOW + LEASE) == "1 delivered"
    assert len({heard.headers["webhook-id"] for heard in program.heard}) == 1
    assert len(program.heard) == 2


def post_from_two_processes_at_once(sessions: sessionmaker[Session], settings: Settings) -> None:
    threads = [threading.Thread(target=post_webhooks, args=(sessions, settings, NOW)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_posters_at_once_tell_of_everything_once(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher
) -> None:
    listen(sessions, program.url("/one"), program.url("/other"))
    happen(sessions, times=15)
    post_from_two_processes_at_once(sessions, settings)
    assert set(Counter(heard.headers["webhook-id"] for heard in program.heard).values()) == {1}
    assert len(program.heard) == 30


def test_two_posters_at_once_repeat_themselves_when_nothing_is_claimed(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: without the claim the race above does show."""

    def read_only(session: Session, webhook_id: int, now: datetime, _lease: timedelta) -> Delivery | None:
        due = select(Delivery).where(Delivery.delivered_at.is_(None), Delivery.try_after <= now)
        return session.scalar(due.where(Delivery.webhook_id == webhook_id).order_by(Delivery.id).limit(1))

    monkeypatch.setattr(jobs.post_webhooks, "claim_delivery", read_only)
    listen(sessions, program.url())
    happen(sessions, times=15)
    post_from_two_processes_at_once(sessions, settings)
    assert max(Counter(heard.headers["webhook-id"] for heard in program.heard).values()) > 1


def test_a_failure_after_another_poster_took_over_decides_nothing(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    (webhook,) = listen(sessions, program.url())
    happen(sessions)
    program.answers["/hook"] = deque([500])
    post = jobs.receiver.post

    def slow(*args: Any) -> None:
        with sessions.begin() as session:
            assert claim_delivery(session, webhook.id, NOW + LEASE, LEASE)
        post(*args)

    monkeypatch.setattr(jobs.post_webhooks, "post", slow)
    assert post_webhooks(sessions, settings, NOW) == "1 taken over"
    assert deliveries(sessions)[0].last_error == ""


def test_a_run_that_is_frozen_or_long_claims_and_posts_no_more(
    sessions: sessionmaker[Session], settings: Settings, program: WebCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen(sessions, program.url())
    happen(sessions, times=2)
    clock = iter([0.0, 0.0, 1000.0, 0.0, 1.0, 1.0, 61.0])
    with monkeypatch.context() as patch:
        patch.setattr(jobs.post_webhooks, "monotonic", lambda: next(clock))
        assert post_webhooks(sessions, settings, NOW) == "nobody is to be told anything"
        assert post_webhooks(sessions, settings, NOW) == "1 delivered"
    assert post_webhooks(sessions, settings, NOW + LEASE) == "1 delivered"
