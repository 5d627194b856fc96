"""The letter in which organisers write to many: their own words, with links, in our frame."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from data.letter import Letter
from data.member import Member
from web.pen import Draft, Pen

GOOD_FOR = timedelta(days=7)  # after which a message that could not be posted is no news any more


class Message(NamedTuple):
    """What organisers say, and the number of the task in which they say it: one letter of it each."""

    task_id: int
    subject: str
    words: str


class OrganisersLetters:
    """What comes from the desk."""

    _pen: Pen

    def message(self, session: Session, member: Member, message: Message, now: datetime) -> Letter | None:
        """Write what organisers say to a member, once for each time they say something."""
        return self._pen.to_member(session, member, _draft(message, {"try_until": now + GOOD_FOR}), now)

    def message_as_read(self, session: Session, member: Member, message: Message) -> tuple[str, str]:
        """Return the subject and the text of it as a member would get it; nothing is written."""
        return self._pen.read_by(session, member, _draft(message, {}))


def _draft(message: Message, columns: dict[str, object]) -> Draft:
    facts = {"subject": message.subject, "words": message.words}
    return Draft("message", f"message {message.task_id}", facts, columns)
