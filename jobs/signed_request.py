"""A delivery as it goes over the wire: the body and the headers of the Standard Webhooks specification (version 1)."""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, b64encode
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from data.webhook import Delivery


class SignedRequest(NamedTuple):
    """What is posted, and where."""

    url: str
    body: bytes
    headers: dict[str, str]


def signed(delivery: Delivery, now: datetime) -> SignedRequest:
    """Return the request of a delivery at a moment: id and body are the same at each try, moment and signature are not."""
    webhook = delivery.webhook
    facts = {"type": delivery.event, "timestamp": delivery.happened_at.isoformat(), "data": delivery.facts}
    body = json.dumps(facts, sort_keys=True).encode()
    moment = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Hello-Stranger",
        "Connection": "close",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": moment,
        "webhook-signature": signature_of(webhook.secret, delivery.message_id, moment, body),
    }
    return SignedRequest(webhook.url, body, headers)


def signature_of(secret: str, message_id: str, moment: str, body: bytes) -> str:
    """Return the signature: HMAC-SHA256 over id, moment and body, with the key that the secret holds in base64."""
    key = b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{message_id}.{moment}.".encode() + body, sha256).digest()
    return f"v1,{b64encode(digest).decode()}"
