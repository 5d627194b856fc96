"""Leaving for good: what is erased, whom it concerns, and a last letter."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from data.leaving import erase, fall_out
from web.fields import Form
from web.language import gettext as _
from web.visitor import member_here, members_only, sign_out_everywhere

blueprint = Blueprint("leave", __name__)


@blueprint.get("/profile/leave")
@members_only
def ask() -> str:
    """Say what leaving means, with the button that does it."""
    return render_template("leave/ask.html", form=Form())


@blueprint.post("/profile/leave")
@members_only
def leave() -> Response:
    """Forget the member; whoever was to meet them is not left waiting."""
    member = member_here()
    address, first_name = member.email, member.first_name
    sign_out_everywhere()
    fall_out(g.session, member.id, g.now)
    erase(g.session, member, g.now)
    current_app.extensions["letters"].goodbye(g.session, member, address, first_name, g.now)
    flash(_("Goodbye, %(name)s. Everything about you is erased; one last letter is on its way.", name=first_name))
    return redirect(url_for("pages.front"), 303)
