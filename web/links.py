"""The links in letters: signed, each for one purpose, dead after a time; none of them acts until a button is pressed."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from data.match import Seat
from data.member import Member
from data.sign_in import GOOD_FOR, SignIn
from web.settings import Settings

CONFIRM_FOR = timedelta(days=14)
NEW_ADDRESS_FOR = timedelta(days=1)
AFTER_MEETING = timedelta(days=7)
AFTER_MONDAY = timedelta(days=7)
ASKED_FOR_A_SIDE = timedelta(days=14)  # longer than it takes until silence counts


class Links:
    """Makes absolute links from the configured base URL, and reads the tokens in them.

    The same fact always makes the same link. A reader returns none for a token that is forged, changed, made for
    another purpose, or past its time; which of these it was makes no difference to whoever sent it.
    """

    def __init__(self, settings: Settings) -> None:
        self._base = settings.base_url.rstrip("/")
        # Deriving a key for each purpose takes as long as signing; a serializer keeps nothing of what it has signed.
        self._serializer = cache(partial(_serializer, settings.secret_key))

    def confirm_url(self, member: Member, now: datetime) -> str:
        """The page where a new member says that the address is theirs, for two weeks from `now`."""
        return self._url("confirm", member.id, now + CONFIRM_FOR)

    def new_address_url(self, member: Member, address: str, now: datetime) -> str:
        """The page where a member says that a new address is theirs, for a day from `now`."""
        return self._url("new-address", member.id, now + NEW_ADDRESS_FOR, member.email, address)

    def sign_in_url(self, sign_in: SignIn) -> str:
        """The page that signs a member in, while the sign-in is good."""
        return self._url("sign-in", sign_in.id, sign_in.asked_at + GOOD_FOR)

    def match_url(self, seat: Seat) -> str:
        """The page of one seat's match, until a week after its round's last day, whenever they come to meet."""
        return self._url("matches", seat.id, seat.match.round.over_at + AFTER_MEETING)

    def feedback_url(self, seat: Seat) -> str:
        """The page that asks one seat how it was, as long."""
        return self._url("feedback", seat.id, seat.match.round.over_at + AFTER_MEETING)

    def your_side_url(self, seat: Seat, asked_at: datetime) -> str:
        """The same page, open at least until silence counts: whoever is asked late has as much time."""
        until = max(seat.match.round.over_at + AFTER_MEETING, asked_at + ASKED_FOR_A_SIDE)
        return self._url("feedback", seat.id, until)

    def week_url(self, member: Member, monday: date) -> str:
        """The page where a member skips the round of `monday` or pauses, until that week is over."""
        until = datetime.combine(monday, time(), UTC) + AFTER_MONDAY
        return self._url("next-week", member.id, until, monday.isoformat())

    def return_url(self, member: Member) -> str:
        """The page where a member who fell quiet comes back; it works for ever, as nobody is to hurry."""
        return self._url("return", member.id, None)

    def unsubscribe_url(self, member: Member) -> str:
        """The page that ends all weekly letters; it works for ever, as old letters must."""
        return self._url("unsubscribe", member.id, None)

    def profile_url(self) -> str:
        """The page where a member changes their profile, once signed in."""
        return f"{self._base}/profile"

    def strangers_url(self) -> str:
        """The page of those a member has met, once signed in."""
        return f"{self._base}/strangers"

    def this_week_url(self) -> str:
        """The page where a member sees their meeting, once signed in."""
        return f"{self._base}/this-week"

    def calendar_url(self, key: str) -> str:
        """The calendar of whoever has this key: a secret, good until they ask for a new one."""
        return f"{self._base}/calendar/{key}.ics"

    def queue_url(self) -> str:
        """The page of the desk where reports wait, for those who look after the community."""
        return f"{self._base}/desk/queue"

    def home_url(self) -> str:
        """The front page."""
        return f"{self._base}/"

    def read_confirm(self, token: str, now: datetime) -> int | None:
        """Return the number of the member whose address the token confirms."""
        return self._number("confirm", token, now)

    def read_new_address(self, token: str, now: datetime) -> tuple[int, str, str] | None:
        """Return the number of the member, the address they had when they asked, and the new one."""
        payload = self._read("new-address", token, now)
        return (payload[0], payload[2], payload[3]) if payload else None

    def read_sign_in(self, token: str, now: datetime) -> int | None:
        """Return the number of the sign-in the token opens."""
        return self._number("sign-in", token, now)

    def read_match(self, token: str, now: datetime) -> int | None:
        """Return the number of the seat whose match the token shows."""
        return self._number("matches", token, now)

    def read_feedback(self, token: str, now: datetime) -> int | None:
        """Return the number of the seat the token asks for feedback."""
        return self._number("feedback", token, now)

    def read_week(self, token: str, now: datetime) -> tuple[int, date] | None:
        """Return the number of the member and the Monday the token is about."""
        payload = self._read("next-week", token, now)
        return (payload[0], date.fromisoformat(payload[2])) if payload else None

    def read_return(self, token: str, now: datetime) -> int | None:
        """Return the number of the member whom the token lets back in."""
        return self._number("return", token, now)

    def read_unsubscribe(self, token: str, now: datetime) -> int | None:
        """Return the number of the member the token unsubscribes."""
        return self._number("unsubscribe", token, now)

    def _url(self, purpose: str, number: int | None, until: datetime | None, *more: str | None) -> str:
        if number is None:
            raise ValueError("A link names a row that is in the database: flush the session first")
        last_second = int(until.timestamp()) if until else None
        return f"{self._base}/{purpose}/{self._serializer(purpose).dumps([number, last_second, *more])}"

    def _number(self, purpose: str, token: str, now: datetime) -> int | None:
        payload = self._read(purpose, token, now)
        return int(payload[0]) if payload else None

    def _read(self, purpose: str, token: str, now: datetime) -> list[Any] | None:
        if not token.isascii():
            return None
        serializer = self._serializer(purpose)
        try:
            payload: list[Any] = serializer.loads(token)
        except BadData:
            return None
        # Base64 has spare bits at its end: only the spelling we made ourselves counts.
        if not hmac.compare_digest(serializer.dumps(payload), token):
            return None
        return payload if payload[1] is None or now.timestamp() <= payload[1] else None


def _serializer(key: str, purpose: str) -> URLSafeSerializer:
    keyed = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(key, salt=f"link {purpose}", signer_kwargs=keyed)
