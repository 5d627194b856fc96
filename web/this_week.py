"""This week, for a member: their match as it stands, or when the next one comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, current_app, g, render_template

from data.community import community_of
from data.feedback import feedback_by
from data.match import Seat, seats_of
from data.member import Member
from data.readiness import is_ready, standing_of
from data.round import ROUND_TIME, Round, latest_round, monday_of, next_round_monday
from web.matches import facts_of
from web.meeting import Meeting, meeting_of, token_in
from web.visitor import member_here, members_only

blueprint = Blueprint("this_week", __name__)
STILL_TOLD = timedelta(weeks=4)  # a meeting may be two weeks after its Monday, and is told of for a week


@dataclass(frozen=True)
class Week:
    """What a member sees of the week they are in."""

    round_: Round | None
    meeting: Meeting | None
    ahead: list[Meeting]  # of earlier rounds, and still to come
    to_tell: list[Meeting]  # meetings that are over and wait for a word
    next_monday: date

    @property
    def next_round_at(self) -> datetime:
        """When people are paired next."""
        return datetime.combine(self.next_monday, ROUND_TIME, UTC)

    def left_out(self, member: Member) -> bool:
        """Whether they were ready for this round, and nobody was found."""
        was_ready = self.round_ is not None and is_ready(g.session, member, self.round_.monday)
        return was_ready and member.times_left_out > 0 and not member.only_sits_in

    def came_after(self, member: Member) -> bool:
        """Whether the pairs were made before the member came; a round ahead of its week has no true time."""
        if self.round_ is None or member.confirmed_at is None:
            return False
        return member.confirmed_at >= self.round_.started_at or self.round_.started_at > g.now


@blueprint.get("/this-week")
@members_only
def show() -> str:
    """Show the match of this week, and what is still to be told of earlier ones."""
    member = member_here()
    week = _week_of(member)
    skip = token_in(current_app.extensions["links"].week_url(member, week.next_monday))
    facts = facts_of(week.meeting.seat, g.now) if week.meeting else {"meeting": None}
    standing = standing_of(g.session, member, week.next_monday)
    page = {"member": member, "week": week, "skip_token": skip, "standing": standing}
    return render_template("this_week/show.html", **page, **facts)


def _week_of(member: Member) -> Week:
    latest = latest_round(g.session)
    # This week's, or one that was run ahead of its week, as the demo's is.
    round_ = latest if latest is not None and latest.monday >= monday_of(g.now) else None
    seats = seats_of(g.session, member.id, monday_of(g.now) - STILL_TOLD)
    said = feedback_by(g.session, member.id)
    seat = _seat_in(round_, seats)
    meetings = [meeting_of(one, g.now) for one in seats]
    to_tell = [one for one in meetings if one.feedback_token and one.seat.id not in said]
    ahead = [one for one in meetings if one.state in {"on", "agreeing"} and one.seat is not seat]
    weeks = community_of(g.session).cadence_weeks
    after = next_round_monday(latest.monday if latest else None, weeks, g.now)
    return Week(round_, meeting_of(seat, g.now) if seat else None, ahead, to_tell, after)


def _seat_in(round_: Round | None, seats: list[Seat]) -> Seat | None:
    """Return the seat of this round: the live one, or else the last that was."""
    here = [seat for seat in seats if round_ is not None and seat.round_id == round_.id]
    return next((seat for seat in here if seat.freed_at is None), here[0] if here else None)
