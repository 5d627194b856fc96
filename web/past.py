"""The people a member has met, and what they took away from it."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from data.feedback import feedback_by
from data.match import seats_of
from web.meeting import meeting_of, state_of
from web.visitor import member_here, members_only

blueprint = Blueprint("past", __name__)


@blueprint.get("/past")
@members_only
def show() -> str:
    """Show past meetings, the newest first."""
    member = member_here()
    over = [seat for seat in seats_of(g.session, member.id) if state_of(seat, g.now) == "over"]
    meetings = [meeting_of(seat, g.now) for seat in over]
    return render_template("past/show.html", member=member, meetings=meetings, said=feedback_by(g.session, member.id))
