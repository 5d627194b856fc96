"""The few pages that say what this is: the front page, how a week goes, and what we keep."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.visitor import visiting_member

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def front() -> str | Response:
    """Say what this is to strangers; members go on to their week."""
    if visiting_member() is not None:
        return redirect(url_for("this_week.show"), 303)
    return render_template("pages/front.html")


@blueprint.get("/about")
def about() -> str:
    """Tell how a week goes, and how to stay safe."""
    return render_template("pages/about.html")


@blueprint.get("/privacy")
def privacy() -> str:
    """Tell what is kept, who sees it, and for how long."""
    return render_template("pages/privacy.html")
