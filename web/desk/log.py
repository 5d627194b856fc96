"""The log: who did what at the desk, when and why; it can be read, and nothing else."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from data.act import Act, latest_acts
from web.desk.access import organisers_only
from web.language import lazy_gettext as _l

blueprint = Blueprint("desk_log", __name__, url_prefix="/desk/log")
ACTS_A_PAGE = 50
LONGEST_NUMBER, LONGEST_ABOUT = 9, 80
DEEDS = {
    "bar_member": _l("Sent somebody away for good"),
    "give_role": _l("Gave a role"),
    "import_people": _l("Had a list read"),
    "keep_apart": _l("Kept two people apart"),
    "let_in_member": _l("Let somebody back in"),
    "lift_apart": _l("No longer keeps two people apart"),
    "merge_members": _l("Made one of two members"),
    "merged_into": _l("Merged into another member"),
    "pause_member": _l("Left somebody out for a while"),
    "write_to_people": _l("Wrote to people"),
    "stop_task": _l("Stopped long work"),
}


@blueprint.get("")
@organisers_only
def show() -> str:
    """Show the newest acts, or older ones, or those about one thing."""
    before, about = request.args.get("before", ""), request.args.get("about", "")[:LONGEST_ABOUT]
    number = int(before) if before.isascii() and before.isdecimal() and len(before) <= LONGEST_NUMBER else None
    acts = latest_acts(g.session, ACTS_A_PAGE + 1, number, about)
    older = acts[ACTS_A_PAGE - 1].id if len(acts) > ACTS_A_PAGE else None
    return render_template("desk/log/show.html", acts=acts[:ACTS_A_PAGE], older=older, about=about)


@blueprint.app_template_filter("deed")
def deed(act: Act) -> str:
    """Return what was done, in words."""
    return str(DEEDS.get(act.deed, act.deed.replace("_", " ")))
