"""The address that an answer from a calendar is sent to: one for each seat, signed, so that nobody can guess another's."""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from hashlib import sha256

from data.match import Seat
from web.mail_names import address_of
from web.settings import Settings

DIGEST = 16  # bytes; in 26 small letters and digits, since mail servers may change a letter's case


class ReplyAddresses:
    """Makes addresses such as hello+c12-…@example.org, and says whose seat one of them is for."""

    def __init__(self, settings: Settings) -> None:
        self._local, _, self._domain = (settings.reply_address or address_of(settings.mail_from)).rpartition("@")
        self._key = settings.secret_key.encode()
        ours = rf"{re.escape(self._local)}\+c([1-9][0-9]{{0,9}})-([a-z2-7]{{26}})@{re.escape(self._domain)}"
        self._ours = re.compile(rf"(?<![^\s<,:]){ours}(?![^\s>,;])", re.IGNORECASE)

    def of(self, seat: Seat) -> str:
        """Return the address of one seat."""
        return f"{self._local}+c{seat.id}-{self._sign(seat.id)}@{self._domain}"

    def seat_in(self, words: str) -> int | None:
        """Return the number of the seat that a line of addresses names; none for no address of ours, or a forged one."""
        for number, signature in self._ours.findall(words):
            if hmac.compare_digest(self._sign(int(number)), signature.lower()):
                return int(number)
        return None

    def _sign(self, number: int) -> str:
        digest = hmac.new(self._key, f"calendar reply {number}".encode(), sha256).digest()
        return b32encode(digest[:DIGEST]).decode("ascii").rstrip("=").lower()
