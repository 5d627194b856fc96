"""The few pages that say what this is: the front page, how a week goes, and what we keep."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from data.wall import lines_shown
from web.community import figures_to_tell
from web.sign_up import SignUpForm
from web.visitor import visiting_member

blueprint = Blueprint("pages", __name__)
FEW = 2  # of the wall's newest lines


@blueprint.get("/")
def front() -> str | Response:
    """Say what this is to strangers; members go on to their week."""
    if visiting_member() is not None:
        return redirect(url_for("this_week.show"), 303)
    facts = {"figures": figures_to_tell(), "lines": lines_shown(g.session, FEW)}
    return render_template("pages/front.html", form=SignUpForm(formdata=None), **facts)


@blueprint.get("/about")
def about() -> str:
    """Tell how a week goes, and how to stay safe."""
    return render_template("pages/about.html")


@blueprint.get("/privacy")
def privacy() -> str:
    """Tell what is kept, who sees it, and for how long."""
    return render_template("pages/privacy.html")
