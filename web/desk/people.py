"""People: everybody who is here, found by name, e-mail, profession or town."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from data.member import Member
from data.member_search import find_members, words_typed
from data.readiness import Standing, standings_of
from data.round import next_monday
from web.desk.access import organisers_only
from web.fields import tidy_line
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.wording import day_of

blueprint = Blueprint("desk_people", __name__, url_prefix="/desk/people")
A_PAGE = 50
LONGEST_QUERY, LONGEST_NUMBER = 100, 9
STANDINGS = {
    "in": _l("In the next round"),
    "asked": _l("Is asked first, and has not said yes yet"),
    "rests": _l("Rests in the next round, as they chose"),
    "quiet": _l("Left out after two weeks of silence"),
    "unsubscribed": _l("Wants no weekly letters, and meets nobody"),
}
ROLES = {"member": _l("Member"), "host": _l("Host"), "organiser": _l("Organiser")}


@blueprint.get("")
@organisers_only
def show() -> str:
    """Show the newest members, or those found, fifty a page."""
    typed = tidy_line(request.args.get("q", "").replace("\0", ""))[:LONGEST_QUERY]
    before = request.args.get("before", "")
    number = int(before) if before.isascii() and before.isdecimal() and len(before) <= LONGEST_NUMBER else None
    too_short = bool(typed) and not words_typed(typed)
    found = [] if too_short else find_members(g.session, typed, A_PAGE + 1, number)
    older = found[A_PAGE - 1].id if len(found) > A_PAGE else None
    return render_template(
        "desk/people/show.html",
        people=found[:A_PAGE],
        standings=standings_of(g.session, found, next_monday(g.now)),
        typed=typed,
        older=older,
        first=number is None,
        too_short=too_short,
    )


@blueprint.app_template_filter("role_in_words")
def role_in_words(member: Member) -> str:
    """Return whether somebody looks after the community."""
    return str(ROLES[member.role])


@blueprint.app_template_filter("standing_in_words")
def standing_in_words(member: Member, standing: Standing) -> str:
    """Return how somebody stands towards the next round."""
    if standing == "paused" and member.paused_until is not None:
        return _("Pauses until %(monday)s", monday=day_of(member.paused_until))
    if standing == "gone":
        return _("Has left") if member.left_at else _("Has not confirmed the address yet")
    return str(STANDINGS[standing])
