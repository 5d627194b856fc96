"""The queue: what somebody has to look at, the oldest first: reports of members, and lines for the wall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import Blueprint, g, render_template

from data.act import LONGEST_WHY
from data.listing import said_of
from data.report import (
    Outcome,
    Report,
    count_earlier,
    count_open_reports_by,
    count_reports_to_handle,
    reports_to_handle,
)
from data.wall import WallLine, count_lines_waiting, lines_hanging, lines_waiting
from web.desk.access import hosts_only
from web.fields import Form, line, paragraph
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.visitor import member_here

blueprint = Blueprint("desk_queue", __name__, url_prefix="/desk/queue")
REPORTS_SHOWN, LINES_SHOWN = 20, 20
Meeting = Literal["held", "never agreed", "to be held", "not known"]


class DecisionForm(Form):
    """What came of a report, in words for the log."""

    why = paragraph(
        _l("What was said, or why you decide so"),
        _l("It stays in the log, which organisers read: all but the one it is about."),
        longest=LONGEST_WHY,
    )

    def says_enough(self, outcome: Outcome) -> bool:
        """Say so when something is done and not told; return whether all is well."""
        if outcome != "nothing" and not self.why.data:
            self.wrong(self.why, _("Please say in a few words what was said, or why."))
        return not self.errors


class RefusalForm(Form):
    """Why a line does not hang."""

    why = line(
        _l("Why should it not hang?"),
        longest=LONGEST_WHY,
        missing=_l("Please say why in a few words: it stays in the log of the desk."),
    )


@dataclass(frozen=True)
class Case:
    """A report with what is needed to decide about it, and no more."""

    report: Report
    form: Form
    reported_before: int
    meeting: Meeting  # how far it had come when the report was made


@dataclass(frozen=True)
class Hanging:
    """A line for the wall, why it should not hang, and how it stood when it was looked at."""

    line: WallLine
    form: Form
    stamp: str


@blueprint.get("")
@hosts_only
def show() -> str:
    """Show all that waits."""
    return queue_page()


def queue_page(filled: dict[str, Form] | None = None, message: str = "") -> str:
    """Return the page; with forms that were filled in wrongly, by `key_of`, or with a message."""
    mine, forms = member_here().id, filled or {}
    reports = reports_to_handle(g.session, mine, REPORTS_SHOWN)
    waiting, hanging = lines_waiting(g.session, LINES_SHOWN), lines_hanging(g.session, LINES_SHOWN)
    return render_template(
        "desk/queue/show.html",
        cases=_cases(reports, forms),
        reports=len(reports) if len(reports) < REPORTS_SHOWN else count_reports_to_handle(g.session, mine),
        my_reports=count_open_reports_by(g.session, mine),
        waiting=[_hanging(line, forms) for line in waiting],
        lines=len(waiting) if len(waiting) < LINES_SHOWN else count_lines_waiting(g.session),
        hanging=[_hanging(line, forms) for line in hanging],
        wrong=next(iter(forms.values()), None),
        message=message,
    )


def key_of(row: Report | WallLine) -> str:
    """Return what the names of the fields about one row begin with: many forms are on one page."""
    return f"{'report' if isinstance(row, Report) else 'line'}{row.id}"


def stamp_of(line: WallLine) -> str:
    """Return how a line stands, in one word: whoever decides about other words than they have read decides again."""
    moments = line.shared_at, line.shown_at, line.refused_at
    return "/".join(moment.isoformat() if moment else "" for moment in moments)


def _cases(reports: list[Report], forms: dict[str, Form]) -> list[Case]:
    before, said = count_earlier(g.session, reports), said_of(g.session, [one.seat.match_id for one in reports])
    fresh = ((one, forms.get(key_of(one)) or DecisionForm(formdata=None, prefix=f"{key_of(one)}-")) for one in reports)
    return [Case(one, form, before[one.id], _meeting_of(one, said.get(one.seat.match_id, []))) for one, form in fresh]


def _meeting_of(report: Report, said: list[str]) -> Meeting:
    match = report.seat.match
    if "yes" in said:
        return "held"
    if match.on_at is None or match.meets_at is None:
        return "never agreed"
    return "to be held" if report.reported_at < match.meets_at else "not known"


def _hanging(line: WallLine, forms: dict[str, Form]) -> Hanging:
    form = forms.get(key_of(line)) or RefusalForm(formdata=None, prefix=f"{key_of(line)}-")
    return Hanging(line, form, stamp_of(line))
