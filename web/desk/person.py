"""One member, as an organiser needs to see them to decide: who, since when, how they stand, and what was done about them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template

from data.act import latest_acts
from data.avoidance import apart_by_organisers
from data.match import seats_of
from data.member import Member, members_numbered
from data.readiness import standing_of
from data.report import count_reports_about
from data.round import next_monday
from web.desk.access import organisers_only
from web.desk.person_forms import forms_of
from web.desk.turns import member_shown

blueprint = Blueprint("desk_people_person", __name__, url_prefix="/desk/people")
ACTS_SHOWN = 5


@blueprint.get("/<int:number>")
@organisers_only
def show(number: int) -> str:
    """Show them."""
    member = member_shown(number)
    return page_of(member, forms_of(member))


def page_of(member: Member, forms: dict[str, Any], wrong: str = "") -> str:
    """Return the page of a member, with the form named in `wrong` open."""
    about = f"member {member.id}"
    return render_template(
        "desk/person/show.html",
        member=member,
        forms=forms,
        wrong=wrong,
        about=about,
        standing=standing_of(g.session, member, next_monday(g.now)),
        acts=latest_acts(g.session, ACTS_SHOWN, about=about),
        apart=members_numbered(g.session, apart_by_organisers(g.session, member.id)),
        reported=count_reports_about(g.session, member.id),
        **_counts(member),
    )


def _counts(member: Member) -> dict[str, int]:
    """How many rounds found somebody for them, and how many meetings that were on are over."""
    seats = seats_of(g.session, member.id)
    met = [seat for seat in seats if seat.freed_at is None and seat.match.is_on and seat.match.has_begun(g.now)]
    return {"rounds": len({seat.round_id for seat in seats}), "meetings": len(met)}
