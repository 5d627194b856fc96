"""The letters in which the people of a match speak to each other: a note, and another place to meet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from data.letter import Letter
from data.match import Seat
from data.note import Note, notes_close_at
from web.letter_texts import Trusted
from web.links import Links
from web.pen import Draft, Pen


class NoteLetters:
    """Letters that carry the words of one to another; the address of neither is in them."""

    _links: Links
    _pen: Pen

    def note(self, session: Session, seat: Seat, note: Note, now: datetime) -> Letter | None:
        """Hand on what one wrote to the member of a seat, with how to answer and how to report it."""
        session.flush()
        facts = {
            "note": note,
            "writer": note.seat.member,
            "report": Trusted(f"{self._links.match_url(seat)}/report?note={note.id}"),
        }
        draft = Draft("note", str(note.id), facts, {"try_until": notes_close_at(seat.match)})
        return self._pen.to_seat(session, seat, draft, now)

    def another_place(self, session: Session, seat: Seat, proposer: Seat, now: datetime) -> Letter | None:
        """Tell the member of a seat which place another proposes, and that nothing changes without their yes."""
        facts = {"proposer": proposer.member, "place": proposer.place_proposed}
        columns = {"try_until": seat.match.meets_at or seat.match.round.over_at}
        draft = Draft("another_place", f"{proposer.id} {now:%Y-%m-%d %H:%M:%S}", facts, columns)
        return self._pen.to_seat(session, seat, draft, now)
