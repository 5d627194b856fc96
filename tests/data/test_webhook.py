"""Webhooks hear of what they have asked for, in numbers alone."""

from __future__ import annotations

from base64 import b64decode

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from data.match import Match
from data.old import forget_old_deliveries
from data.webhook import (
    Delivery,
    add_webhook,
    facts_of,
    latest_deliveries,
    lock_webhook,
    ping,
    tell_of_many,
    tell_webhooks,
    webhooks,
)
from tests.cast import ADA, at, join

NOW = at("mon 09:00")


def test_each_has_a_secret_of_its_own_as_the_specification_writes_it(session: Session) -> None:
    ada = join(session, ADA)
    one, other = (add_webhook(session, url, [], ada.id, NOW) for url in ("https://a.example", "https://b.example"))
    assert one.secret != other.secret
    assert 24 <= len(b64decode(one.secret.removeprefix("whsec_"))) <= 64
    before, mark = one.secret, one.secret_mark
    one.renew_secret()
    assert one.secret != before
    assert one.secret_mark != mark
    assert mark not in before


def test_who_has_ended_or_not_asked_is_not_told_and_a_ping_goes_to_one_alone(session: Session) -> None:
    ada = join(session, ADA)
    asks, not_asks, ended = (
        add_webhook(session, f"https://{number}.example", events, ada.id, NOW)
        for number, events in enumerate((["reported"], ["match_on"], ["reported"]))
    )
    ended.ended_at = NOW
    tell_webhooks(session, "reported", {"match": 1}, NOW)
    ping(session, not_asks, NOW)
    told = [(delivery.webhook_id, delivery.event, delivery.facts) for delivery in latest_deliveries(session, 9)]
    assert told == [(not_asks.id, "ping", {}), (asks.id, "reported", {"match": 1})]
    assert [webhook.id for webhook in webhooks(session)] == [asks.id, not_asks.id]
    assert lock_webhook(session, ended.id) is None


def test_thousands_are_told_of_with_two_questions(session: Session, engine: Engine) -> None:
    ada = join(session, ADA)
    for number in range(2):
        add_webhook(session, f"https://{number}.example", ["match_made"], ada.id, NOW)
    session.commit()
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    tell_of_many(session, "match_made", ({"match": number} for number in range(2000)), NOW)
    selects = [statement for statement in asked if statement.startswith("SELECT")]
    assert (len(selects), len(asked) < 12) == (1, True)
    deliveries = latest_deliveries(session, 9999)
    assert len(deliveries) == 4000
    assert len({delivery.message_id for delivery in deliveries}) == 4000


def test_a_match_is_told_of_in_numbers(trio: Match) -> None:
    facts = facts_of(trio)
    assert facts == {
        "match": trio.id,
        "round": "2026-11-23",
        "mode": "in_person",
        "members": [seat.member_id for seat in trio.seats],
        "made_at": "2026-11-23T06:00:00+00:00",
        "on_at": "2026-11-23T10:00:00+00:00",
        "meets_at": "2026-11-26T17:00:00+00:00",
    }


def test_what_happened_more_than_thirty_days_ago_is_forgotten(session: Session) -> None:
    webhook = add_webhook(session, "https://a.example", [], join(session, ADA).id, NOW)
    ping(session, webhook, at("mon 09:00", weeks=-5))
    ping(session, webhook, at("mon 09:00", weeks=-4))
    session.flush()
    assert forget_old_deliveries(session, NOW) == 0  # they are still to be told
    for delivery in session.scalars(select(Delivery)):
        delivery.delivered_at = delivery.happened_at
    assert forget_old_deliveries(session, NOW) == 1
    assert session.scalars(select(Delivery.happened_at)).all() == [at("mon 09:00", weeks=-4)]
