"""The deliveries that are due: claimed one at a time for each webhook, and taken by nobody else meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from data.webhook import Delivery, Webhook


def webhooks_due(session: Session, now: datetime) -> list[int]:
    """Return the numbers of the webhooks for which something is due, those that have ended included."""
    due = select(Delivery.id).where(Delivery.webhook_id == Webhook.id, *_due(now)).exists()
    return list(session.scalars(select(Webhook.id).where(due).order_by(Webhook.id)))


def claim_delivery(session: Session, webhook_id: int, now: datetime, lease: timedelta) -> Delivery | None:
    """Take the next delivery for a webhook; whoever else asks gets another for the time of the lease.

    It is one statement that two posters cannot both win. The pick is MATERIALIZED because PostgreSQL may run a plain
    sub-select with a LIMIT more than once; SQLite has one writer at a time and ignores the locking clause.
    Commit before posting: then a crash costs only the lease.
    """
    due = Delivery.webhook_id == webhook_id, *_due(now)
    first = select(Delivery.id).where(*due).order_by(Delivery.try_after, Delivery.id).limit(1)
    pick = first.with_for_update(skip_locked=True).cte("pick").prefix_with("MATERIALIZED")
    taken = update(Delivery).where(Delivery.id.in_(select(pick.c.id)))
    claimed = taken.values(tries=Delivery.tries + 1, try_after=now + lease).returning(Delivery.id)
    number = session.scalar(claimed.execution_options(synchronize_session=False))
    return session.get(Delivery, number, populate_existing=True) if number is not None else None


def open_delivery(session: Session, number: int) -> Delivery | None:
    """Return a delivery locked, unless the other side has heard or it is given up."""
    found = Delivery.id == number, Delivery.delivered_at.is_(None), Delivery.given_up_at.is_(None)
    locked = select(Delivery).where(*found).with_for_update(of=Delivery)
    return session.scalar(locked.execution_options(populate_existing=True))


def still_claimed(session: Session, delivery: Delivery) -> Delivery | None:
    """Return the delivery locked, as it stands now, unless another poster has taken it over since it was claimed."""
    tries = delivery.tries  # of our own claim: the row read anew may be the same object
    found = open_delivery(session, delivery.id)
    return found if found is not None and found.tries == tries else None


def is_pinged(session: Session, webhook_id: int) -> bool:
    """Whether a trial delivery to a webhook is on its way."""
    waits = Delivery.delivered_at.is_(None), Delivery.given_up_at.is_(None)
    pings = select(Delivery.id).where(Delivery.webhook_id == webhook_id, Delivery.event == "ping", *waits)
    return session.scalar(pings.limit(1)) is not None


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Delivery.delivered_at.is_(None), Delivery.given_up_at.is_(None), Delivery.try_after <= now
