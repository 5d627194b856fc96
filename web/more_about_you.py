"""The second page of signing up, for who likes: how to meet, and what to talk about. All of it can wait."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.language import gettext as _
from web.person_form import TalkForm
from web.visitor import member_here, members_only

blueprint = Blueprint("more_about_you", __name__)


@blueprint.get("/welcome")
@members_only
def show() -> str:
    """Ask for what makes a better first meeting."""
    form = TalkForm(formdata=None)
    form.show(member_here())
    return render_template("more_about_you/show.html", form=form)


@blueprint.post("/welcome")
@members_only
def keep() -> Response | tuple[str, int]:
    """Keep what was said, and go on to the week."""
    form = TalkForm()
    if not form.validate():
        return render_template("more_about_you/show.html", form=form), 422
    form.fill_in(member_here())
    flash(_("Thank you. That helps us to find somebody for you."))
    return redirect(url_for("this_week.show"), 303)
