"""What needs somebody now: reports, lines of the wall, letters left lying, a round that is held, work that failed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from data.community import coming_monday
from data.draft import Draft, draft_of
from data.report import count_reports_to_handle
from data.round import Round, monday_of
from data.tally import Tally
from data.task import count_failed_tasks
from data.wall import count_lines_waiting
from web.language import gettext as _
from web.language import ngettext
from web.wording import day_of

FAILED_LATELY = timedelta(days=2)
COUNTED_LATELY = timedelta(minutes=15)  # it is counted every two; a large round takes a while


class Need(NamedTuple):
    """What waits, and the page where somebody sees to it, if it has one."""

    words: str
    endpoint: str = ""


def needs_of_hosts(session: Session, member_id: int) -> Iterator[Need]:
    """Yield what waits for a member at the desk: no report about themselves, or of theirs."""
    reports, lines = count_reports_to_handle(session, member_id), count_lines_waiting(session)
    if reports:
        yield Need(ngettext("%(num)s report waits for you", "%(num)s reports wait for you", reports), "desk_queue.show")
    if lines:
        words = ngettext("%(num)s line for the wall waits for you", "%(num)s lines for the wall wait for you", lines)
        yield Need(words, "desk_queue.show")


def needs_of_organisers(
    session: Session, tallies: dict[str, Tally], held: Draft | None, now: datetime
) -> Iterator[Need]:
    """Yield what waits for an organiser besides."""
    if held is not None:
        words = _("The round of %(monday)s is held: it goes out once you let it go", monday=day_of(held.monday))
        yield Need(words, "desk_round.show")
    mail = tallies["mail"].facts if "mail" in tallies else {}
    if mail.get("late"):
        yield Need(
            ngettext(
                "%(num)s letter has waited for more than 20 minutes",
                "%(num)s letters have waited for more than 20 minutes",
                mail["late"],
            )
        )
    if mail.get("given_up"):
        yield Need(
            ngettext(
                "%(num)s letter of the last seven days was given up",
                "%(num)s letters of the last seven days were given up",
                mail["given_up"],
            )
        )
    failed = count_failed_tasks(session, now - FAILED_LATELY)
    if failed:
        words = ngettext("%(num)s piece of long work failed", "%(num)s pieces of long work failed", failed)
        yield Need(words, "desk_tasks.show")
    counted = max((tally.counted_at for tally in tallies.values()), default=None)
    if counted is None or counted < now - COUNTED_LATELY:
        yield Need(_("Nothing has been counted lately: please see whether the jobs are running"))


def held_draft(session: Session, latest: Round | None, now: datetime) -> Draft | None:
    """Return the round that waits for an organiser: the next one, or this week's while it has not gone out."""
    drafts = (draft_of(session, monday) for monday in _to_come(session, latest, now))
    return next((draft for draft in drafts if draft is not None and draft.is_held), None)


def _to_come(session: Session, latest: Round | None, now: datetime) -> list[date]:
    mondays = sorted({monday_of(now), coming_monday(session, now)})
    return [monday for monday in mondays if latest is None or monday > latest.monday]
