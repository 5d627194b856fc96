"""In development, every letter as its reader would see it, where no mail server sends it anywhere."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, make_response, render_template, request

from data.letter import Letter, recent_letters
from web import errors
from web.frame import Frame
from web.headers import POLICY
from web.language import DEFAULT, LANGUAGES

# A letter carries its style inside, as mail programs want it. So it stands on a page of its own, in a frame of the
# page beside its text, and there nothing else is allowed: no script, nothing fetched.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'self'"
NIGHT = "(prefers-color-scheme: dark)"
ALWAYS_OR_NEVER = {"day": "not all", "night": "all"}
BESIDE_POLICY = f"{POLICY}; frame-src 'self'"

blueprint = Blueprint("mailbox", __name__)


@blueprint.before_request
def only_in_development() -> None:
    """Anybody could read everybody's letters here: outside development there is no such page."""
    if not current_app.extensions["settings"].development:
        errors.not_found()


@blueprint.get("/mailbox")
def show() -> str:
    """List the newest letters, everybody's or those to one address."""
    address = request.args.get("address", "")
    return render_template("mailbox/show.html", letters=recent_letters(g.session, address), address=address)


@blueprint.get("/mailbox/<int:letter_id>")
def read(letter_id: int) -> Response:
    """Show one letter, as text and as HTML side by side."""
    page = make_response(render_template("mailbox/read.html", letter=_letter(letter_id)))
    page.headers["Content-Security-Policy"] = BESIDE_POLICY
    return page


@blueprint.get("/mailbox/<int:letter_id>/html")
def read_html(letter_id: int) -> Response:
    """Show one letter's HTML, just as it is posted; or as it looks `?by=day` or `?by=night`, whatever the reader's own."""
    letter, by = _letter(letter_id), request.args.get("by", "")
    dressed = Frame().dress(letter.subject, letter.text, LANGUAGES.get(letter.language, DEFAULT))
    page = make_response(dressed.replace(NIGHT, ALWAYS_OR_NEVER.get(by, NIGHT)))
    page.headers["Content-Security-Policy"] = LETTER_POLICY
    page.headers["X-Frame-Options"] = "SAMEORIGIN"
    return page


def _letter(letter_id: int) -> Letter:
    letter: Letter | None = g.session.get(Letter, letter_id)
    return letter or errors.not_found()
