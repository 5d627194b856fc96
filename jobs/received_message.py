"""Opens a message somebody has sent, as far as an answer from a calendar needs it: bounded first, parsed afterwards.

An answer is a few kilobytes with a handful of parts. Whatever is larger, deeper or longer than any calendar
writes is not parsed at all, so that no message costs more than a moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

LARGEST = 256 * 1024  # bytes
MOST = {
    "lines": (re.compile(rb"\n"), 8_000),
    "parts": (re.compile(rb"^--", re.MULTILINE), 200),
    "headers of parts": (re.compile(rb"^content-type:", re.MULTILINE | re.IGNORECASE), 40),
}
# The longest a header may be, its folded lines included: reading some costs the square of their length.
LONGEST = {
    "type": (re.compile(rb"^content-[a-z-]+:.*(?:\n[ \t].*)*", re.MULTILINE | re.IGNORECASE), 1_000),
    "sender": (re.compile(rb"^(?:from|authentication-results):.*(?:\n[ \t].*)*", re.MULTILINE | re.IGNORECASE), 4_000),
}
LARGEST_CALENDAR = 32 * 1024  # bytes
CHARSETS = {"utf-8", "us-ascii", "iso-8859-1", "windows-1252"}
ENCODINGS = {"", "7bit", "8bit", "binary", "quoted-printable", "base64"}
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
COMMENT = re.compile(r"\([^()]*\)")
DEEPEST_COMMENT = 5
PASSED = re.compile(r"\s*dmarc\s*=\s*pass(?![\w-])", re.IGNORECASE)
ADDRESS = r"[^\s<>@,;:()]+@[^\s<>@,;:()]+"
SENDER = re.compile(rf"[^<>@,;:]*<\s*({ADDRESS})\s*>|({ADDRESS})")
TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To")


class NotAnAnswer(Exception):
    """What was received is no answer to an invitation of ours; the message says why."""


def open_message(raw: bytes) -> Message:
    """Return a message, parsed. Raises NotAnAnswer for one that no calendar would send."""
    if len(raw) > LARGEST:
        raise NotAnAnswer("too large")
    plain = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for what, (sign, most) in MOST.items():
        if sum(1 for _ in sign.finditer(plain)) > most:
            raise NotAnAnswer(f"too many {what}")
    for what, (header, longest) in LONGEST.items():
        if any(len(found[0]) > longest for found in header.finditer(plain)):
            raise NotAnAnswer(f"too long a {what}")
    return message_from_bytes(plain, policy=compat32)


def calendar_in(message: Message) -> str:
    """Return the text of its one calendar part. Raises NotAnAnswer."""
    parts = [part for part in _leaves(message) if part.get_content_type() == "text/calendar"]
    if len(parts) != 1:
        raise NotAnAnswer(f"{len(parts)} calendars in it")
    [part] = parts
    charset = str(part.get_param("charset", "utf-8")).lower()
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if charset not in CHARSETS or encoding not in ENCODINGS:
        raise NotAnAnswer("a calendar in unknown letters")
    if str(part.get_param("method", "REPLY")).upper() != "REPLY":
        raise NotAnAnswer("a calendar that is no reply")
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or len(payload) > LARGEST_CALENDAR:
        raise NotAnAnswer("too large a calendar")
    try:
        return payload.decode(charset).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise NotAnAnswer("a calendar in broken letters") from error


def recipients_of(message: Message) -> str:
    """Return every address it says it was sent to, as one text."""
    return "\n".join(str(line) for name in TO for line in message.get_all(name, []))


def sender_of(message: Message) -> str:
    """Return the one address it says it is from. Raises NotAnAnswer for none, several, or one that can be read in two ways."""
    lines = message.get_all("From", [])
    if len(lines) != 1:
        raise NotAnAnswer("not from one sender")
    found = SENDER.fullmatch(_bare(str(lines[0])))
    if found is None:
        raise NotAnAnswer("not from one sender")
    return found[1] or found[2]


def is_vouched_for(message: Message, authserv_id: str) -> bool:
    """Whether the mail server of that name says that the sender is real.

    It writes on top, and takes away what others have written under its name (RFC 8601): its first word counts.
    """
    for line in message.get_all("Authentication-Results", []):
        name, _, results = str(line).partition(";")
        if name.lower().split()[:1] == [authserv_id.lower()]:
            return any(PASSED.match(result) for result in _bare(results).split(";"))
    return False


def _bare(words: str) -> str:
    """Leave out of a header what only explains it: comments, and names in quotes; nothing is left of a broken one."""
    bare = QUOTED.sub(" ", words)
    for _ in range(DEEPEST_COMMENT):
        bare = COMMENT.sub(" ", bare)
    return "" if set(bare) & set('"()') else bare.strip()


def _leaves(message: Message) -> Iterator[Message]:
    """Return its parts that hold something; a message inside the message was somebody else's."""
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.get_payload():
            yield from _leaves(part)  # type: ignore[arg-type]  # the parts of a multipart are messages
    elif not message.is_multipart():
        yield message
