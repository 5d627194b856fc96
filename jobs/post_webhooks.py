"""Tells other programs what has happened here: posts the deliveries that are due; what fails waits and is tried again."""

from __future__ import annotations

import logging
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from sqlalchemy.orm import Session, sessionmaker

from data.due_deliveries import claim_delivery, open_delivery, still_claimed, webhooks_due
from data.webhook import Delivery
from jobs.receiver import PATIENCE, NotReached, NotTaken, post
from jobs.signed_request import signed
from web.settings import Settings

# Each webhook has a thread of its own: whoever stalls keeps nobody waiting but itself, and for PATIENCE only.
MOST_AT_ONCE = 8
# A run takes `now` for the time as long as it lasts, so it is short; the timetable soon starts the next.
LONGEST_RUN = 60  # seconds, after which nothing is claimed any more
LONGEST_PAUSE = 60  # seconds for which the process may be frozen without something being told twice
LONGEST_LOOK_UP = 60  # seconds the system may take to look up a name
# A claim outlives the run, the pause and the slowest posting: until then the delivery is ours.
LEASE = timedelta(seconds=LONGEST_RUN + LONGEST_PAUSE + LONGEST_LOOK_UP + 2 * PATIENCE)
log = logging.getLogger(__name__)


class Ended(Exception):
    """The webhook has ended."""


def post_webhooks(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Post what is due to all webhooks at once, one request after the other to each; return how much that was.

    Each delivery is claimed in a transaction, posted outside any, and marked in the next one, which claims the next.
    A crash between posting and marking posts it once more, under the same id. A webhook that cannot be reached is left
    alone for the rest of the run.
    """
    with sessions() as session:
        due = webhooks_due(session, now)
    if not due:
        return "nobody is to be told anything"
    ends = monotonic() + LONGEST_RUN
    with ThreadPoolExecutor(min(MOST_AT_ONCE, len(due))) as threads:
        counts = sum(threads.map(partial(_post_to, sessions, settings, now, ends), due), Counter[str]())
    return ", ".join(f"{count} {what}" for what, count in sorted(counts.items())) or "nobody is to be told anything"


def _post_to(
    sessions: sessionmaker[Session], settings: Settings, now: datetime, ends: float, webhook_id: int
) -> Counter[str]:
    """Post what is due for one webhook, until the run `ends`; count what came of it."""
    counts: Counter[str] = Counter()
    with sessions.begin() as session:
        delivery = claim_delivery(session, webhook_id, now, LEASE) if monotonic() < ends else None
    while delivery is not None and monotonic() < ends + LONGEST_PAUSE:
        failure = _post(delivery, settings, now)
        goes_on = monotonic() < ends and not isinstance(failure, NotReached)
        with sessions.begin() as session:
            counts[_mark(session, delivery, failure, now)] += 1
            delivery = claim_delivery(session, webhook_id, now, LEASE) if goes_on else None
    return counts


def _post(delivery: Delivery, settings: Settings, now: datetime) -> Exception | None:
    """Post one delivery; return what stood in the way, if anything."""
    if delivery.webhook.ended_at is not None:
        return Ended("The webhook has ended.")
    try:
        post(signed(delivery, now), settings)
    except (NotTaken, NotReached) as failure:
        return failure
    except Exception as failure:
        # Whatever it is, the other deliveries still go out, and this one waits until it is mended.
        log.exception("Delivery %s (%s) cannot be posted", delivery.id, delivery.event)
        return failure
    return None


def _mark(session: Session, delivery: Delivery, failure: Exception | None, now: datetime) -> str:
    """Write down what came of a delivery, in words for the log; a claim that was lost meanwhile decides nothing."""
    if failure is None:
        heard = open_delivery(session, delivery.id)
        if heard is not None:
            heard.was_delivered(now)
        return "delivered"
    tried = still_claimed(session, delivery)
    if tried is None:
        return "taken over"
    if isinstance(failure, Ended):
        tried.give_up(now, str(failure))
    else:
        tried.failed(now, str(failure) or type(failure).__name__)
    return "waiting" if tried.given_up_at is None else "given up"
