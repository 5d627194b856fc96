"""Puts a draft into words and writes the letter down: to a seat, with all that its match tells, or to a member."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy.orm import Session

from data.community import community_of
from data.letter import Kind, Letter, write
from data.match import Seat
from data.member import Member
from web.language import DEFAULT, speaking
from web.letter_texts import LetterTexts, Trusted
from web.links import Links
from web.mail_names import address_of
from web.settings import Settings
from web.terms import terms_of
from web.wording import isolated


@dataclass(frozen=True)
class Draft:
    """What a letter is to say: the facts its text needs, and columns of its row that are not as usual."""

    kind: Kind
    occasion: str
    facts: dict[str, Any]
    columns: dict[str, Any] = field(default_factory=dict)
    language: str = DEFAULT.code  # of whoever reads it


class Pen:
    """Writes drafts; each method returns the letter, or none when its reader already has one for the occasion."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._links = Links(settings)
        self._texts = LetterTexts()
        self._domain = address_of(settings.mail_from).rpartition("@")[2]

    def to_seat(self, session: Session, seat: Seat, draft: Draft, now: datetime) -> Letter | None:
        """Write to the member of a seat about its match; the occasion is one of that seat alone."""
        session.flush()
        match = seat.match
        link = self._links.feedback_url(seat) if draft.kind == "how_was_it" else self._links.match_url(seat)
        known = {
            "seat": seat,
            "match": match,
            "partners": seat.partners,
            "room": Trusted(terms_of(session, self._settings).call_url_template.format(room=match.room)),
            "link": Trusted(link),
            "zone": seat.time_zone,
        }
        occasion = f"{draft.kind} {seat.id} {draft.occasion}".strip()
        columns = {"match_id": match.id} | draft.columns
        facts = known | draft.facts
        return self.to_member(
            session, seat.member, replace(draft, occasion=occasion, facts=facts, columns=columns), now
        )

    def to_member(self, session: Session, member: Member, draft: Draft, now: datetime) -> Letter | None:
        """Write to a member, at their address unless the draft names another."""
        columns = {"member_id": member.id, "address": member.email} | draft.columns
        draft = replace(draft, facts=self._known_of(member) | draft.facts, columns=columns, language=member.language)
        return self.write(session, draft, now)

    def read_by(self, session: Session, member: Member, draft: Draft) -> tuple[str, str]:
        """Return the subject and the text of a draft as a member would read it, and write nothing."""
        with speaking(member.language):
            return self._texts.render(draft.kind, _of_community(session) | self._known_of(member) | draft.facts)

    def write(self, session: Session, draft: Draft, now: datetime) -> Letter | None:
        """Write to whom the draft's columns name."""
        with speaking(draft.language):
            subject, text = self._texts.render(draft.kind, _of_community(session) | draft.facts)
        fixed = {
            "kind": draft.kind,
            "occasion": draft.occasion,
            "subject": subject,
            "text": text,
            "language": draft.language,
            "message_id": f"<{token_hex(16)}@{self._domain}>",
            "written_at": now,
            "try_after": now,
        }
        return write(session, **(fixed | draft.columns))

    def _known_of(self, member: Member) -> dict[str, Any]:
        unsubscribe = Trusted(self._links.unsubscribe_url(member))
        return {"reader": member, "zone": member.time_zone, "unsubscribe": unsubscribe}


def _of_community(session: Session) -> dict[str, Any]:
    here = community_of(session)
    return {"name": Trusted(isolated(here.name)), "cadence": here.cadence_weeks}
