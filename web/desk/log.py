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
    "give_role": _l("Gave a role"),
    "change_settings": _l("Changed the settings"),
    "add_venue": _l("Added a venue"),
    "hide_venue": _l("Hid a venue"),
    "show_venue": _l("Showed a venue again"),
    "prefer_venue": _l("Preferred a venue"),
    "unprefer_venue": _l("Preferred a venue no longer"),
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
