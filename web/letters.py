"""Writes letters with the event they tell of, in its transaction, once for each reader and occasion."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from data.letter import Kind, Letter
from data.match import Seat
from data.member import Member
from data.note import Note
from data.sign_in import GOOD_FOR, SignIn
from web.habit_letters import HabitLetters
from web.letter_texts import Trusted
from web.links import CONFIRM_FOR, NEW_ADDRESS_FOR
from web.mail_names import address_of
from web.match_letters import MatchLetters
from web.note_letters import NoteLetters
from web.organisers_letters import OrganisersLetters
from web.pen import Draft


class Letters(MatchLetters, HabitLetters, NoteLetters, OrganisersLetters):
    """One method a kind of letter; each returns it, or none when its reader already has one for the occasion."""

    def confirm(self, session: Session, member: Member, now: datetime) -> Letter | None:
        """Ask whether the address is theirs; once an hour, however often it is asked for.

        It holds no word of the person who signed up: they may have typed a stranger's address.
        """
        session.flush()
        facts = {"link": Trusted(self._links.confirm_url(member, now))}
        draft = Draft("confirm", _hourly("confirm", member.email or "", now), facts, {"try_until": now + CONFIRM_FOR})
        return self._pen.to_member(session, member, draft, now)

    def new_address(self, session: Session, member: Member, address: str, now: datetime) -> Letter | None:
        """Ask at a new address whether it is theirs; as a stranger's may have been typed, no word of theirs is in it."""
        session.flush()
        facts = {"link": Trusted(self._links.new_address_url(member, address, now))}
        columns = {"address": address, "try_until": now + NEW_ADDRESS_FOR}
        return self._pen.to_member(
            session, member, Draft("new_address", _hourly("new_address", address, now), facts, columns), now
        )

    def sign_in(self, session: Session, sign_in: SignIn, code: str, now: datetime) -> Letter | None:
        """Send the link and the code that sign a member in, while they are good."""
        session.flush()
        minutes = GOOD_FOR // timedelta(minutes=1)
        facts = {"link": Trusted(self._links.sign_in_url(sign_in)), "code": code, "minutes": minutes}
        draft = Draft("sign_in", f"sign_in {sign_in.id}", facts, {"try_until": sign_in.asked_at + GOOD_FOR})
        return self._pen.to_member(session, sign_in.member, draft, now)

    def goodbye(self, session: Session, member: Member, address: str, first_name: str, now: datetime) -> Letter | None:
        """Tell somebody who has left what was forgotten."""
        facts = {"first_name": first_name, "link": Trusted(self._links.home_url())}
        columns = {"member_id": member.id, "address": address}
        return self._pen.write(session, Draft("goodbye", "goodbye", facts, columns), now)

    def report(
        self, session: Session, seat: Seat, words: str, now: datetime, about: Note | None = None
    ) -> Letter | None:
        """Hand what a member reports about their match, or about one note, to the operator; nobody else ever reads it."""
        session.flush()
        columns = {"match_id": seat.match_id, "address": address_of(self._settings.operator)}
        occasion = f"report {seat.id} {_digest(words + (f' {about.id}' if about else ''))}"
        facts = {"seat": seat, "words": words, "about": about, "queue": Trusted(self._links.queue_url())}
        return self._pen.write(session, Draft("report", occasion, facts, columns), now)


def _hourly(kind: Kind, address: str, now: datetime) -> str:
    """An occasion that comes once an hour, so that nobody can fill a stranger's mailbox through our forms."""
    return f"{kind} {_digest(address)} {now.astimezone(UTC):%Y-%m-%d %H}"


def _digest(words: str) -> str:
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:12]
