"""The learned wall: what people learned from a stranger and chose to share, each line with a page and a picture of its own."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, g, make_response, render_template, request, url_for

from data.wall import ShownLine, line_shown, lines_shown
from web import errors
from web.card import draw_card
from web.language import gettext as _
from web.sharing import public_url, share_links
from web.wording import said

blueprint = Blueprint("wall", __name__)
LINES_A_PAGE = 20
PICTURE_KEPT_FOR = timedelta(days=1)


@blueprint.get("/learned")
def show() -> str:
    """Show the newest lines, or older ones."""
    before = request.args.get("before", "")
    lines = lines_shown(g.session, LINES_A_PAGE + 1, int(before) if before.isdecimal() and len(before) < 10 else None)
    shown = lines[:LINES_A_PAGE]
    older = shown[-1].id if len(lines) > LINES_A_PAGE else None
    return render_template("wall/show.html", lines=shown, older=older)


@blueprint.get("/learned/<int:number>")
def line(number: int) -> str:
    """Show one line, with the links that share it."""
    found = _line(number)
    url = public_url(url_for("wall.line", number=number))
    picture = public_url(url_for("wall.picture", number=number))
    return render_template(
        "wall/line.html", line=found, url=url, picture=picture, links=share_links(url, quoted(found))
    )


@blueprint.get("/learned/<int:number>.png")
def picture(number: int) -> Response:
    """Draw one line as the picture that goes with a link to it."""
    found = _line(number)
    return answer_picture(draw_card(said(found.words), said(found.by)))


@blueprint.get("/card.png")
def card() -> Response:
    """Draw the picture that goes with a link to any other page."""
    return answer_picture(draw_card(_("Meet one person you would never have met."), ""))


@blueprint.app_template_filter("quoted")
def quoted(shared: ShownLine) -> str:
    """Return a line as one quotes it."""
    return _("“%(words)s”", words=said(shared.words))


def answer_picture(png: bytes) -> Response:
    """Answer a picture that anybody may show and keep for a day: whoever links to us shows it beside the link."""
    response = make_response(png)
    response.mimetype = "image/png"
    response.cache_control.public = True
    response.cache_control.max_age = int(PICTURE_KEPT_FOR.total_seconds())
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _line(number: int) -> ShownLine:
    # A database knows no larger number, and asks for none.
    found = line_shown(g.session, number) if number < 2**31 else None
    return found or errors.not_found()
