"""How far a member's yes can be counted on, explained to themselves: nobody else is ever shown any of it."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from data.match import seats_of
from data.reliability import LAST, Past, Reliability, reliability_of
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.meeting import meeting_of
from web.visitor import member_here, members_only

blueprint = Blueprint("reliability", __name__)
STEP = 5  # of a hundred: so coarse that what one other person said cannot be read off it
WORDS = {
    None: _l("You have not told us how it was."),
    "yes": _l("You told us that you met."),
    "they_did_not_come": _l("You told us that you were there alone."),
    "never_arranged": _l("You told us that it never came about."),
    "i_could_not": _l("You told us that you could not come."),
}


@blueprint.get("/profile/reliability")
@members_only
def show() -> str:
    """Show the share, the rules, and for each meeting what they have said themselves: never what somebody else did."""
    member = member_here()
    reliability = reliability_of(g.session, member.id, g.now)
    meetings = {seat.id: meeting_of(seat, g.now) for seat in seats_of(g.session, member.id)}
    past = [(meetings[one.seat_id], _in_words(one), _is_untold(one)) for one in reliability.past]
    return render_template("reliability/show.html", percent=in_steps(reliability), past=past, last=LAST)


def in_steps(reliability: Reliability) -> int:
    """Return of how many meetings in a hundred we expect that they are kept."""
    return round(reliability.share * 100 / STEP) * STEP


def _in_words(past: Past) -> str:
    if past.gave_notice:
        return _("You said in time that you could not come: that counts as kept.")
    return str(WORDS[past.said])


def _is_untold(past: Past) -> bool:
    return past.said is None and not past.gave_notice
