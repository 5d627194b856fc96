"""Signs up the people of a list, whoever asked: judges each row, then writes the members, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from data.barred import Barred, is_barred
from data.community import community_of
from data.database import reading_sessions_of
from data.member import Member, member_by_email
from data.typed_places import resolve_place
from data.typed_titles import TypedTitles
from data.words import Words
from jobs.people_list import PeopleList, Row
from jobs.people_verdicts import BARRED, Known, Verdict, judge
from web.letters import Letters
from web.settings import Settings

Mode = Literal["import", "dry_run"]
Consent = Literal["ask", "given"]  # ask: a letter, and nobody is paired before they confirm
Step = Callable[[int, int], None]  # hears how far it is, of how much, between two transactions
AT_ONCE = 200  # people in one transaction: others may write in between


def no_step(_done: int, _total: int) -> None:
    """Let nobody hear of it."""


class SigningUp:
    """One list on its way into the database."""

    def __init__(
        self, sessions: sessionmaker[Session], settings: Settings, now: datetime, step: Step = no_step
    ) -> None:
        self._sessions, self._letters, self._now, self._step = sessions, Letters(settings), now, step

    def run(self, people: PeopleList, mode: Mode, consent: Consent) -> list[Verdict]:
        """Return what became of each row, or would; a dry run writes nothing at all.

        Safe to do twice, or at once: an address that is a member's is left as it is, and told so.
        """
        verdicts = self._judge(people.rows, 1 if mode == "dry_run" else 2)
        return verdicts if mode == "dry_run" else self._sign_up(verdicts, consent)

    def _judge(self, rows: Sequence[Row], times: int) -> list[Verdict]:
        """Read what is known, and decide; nothing is locked meanwhile."""
        engine: Engine = self._sessions.kw["bind"]
        with reading_sessions_of(engine)() as session:
            members = frozenset(email for email in session.scalars(select(Member.email)) if email)
            known = Known(members, frozenset(session.scalars(select(Barred.digest))))
            titles = TypedTitles(session, Words.load())
            told = self._telling(rows, len(rows) * times)
            return judge(told, known, lambda text: resolve_place(session, text), titles.resolve)

    def _telling(self, rows: Sequence[Row], total: int) -> Iterator[Row]:
        for number, row in enumerate(rows):
            if number % AT_ONCE == 0:
                self._step(number, total)
            yield row

    def _sign_up(self, verdicts: list[Verdict], consent: Consent) -> list[Verdict]:
        """Write the members and their letters; return the verdicts, changed for who signed up in the meantime."""
        final: list[Verdict] = []
        for start in range(0, len(verdicts), AT_ONCE):
            self._step(len(verdicts) + start, 2 * len(verdicts))
            with self._sessions() as session:
                final += [self._write(session, one, consent) for one in verdicts[start : start + AT_ONCE]]
                session.commit()
        return final

    def _write(self, session: Session, verdict: Verdict, consent: Consent) -> Verdict:
        person, place = verdict.person, verdict.place
        if person is None or place is None:
            return verdict
        if is_barred(session, person.email):
            return Verdict(verdict.row, "barred", BARRED, [], person)
        member = Member(first_name=person.first_name, email=person.email, profession=person.title)
        member.signed_up_at, member.reach_km = self._now, community_of(session).reach_km
        member.occupation_code = verdict.occupation.code if verdict.occupation else None
        member.settle_in(place)
        try:
            with session.begin_nested():
                session.add(member)
                session.flush()
                if consent == "given":
                    member.confirm(self._now)
                else:
                    self._letters.confirm(session, member, self._now)
        except IntegrityError:
            if member_by_email(session, person.email) is None:
                raise
            return Verdict(verdict.row, "member", "this address is a member's already", [], person)
        return verdict
