"""The reader's own choice of a language: kept for this browser, and for a member's letters."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from web.language import LANGUAGES, remember
from web.visitor import is_internal, visiting_member

blueprint = Blueprint("choose_language", __name__)


@blueprint.post("/language")
def choose() -> Response:
    """Change the language of this browser, and of the letters if it is a member's; then back to where they were.

    Another site cannot press this for a member: browsers send our cookie with forms of ours alone.
    """
    code, back = request.form.get("language", ""), request.form.get("back")
    if code in LANGUAGES:
        remember(code)
        member = visiting_member()
        if member is not None:
            member.language = code
    return redirect(back if is_internal(back) else url_for("pages.front"), 303)
