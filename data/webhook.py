"""Webhooks: other programs are told what happens here, at least once, each time signed; an outbox, as letters are.

Requests follow the Standard Webhooks specification (standardwebhooks.com, 2023): an id that stays the same however
often a delivery is tried, a moment, and an HMAC of both with the body.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_bytes, token_urlsafe
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text, insert, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.match import Match
from data.retry import wait_before

Event = Literal["match_made", "match_on", "match_held", "reported", "ping"]
EVENTS: tuple[Event, ...] = ("match_made", "match_on", "match_held", "reported")  # a ping comes only when asked for
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=3)
LONGEST_ERROR = 500
Facts = dict[str, Any]
OPEN = "delivered_at IS NULL AND given_up_at IS NULL"


def new_secret() -> str:
    """Return a secret as the specification writes it: 24 random bytes."""
    return f"whsec_{b64encode(token_bytes(24)).decode()}"


class Webhook(Base):
    """Where to tell, of what, and the secret both sides know."""

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    url: Mapped[str] = mapped_column(String(500))
    events: Mapped[list[str]] = mapped_column(JSON)
    secret: Mapped[str] = mapped_column(String(60), default=new_secret)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def secret_mark(self) -> str:
        """By what its secret can be told from the next, and never be known."""
        return sha256(self.secret.encode()).hexdigest()[:16]

    def renew_secret(self) -> None:
        """Sign with another secret from the next try on, deliveries that wait included."""
        self.secret = new_secret()


class Delivery(Base):
    """One event for one webhook, told until the other side says that it has heard."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index(
            "ix_delivery_open", "webhook_id", "try_after", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"), index=True)
    event: Mapped[str] = mapped_column(String(20))
    message_id: Mapped[str] = mapped_column(String(60), default=lambda: f"msg_{token_urlsafe(24)}")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    try_after: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(Text, default="")

    webhook: Mapped[Webhook] = relationship(lazy="joined")

    def was_delivered(self, now: datetime) -> None:
        """The other side has heard."""
        self.delivered_at, self.last_error = now, ""

    def failed(self, now: datetime, error: str) -> None:
        """It did not get there this time: wait 30 s, then twice as long each time, six hours at most, three days in all.

        The wait is stretched by up to a quarter by the number, so that what failed together does not all come back
        together.
        """
        self.last_error = error[:LONGEST_ERROR]
        if now - self.happened_at >= GIVE_UP_AFTER:
            self.given_up_at = now
            return
        self.try_after = now + wait_before(self.tries, FIRST_RETRY, LAST_RETRY, self.id)

    def give_up(self, now: datetime, why: str) -> None:
        """Try it no more."""
        self.given_up_at, self.last_error = now, why


def tell_webhooks(session: Session, event: Event, facts: Facts, now: datetime) -> None:
    """Note, in the transaction of what has happened, whom to tell of it; facts are numbers, never names or addresses."""
    tell_of_many(session, event, [facts], now)


def tell_of_many(session: Session, event: Event, many: Iterable[Facts], now: datetime) -> None:
    """The same of many events of one kind at once: the webhooks are read once, and all is written in one statement."""
    told = [webhook.id for webhook in webhooks(session) if event in webhook.events]
    if not told:
        return
    common = {"event": event, "happened_at": now, "try_after": now}
    rows = [{"webhook_id": number, "facts": facts} | common for facts in many for number in told]
    if rows:
        session.execute(insert(Delivery), rows)


def add_webhook(session: Session, url: str, events: Sequence[str], by_id: int, now: datetime) -> Webhook:
    """Tell an address of these events from now on, signed with a secret of its own."""
    webhook = Webhook(url=url, events=list(events), made_by_id=by_id, made_at=now)
    session.add(webhook)
    session.flush()
    return webhook


def ping(session: Session, webhook: Webhook, now: datetime) -> None:
    """Tell one webhook of nothing, to try it out."""
    session.add(Delivery(webhook_id=webhook.id, event="ping", facts={}, happened_at=now, try_after=now))


def facts_of(match: Match) -> Facts:
    """Return what other programs may hear of a match: numbers, its mode and its times, nothing anybody wrote."""
    return {
        "match": match.id,
        "round": match.round.monday.isoformat(),
        "mode": match.mode,
        "members": [seat.member_id for seat in match.seats],
        "made_at": match.made_at.isoformat(),
        "on_at": match.on_at.isoformat() if match.on_at else None,
        "meets_at": match.meets_at.isoformat() if match.meets_at else None,
    }


def webhooks(session: Session) -> list[Webhook]:
    """Return the webhooks at work, the oldest first."""
    return list(session.scalars(select(Webhook).where(Webhook.ended_at.is_(None)).order_by(Webhook.id)))


def lock_webhook(session: Session, number: int) -> Webhook | None:
    """Return a webhook at work as it stands, locked until the transaction ends."""
    found = select(Webhook).where(Webhook.id == number, Webhook.ended_at.is_(None)).with_for_update(of=Webhook)
    return session.scalar(found.execution_options(populate_existing=True))


def latest_deliveries(session: Session, most: int) -> list[Delivery]:
    """Return the newest deliveries first."""
    return list(session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(most)))
