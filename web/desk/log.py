"""The log: who did what at the desk, when and why; it can be read, and nothing else."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from data.act import Act, latest_acts
from data.report import reports_about
from web.desk.access import organisers_only
from web.language import lazy_gettext as _l
from web.visitor import member_here

blueprint = Blueprint("desk_log", __name__, url_prefix="/desk/log")
ACTS_A_PAGE = 50
LONGEST_NUMBER, LONGEST_ABOUT = 9, 80
DEEDS = {
    "bar_member": _l("Sent somebody away for good"),
    "give_role": _l("Gave a role"),
    "retrain": _l("Let the model learn"),
    "make_token": _l("Made a token for a program"),
    "end_token": _l("Ended a program's token"),
    "add_webhook": _l("Added a webhook"),
    "renew_secret": _l("Gave a webhook a new secret"),
    "ping_webhook": _l("Tried a webhook out"),
    "end_webhook": _l("Ended a webhook"),
    "change_settings": _l("Changed the settings"),
    "add_venue": _l("Added a venue"),
    "hide_venue": _l("Hid a venue"),
    "show_venue": _l("Showed a venue again"),
    "prefer_venue": _l("Preferred a venue"),
    "unprefer_venue": _l("Preferred a venue no longer"),
    "import_people": _l("Had a list read"),
    "keep_apart": _l("Kept two people apart"),
    "let_in_member": _l("Let somebody back in"),
    "lift_apart": _l("No longer keeps two people apart"),
    "merge_members": _l("Made one of two members"),
    "merged_into": _l("Merged into another member"),
    "pause_member": _l("Left somebody out for a while"),
    "write_to_people": _l("Wrote to people"),
    "stop_task": _l("Stopped long work"),
    "hold_round": _l("Held the round"),
    "release_round": _l("Released the round"),
    "let_round_go": _l("Let the round go by itself"),
    "preview_round": _l("Asked for a preview of the round"),
    "reseed_round": _l("Shuffled the round"),
    "bring_together": _l("Wanted two to meet"),
    "take_back_together": _l("Took back that two should meet"),
    "handle_report": _l("Handled a report"),
    "show_line": _l("Let a line hang on the wall"),
    "refuse_line": _l("Refused a line for the wall, or took it down"),
    "ask_export": _l("Asked for everything as files"),
}


@blueprint.get("")
@organisers_only
def show() -> str:
    """Show the newest acts, or older ones, or those about one thing."""
    before, about = request.args.get("before", ""), request.args.get("about", "")[:LONGEST_ABOUT]
    number = int(before) if before.isascii() and before.isdecimal() and len(before) <= LONGEST_NUMBER else None
    acts = latest_acts(g.session, ACTS_A_PAGE + 1, number, about)
    older = acts[ACTS_A_PAGE - 1].id if len(acts) > ACTS_A_PAGE else None
    # An organiser who was reported herself never learns of it, here no more than elsewhere.
    unseen = {f"report {one}" for one in reports_about(g.session, member_here().id)}
    shown = [act for act in acts[:ACTS_A_PAGE] if act.about not in unseen]
    return render_template("desk/log/show.html", acts=shown, older=older, about=about)


@blueprint.app_template_filter("deed")
def deed(act: Act) -> str:
    """Return what was done, in words."""
    return str(DEEDS.get(act.deed, act.deed.replace("_", " ")))
