"""What came of a report: nothing, a word with somebody, or, when an organiser says so, a pause or an end."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from data.member import Member
from data.report import Outcome, lock_report
from data.round import next_monday
from web import errors
from web.desk.access import hosts_only, note_act, organisers_only
from web.desk.queue import DecisionForm, key_of, queue_page
from web.language import gettext as _
from web.visitor import member_here

blueprint = Blueprint("desk_reports", __name__, url_prefix="/desk/queue/reports")
PAUSED_FOR = timedelta(weeks=4)
LARGEST_NUMBER = 2**31
FOR_HOSTS: dict[str, Outcome] = {"nothing": "nothing", "spoken_to": "spoken_to"}


@blueprint.post("/<int:number>")
@hosts_only
def handle(number: int) -> Response | tuple[str, int]:
    """There is nothing to do, or somebody has spoken to them."""
    outcome = FOR_HOSTS.get(request.form.get("outcome", ""))
    return _decide(number, outcome or errors.not_found())


@blueprint.post("/<int:number>/pause")
@organisers_only
def pause(number: int) -> Response | tuple[str, int]:
    """Keep them out of the next four rounds."""
    return _decide(number, "paused")


@blueprint.post("/<int:number>/sent-away")
@organisers_only
def sent_away(number: int) -> Response | tuple[str, int]:
    """An organiser has sent them away for good, on the page of the person."""
    return _decide(number, "barred")


def _decide(number: int, outcome: Outcome) -> Response | tuple[str, int]:
    """Write down what came of it, once: the report is locked, and whoever comes second is told so."""
    report = lock_report(g.session, number, member_here().id) if number < LARGEST_NUMBER else None
    if report is None:
        errors.not_found()
    if report.handled_at is not None:
        return queue_page(message=_("Somebody has handled this report already. Nothing was done a second time.")), 409
    form = DecisionForm(prefix=f"{key_of(report)}-")
    if not form.validate() or not form.says_enough(outcome):
        return queue_page({key_of(report): form}), 422
    if outcome == "paused":
        _pause(report.about)
    report.handle(outcome, g.now)
    note_act("handle_report", f"report {report.id}", why=form.why.data, outcome=outcome)
    flash(_("Thank you. It is written down, and the report waits no longer."))
    return redirect(url_for("desk_queue.show"), 303)


def _pause(member: Member) -> None:
    """Pause somebody who is still here; a longer pause of their own stays as long as it is."""
    if member.left_at is not None:
        errors.not_found()
    monday = next_monday(g.now) + PAUSED_FOR
    until = max(monday, member.paused_until or monday)
    member.pause_until(until)
    note_act("pause_member", f"member {member.id}", until=until.isoformat())
