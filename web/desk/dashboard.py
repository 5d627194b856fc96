"""How the community is doing: the first page of the desk."""

from __future__ import annotations

from flask import Blueprint, render_template

from web.desk.access import hosts_only

blueprint = Blueprint("desk_dashboard", __name__, url_prefix="/desk")


@blueprint.get("")
@hosts_only
def show() -> str:
    """Show it."""
    return render_template("desk/dashboard/show.html")
