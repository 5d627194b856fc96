"""Writes letters with the event they tell of, in its transaction, once for each reader and occasion."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from data.letter import Kind, Letter
from data.match import Seat
from data.member import Member
from data.round import ROUND_TIME, Round
from data.sign_in import GOOD_FOR, SignIn
from web.letter_texts import Trusted
from web.links import AFTER_MEETING, CONFIRM_FOR, NEW_ADDRESS_FOR, Links
from web.mail_names import address_of
from web.pen import Draft, Pen
from web.settings import Settings

NEWS_FOR = timedelta(days=3)  # how long after a round's last pairing its bad news are still worth posting


class Letters:
    """One method a kind of letter; each returns it, or none when its reader already has one for the occasion."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._links = Links(settings)
        self._pen = Pen(settings)

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

    def your_match(
        self, session: Session, seat: Seat, now: datetime, post_after: datetime | None = None
    ) -> Letter | None:
        """Introduce the stranger of the week, and ask for a yes or a no; held until `post_after`."""
        columns = {"try_after": post_after or now, "try_until": seat.answer_by}
        return self._pen.to_seat(session, seat, Draft("your_match", "", {}, columns), now)

    def it_is_on(self, session: Session, seat: Seat, now: datetime) -> Letter | None:
        """Everybody has said yes: say when, and where or on which call."""
        return self._pen.to_seat(session, seat, Draft("it_is_on", "", {}, {"try_until": seat.match.meets_at}), now)

    def they_cannot_come(self, session: Session, seat: Seat, now: datetime) -> Letter | None:
        """Tell one who is left that somebody fell out, and what happens now."""
        round_ = seat.match.round
        staying = [other.member for other in seat.match.live_seats if other is not seat and not other.declined_at]
        facts = {
            "gone": _fallen_out(seat),
            "staying": staying,
            "going_on": bool(staying) and seat.freed_at is None,
            "still_looking": now < round_.rematch_until,
            "until": round_.rematch_until,
        }
        columns = {"try_until": round_.rematch_until + NEWS_FOR}
        return self._pen.to_seat(session, seat, Draft("they_cannot_come", str(_count_gone(seat)), facts, columns), now)

    def nobody_this_week(
        self, session: Session, member: Member, round_: Round, now: datetime, post_after: datetime | None = None
    ) -> Letter | None:
        """Nobody was found: say so kindly, and that they come first next week; held until `post_after`."""
        session.flush()
        columns = {"try_after": post_after or now, "try_until": round_.rematch_until + NEWS_FOR}
        facts = {"link": Trusted(self._links.profile_url())}
        draft = Draft("nobody_this_week", f"nobody_this_week {round_.monday}", facts, columns)
        return self._pen.to_member(session, member, draft, now)

    def next_week(self, session: Session, member: Member, monday: date, now: datetime) -> Letter | None:
        """Say that the next round counts them in, and how to skip it or pause."""
        session.flush()
        starts = datetime.combine(monday, ROUND_TIME, UTC)
        facts = {"link": Trusted(self._links.week_url(member, monday)), "starts": starts}
        return self._pen.to_member(
            session, member, Draft("next_week", f"next_week {monday}", facts, {"try_until": starts}), now
        )

    def reminder(self, session: Session, seat: Seat, hours: int, now: datetime) -> Letter | None:
        """Say who is coming and what they have set aside, `hours` before the meeting."""
        draft = Draft("reminder", str(hours), {"hours": hours}, {"try_until": seat.match.meets_at})
        return self._pen.to_seat(session, seat, draft, now)

    def how_was_it(self, session: Session, seat: Seat, nudge_number: int, now: datetime) -> Letter | None:
        """Ask for feedback: the first time (1), or once more (2)."""
        columns = {"try_until": seat.match.ends_at + AFTER_MEETING}
        draft = Draft("how_was_it", str(nudge_number), {"nudge_number": nudge_number}, columns)
        return self._pen.to_seat(session, seat, draft, now)

    def goodbye(self, session: Session, member: Member, address: str, first_name: str, now: datetime) -> Letter | None:
        """Tell somebody who has left what was forgotten."""
        facts = {"first_name": first_name, "link": Trusted(self._links.home_url())}
        columns = {"member_id": member.id, "address": address}
        return self._pen.write(session, Draft("goodbye", "goodbye", facts, columns), now)

    def report(self, session: Session, seat: Seat, note: str, now: datetime) -> Letter | None:
        """Hand what a member reports about their match to the operator; nobody else ever reads it."""
        session.flush()
        columns = {"match_id": seat.match_id, "address": address_of(self._settings.operator)}
        draft = Draft("report", f"report {seat.id} {_digest(note)}", {"seat": seat, "note": note}, columns)
        return self._pen.write(session, draft, now)


def _hourly(kind: Kind, address: str, now: datetime) -> str:
    """An occasion that comes once an hour, so that nobody can fill a stranger's mailbox through our forms."""
    return f"{kind} {_digest(address)} {now.astimezone(UTC):%Y-%m-%d %H}"


def _digest(words: str) -> str:
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:12]


def _fallen_out(seat: Seat) -> list[Member]:
    """Who of a match cannot come: those who said no or nothing; when nobody did, everybody else."""
    others = [other for other in seat.match.seats if other is not seat]
    gone = [other for other in others if other.declined_at or other.freed_at]
    silent = [other for other in gone if other.declined_at or not other.accepted_at]
    return [other.member for other in silent or gone or others]


def _count_gone(seat: Seat) -> int:
    return len(seat.match.seats) - len(seat.match.live_seats)
