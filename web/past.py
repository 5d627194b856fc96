"""The people a member has met, and what they took away from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import Blueprint, g, render_template

from data.feedback import Feedback, feedback_by
from data.match import seats_of
from web.meeting import Meeting, meeting_of, state_of
from web.visitor import member_here, members_only

blueprint = Blueprint("past", __name__)


@blueprint.get("/past")
@members_only
def show() -> str:
    """Show past meetings, the newest first."""
    member = member_here()
    over = [seat for seat in seats_of(g.session, member.id) if state_of(seat, g.now) == "over"]
    meetings, said = [meeting_of(seat, g.now) for seat in over], feedback_by(g.session, member.id)
    return render_template(
        "past/show.html", member=member, meetings=meetings, said=said, record=_record_of(meetings, said)
    )


class Record(NamedTuple):
    """One new stranger a week, and something learned from each: how many it has been so far."""

    strangers: int
    lessons: int


def _record_of(meetings: Sequence[Meeting], said: Mapping[int, Feedback]) -> Record:
    """Count whom a member says they have met, each once, and the meetings they learned something from."""
    held = [meeting for meeting in meetings if (told := said.get(meeting.seat.id)) and told.met == "yes"]
    strangers = {partner.id for meeting in held for partner in meeting.partners}
    return Record(len(strangers), sum(bool(said[meeting.seat.id].learned) for meeting in held))
