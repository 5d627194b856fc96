"""When something does not work: every error has a page that says so kindly and shows the way on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Never

from flask import Flask, Response, abort, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Conflict, HTTPException, InternalServerError, NotFound, SecurityError

from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.problems import FOR_PROGRAMS, problem_of
from web.terms import community_here
from web.wording import isolated


class DeadLink(NotFound):
    """A link from a letter that is forged, spoilt or past its time; which of them is nobody's business."""


class GoneOut(Conflict):
    """A round whose letters are written: it cannot be changed."""


@dataclass(frozen=True)
class Apology:
    """What we say when a request cannot be answered."""

    title: str
    text: str


APOLOGIES = {
    400: Apology(_l("We did not understand that"), _l("Something in the request was not as it should be. Please try again.")),
    403: Apology(_l("This is not yours to see"), _l("You may be signed in as somebody else.")),
    404: Apology(_l("There is nothing here"), _l("The page may have moved, or the address may have been cut off on its way.")),
    405: Apology(_l("That cannot be done here"), _l("Open the page first, and press the button on it.")),
    409: Apology(_l("This has changed meanwhile"), _l("Please look again: the page you had open was an older one.")),
    413: Apology(_l("That is too much"), _l("What you sent is longer than we can take. Please shorten it and try again.")),
    429: Apology(_l("A little slower, please"), _l("You have tried this many times. Please wait a few minutes.")),
    500: Apology(_l("Something broke on our side"), _l("It is not your fault, and nothing you wrote before is lost. Please try again.")),
}  # fmt: skip
DEAD_LINK = Apology(
    _l("This link no longer works"),
    _l(
        "Links in our letters work for a while only, and some programs cut them in two. "
        "The newest letter from us has a fresh one, and so has your own page once you have signed in."
    ),
)
GONE_OUT = Apology(
    _l("This round has gone out"),
    _l(
        "Its letters are written, so nothing in it can be changed here any more. "
        "Two people can be kept apart from now on, and the next round can be prepared."
    ),
)
STALE_FORM = Apology(
    _l("This page was open for too long"),
    _l(
        "For your safety a form works only in the browser that opened it. Go back, reload the page and send it once more."
    ),
)


def prepare(app: Flask) -> None:
    """Answer every error with a page of ours, and other programs in their way."""
    app.register_error_handler(HTTPException, apologise)
    app.register_error_handler(CSRFError, lambda error: _page(STALE_FORM, error.code))
    app.register_error_handler(DeadLink, lambda error: _page(DEAD_LINK, error.code))
    app.register_error_handler(GoneOut, lambda error: _page(GONE_OUT, error.code))
    app.register_error_handler(SecurityError, _unknown_host)
    app.register_error_handler(InternalServerError, apologise)


def dead_link() -> Never:
    """Answer as for every link that does not work, whatever is wrong with it."""
    raise DeadLink


def gone_out() -> Never:
    """Answer that the letters of a round are written."""
    raise GoneOut


def not_found() -> Never:
    """Answer as if there were nothing here."""
    abort(404)


def apologise(error: HTTPException) -> Response:
    """Answer an error with the page for its code; another program gets it in its way."""
    if request.path.startswith(FOR_PROGRAMS):
        return problem_of(error)
    code = error.code or 500
    response = _page(APOLOGIES.get(code, APOLOGIES[400 if code < 500 else 500]), code)
    if code == 405:
        response.headers["Allow"] = dict(error.get_headers()).get("Allow", "")
    return response


def _page(apology: Apology, code: int | None) -> Response:
    return make_response(render_template("errors/error.html", apology=apology), code or 500)


def _unknown_host(error: HTTPException) -> Response:
    """Answer a request for a host that is not ours; no page of ours can be linked to from there."""
    return Response(
        _("This is not the address of %(name)s.", name=isolated(community_here().name)) + "\n",
        error.code,
        mimetype="text/plain",
    )
