"""A member's calendar of their meetings: at a secret address any calendar program fetches, and the page that makes it."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from data.match import seats_of
from data.member import Member, member_by_calendar_key
from web import errors
from web.calendar import feed
from web.fields import Form
from web.language import gettext as _
from web.terms import community_here, terms_of
from web.visitor import member_here, members_only

blueprint = Blueprint("calendar_feed", __name__)


@blueprint.get("/calendar/<token>.ics")
def show(token: str) -> Response:
    """Answer the calendar this key opens: every meeting that is on, or was."""
    member = member_by_calendar_key(g.session, token)
    if member is None:
        errors.dead_link()
    return Response(_calendar_of(member), mimetype="text/calendar")


@blueprint.get("/profile/calendar")
@members_only
def ask() -> str:
    """Say what the calendar is, with its address if there is one."""
    key = member_here().calendar_key
    address = current_app.extensions["links"].calendar_url(key) if key else ""
    return render_template("calendar/ask.html", form=Form(formdata=None), address=address)


@blueprint.post("/profile/calendar")
@members_only
def make() -> Redirect:
    """Make the calendar, or move it to a new address."""
    member = member_here()
    if member.calendar_key:
        flash(_("The address is new, and the old one has stopped."))
    else:
        flash(_("Here is your calendar."))
    member.open_calendar()
    return redirect(url_for("calendar_feed.ask"), 303)


@blueprint.post("/profile/calendar/end")
@members_only
def end() -> Redirect:
    """Switch the calendar off."""
    member_here().close_calendar()
    flash(_("Your calendar is switched off; its address opens nothing any more."))
    return redirect(url_for("calendar_feed.ask"), 303)


def _calendar_of(member: Member) -> str:
    """Only what is on: until then nothing is promised, and what is off belongs into no calendar."""
    settings = current_app.extensions["settings"]
    on = [seat for seat in seats_of(g.session, member.id) if seat.freed_at is None and seat.match.is_on]
    return feed(terms_of(g.session, settings), on, g.now, community_here().name)
