"""What calendar programs send: an answer to an invitation as a message, whole or spoilt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from data.match import Seat
from web.calendar import uid_of
from web.reply_address import ReplyAddresses
from web.settings import Settings

# A time zone as Outlook adds one, and a rule whose following would never end.
BOMB = "BEGIN:VTIMEZONE\nTZID:Endless\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY;UNTIL=99991231T235959Z\nEND:STANDARD\nEND:VTIMEZONE\n"


@dataclass(frozen=True)
class Says:
    """One answer: every part of it can be replaced by a wrong one."""

    uid: str
    attendee: str
    sender: str
    recipient: str
    sequence: str = "1"
    partstat: str = "DECLINED"
    method: str = "REPLY"
    more: str = ""  # lines of the event
    beside: str = BOMB  # components beside the event
    charset: str = "utf-8"
    headers: tuple[tuple[str, str], ...] = ()

    def but(self, **changes: Any) -> Says:
        """The same answer with something else in it."""
        return replace(self, **changes)

    @property
    def calendar(self) -> str:
        """The calendar object in it."""
        return (
            f"BEGIN:VCALENDAR\nPRODID:-//A calendar//EN\nVERSION:2.0\nMETHOD:{self.method}\n{self.beside}BEGIN:VEVENT\n"
            f"UID:{self.uid}\nSEQUENCE:{self.sequence}\nDTSTAMP:20261124T120000Z\nDTSTART:20261126T170000Z\n"
            f"ORGANIZER;CN=Hello:mailto:{self.recipient}\n"
            f'ATTENDEE;CN="Ada; a nurse";PARTSTAT={self.partstat}:mailto:{self.attendee}\n'
            f"SUMMARY:Declined: Meet Ben\n{self.more}END:VEVENT\nEND:VCALENDAR\n"
        ).replace("\n", "\r\n")

    @property
    def message(self) -> EmailMessage:
        """The message that brings it, as Gmail composes one."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"] = f'"Ada, of Copenhagen" <{self.sender}>', f"Hello <{self.recipient}>"
        message["Subject"] = "Declined: Meet Ben"
        for name, value in self.headers:
            message[name] = value
        message.set_content("Ada has declined.\n")
        message.add_alternative("<p>Ada has declined.</p>", subtype="html")
        message.add_alternative(self.calendar, subtype="calendar", charset="utf-8", params={"method": self.method})
        [*_, calendar] = message.iter_parts()
        calendar.set_param("charset", self.charset)
        message.add_attachment(self.calendar.encode(), "application", "ics", filename="invite.ics")
        return message

    @property
    def raw(self) -> bytes:
        """The message as a mail server writes it down."""
        return self.message.as_bytes()


def answer_of(seat: Seat, settings: Settings, **changes: Any) -> Says:
    """What the calendar of a seat's member says when they press No."""
    address = seat.member.email or ""
    says = Says(
        uid_of(settings, seat.match), address, address, ReplyAddresses(settings).of(seat), str(seat.match.sequence)
    )
    return says.but(**changes)
