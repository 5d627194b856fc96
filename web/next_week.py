"""Next week: say "in", skip it, pause for longer, or come back, with one press and without signing in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from data.community import coming_monday, community_of
from data.member import Member
from data.readiness import standing_of
from data.round import ROUND_TIME
from web import errors
from web.fields import Form
from web.language import lazy_gettext as _l
from web.language import reads
from web.pause import PauseForm

blueprint = Blueprint("next_week", __name__)
TOO_LATE = _l("The pairs of this week are made already. If you have a match and cannot come, say so on its page.")


@blueprint.get("/next-week/<token>")
def show(token: str) -> str:
    """Say whether they are in next week, with the buttons to change it."""
    member, monday = _read(token)
    return _page(token, member, monday, PauseForm(formdata=None))


@blueprint.post("/next-week/<token>/in")
def say_in(token: str) -> Response:
    """Be in this round, having been asked first."""
    member, monday = _read(token)
    if _begun(monday):
        flash(str(TOO_LATE))
    else:
        member.say_in(monday)
    return _back(token)


@blueprint.post("/next-week/<token>/skip")
def skip(token: str) -> Response:
    """Leave out this one round."""
    member, monday = _read(token)
    if _begun(monday):
        flash(str(TOO_LATE))
    else:
        after = monday + timedelta(weeks=1)
        member.pause_until(max(after, member.paused_until or after))
    return _back(token)


@blueprint.post("/next-week/<token>/pause")
def pause(token: str) -> Response | tuple[str, int]:
    """Leave out every round before a date."""
    member, monday = _read(token)
    form = PauseForm()
    if not form.validate():
        return _page(token, member, monday, form), 422
    member.pause_until(form.monday)
    return _back(token)


@blueprint.post("/next-week/<token>/return")
def come_back(token: str) -> Response:
    """Be in again: whoever is asked first has said so with this."""
    member, monday = _read(token)
    member.resume(g.now)
    if member.ask_first and not _begun(monday):
        member.say_in(monday)
    return _back(token)


def _read(token: str) -> tuple[Member, date]:
    read = current_app.extensions["links"].read_week(token, g.now)
    member = g.session.get(Member, read[0]) if read else None
    if read is None or member is None or not member.is_confirmed:
        errors.dead_link()
    return reads(member), read[1]


def _begun(monday: date) -> bool:
    return bool(g.now >= datetime.combine(monday, ROUND_TIME, UTC))


def _moved_to(monday: date) -> date | None:
    """Return the Monday of the next round, if since the letter was written none belongs to this week any more."""
    coming = coming_monday(g.session, g.now)
    between = (coming - monday) % timedelta(weeks=community_of(g.session).cadence_weeks)
    return None if _begun(monday) or not between else coming


def _back(token: str) -> Response:
    return redirect(url_for("next_week.show", token=token), 303)


def _page(token: str, member: Member, monday: date, pause: PauseForm) -> str:
    standing = standing_of(g.session, member, monday)
    facts = {"token": token, "member": member, "monday": monday, "begun": _begun(monday), "standing": standing}
    facts |= {"coming": _moved_to(monday)}
    return render_template("next_week/show.html", **facts, pause=pause, form=Form(formdata=None))
