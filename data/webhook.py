"""Webhooks: other programs are told what happens here, at least once, each time signed; an outbox, as letters are.

Requests follow the Standard Webhooks specification (standardwebhooks.com, 2023): an id that stays the same however
often a delivery is tried, a moment, and an HMAC of both with the body.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, timedelta
from secrets import token_bytes, token_urlsafe
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime

Event = Literal["match_made", "match_on", "match_held", "reported"]
EVENTS: tuple[Event, ...] = ("match_made", "match_on", "match_held", "reported")
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=3)
OPEN = "delivered_at IS NULL AND given_up_at IS NULL"


class Webhook(Base):
    """Where to tell, of what, and the secret both sides know."""

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    url: Mapped[str] = mapped_column(String(500))
    events: Mapped[list[str]] = mapped_column(JSON)
    secret: Mapped[str] = mapped_column(String(60), default=lambda: f"whsec_{b64encode(token_bytes(24)).decode()}")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Delivery(Base):
    """One event for one webhook, told until the other side says that it has heard."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_open", "try_after", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
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


def tell_webhooks(session: Session, event: Event, facts: dict[str, Any], now: datetime) -> None:
    """Note, in the transaction of what has happened, whom to tell of it; facts are numbers, never names or addresses."""
    for webhook in webhooks(session):
        if event in webhook.events:
            session.add(Delivery(webhook_id=webhook.id, event=event, facts=facts, happened_at=now, try_after=now))


def webhooks(session: Session) -> list[Webhook]:
    """Return the webhooks at work, the oldest first."""
    return list(session.scalars(select(Webhook).where(Webhook.ended_at.is_(None)).order_by(Webhook.id)))
