"""Writes what organisers have to say to everybody, or to all in a town: one letter each, some at a time."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.member import members_numbered
from data.readers import readers_of_message, still_reads
from jobs.batches import BATCH
from jobs.long_work import Outcome, Work
from web.letters import Letters
from web.organisers_letters import Message


def write_message(work: Work) -> Outcome:
    """Write to each, once; who has left or wants no more letters meanwhile gets none. Safe to do twice."""
    with work.sessions() as session:
        readers = readers_of_message(session, work.task.facts["place_id"])
    letters, reached = Letters(work.settings), 0
    for start in range(0, len(readers), BATCH):
        work.step(start, len(readers))
        with work.sessions() as session:
            reached += _write(session, letters, work, readers[start : start + BATCH])
            session.commit()
    return Outcome(f"Written to {reached:,} {'person' if reached == 1 else 'people'}; the letters go out by day")


def _write(session: Session, letters: Letters, work: Work, numbers: list[int]) -> int:
    members = [member for member in members_numbered(session, numbers) if still_reads(member)]
    message = Message(work.task.id, work.task.facts["subject"], work.task.facts["words"])
    for member in members:
        letters.message(session, member, message, work.now)
    return len(members)
