"""Reads what is sent to us: an answer from a calendar counts as the button would; all else is kept, and never answered."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from data.answering import CannotAnswer, NoTimeTicked
from data.match import Seat, seat_to_answer
from jobs.calendar_reply import CalendarReply, read_reply
from jobs.received_folder import Fate, ReceivedFolder
from jobs.received_message import (
    LARGEST,
    NotAnAnswer,
    calendar_in,
    is_vouched_for,
    open_message,
    recipients_of,
    sender_of,
)
from web.answers import Answers
from web.calendar import uid_of
from web.letters import Letters
from web.mail_names import in_ascii
from web.reply_address import ReplyAddresses
from web.settings import Settings

LONGEST_RUN = 50  # seconds, after which no message is taken any more
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What a message says, and for which seat: nothing in it has been compared with the seat yet."""

    seat_id: int
    sender: str
    reply: CalendarReply


def receive_mail(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Read every message in the folder of received mail, once; return how many were answers."""
    folder, ends = ReceivedFolder(settings.received_folder), monotonic() + LONGEST_RUN
    counts: Counter[Fate] = Counter()
    for taken in folder.take_each(now):
        counts[_read(sessions, settings, folder, taken, now)] += 1
        if monotonic() > ends:
            break
    return f"{counts['heard']} answers heard, {counts['kept']} other messages kept" if counts else "nothing new"


def _read(
    sessions: sessionmaker[Session], settings: Settings, folder: ReceivedFolder, taken: Path, now: datetime
) -> Fate:
    """Hear one message and put it away; when the database cannot be asked, it is read again later."""
    fate: Fate = "kept"
    try:
        answer = answer_in(_bytes_of(taken), settings)
        with sessions.begin() as session:
            hear(session, settings, answer, now)
        fate = "heard"
    except NotAnAnswer as why:
        log.info("A message is kept: %s", why)
    except DBAPIError:
        folder.give_back(taken)
        raise
    except Exception:
        log.exception("A message could not be read and is kept: %s", taken.name)
    folder.put_away(taken, fate)
    return fate


def answer_in(raw: bytes, settings: Settings) -> Answer:
    """Return the answer in a message. Raises NotAnAnswer."""
    message = open_message(raw)
    seat_id = ReplyAddresses(settings).seat_in(recipients_of(message))
    if seat_id is None:
        raise NotAnAnswer("not to an address of an invitation")
    if settings.authserv_id and not is_vouched_for(message, settings.authserv_id):
        raise NotAnAnswer("nobody vouches for its sender")
    return Answer(seat_id, sender_of(message), read_reply(calendar_in(message)))


def hear(session: Session, settings: Settings, answer: Answer, now: datetime) -> None:
    """Do what the button would do, with the match locked. Raises NotAnAnswer for what does not fit, or comes too late."""
    seat = seat_to_answer(session, answer.seat_id)
    if seat is None:
        raise NotAnAnswer("from nobody we know")
    _compare(settings, seat, answer)
    answers = Answers(session, Letters(settings), now)
    try:
        if answer.reply.answer == "DECLINED":
            answers.no(seat, "someone_else")
        elif answer.reply.answer == "ACCEPTED":
            _say_yes(answers, seat)
        else:
            raise NotAnAnswer("neither yes nor no")
    except (CannotAnswer, NoTimeTicked) as error:
        raise NotAnAnswer("too late to answer") from error


def _compare(settings: Settings, seat: Seat, answer: Answer) -> None:
    """Let pass what fits the seat: the meeting, its present state, and whose answer it is; who has left has no address."""
    reply, address = answer.reply, seat.member.email or ""
    if reply.uid != uid_of(settings, seat.match):
        raise NotAnAnswer("about another meeting")
    if not (_is_same(reply.attendee, address) and _is_same(answer.sender, address)):
        raise NotAnAnswer("from another address")
    if reply.sequence < seat.match.sequence and seat.declined_at is None:  # a no may be said twice
        raise NotAnAnswer("about how the meeting was before")


def _say_yes(answers: Answers, seat: Seat) -> None:
    """Say yes to the time in the invitation; to whoever has said no, it is closed."""
    if seat.match.meets_at is None:
        raise CannotAnswer
    answers.yes(seat, [seat.match.meets_at])


def _is_same(written: str, address: str) -> bool:
    try:
        return in_ascii(written.strip()).lower() == in_ascii(address).lower()
    except ValueError:
        return False


def _bytes_of(taken: Path) -> bytes:
    """Return a message as far as it can be an answer."""
    with taken.open("rb") as file:
        return file.read(LARGEST + 1)
