"""How other programs read of a community and are told of what happens: a page for people, a description for programs."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, render_template

from data.api_token import A_MINUTE
from web.api.description import NOUNS, description
from web.api.paging import MOST, USUAL
from web.api.schemas import Schema
from web.language import lazy_gettext as _l

blueprint = Blueprint("api", __name__)
EVENTS = {
    "match_made": _l("People were brought together in a round, or later in its week."),
    "match_on": _l("All have said yes to one time; again when they agree upon another."),
    "match_held": _l("The first of them says that they met."),
    "reported": _l("Somebody has reported somebody. It says which match, and neither who nor what."),
    "ping": _l("An organiser tries the webhook out."),
}
VERIFYING = '''\
import base64, hashlib, hmac, time

def is_from_hello_stranger(secret, headers, body):
    """Whether a request is genuine and new; `body` is its bytes, as they came."""
    number, moment = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(moment)) > 300:  # seconds
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{number}.{moment}.".encode() + body, hashlib.sha256)
    wanted = "v1," + base64.b64encode(digest.digest()).decode()
    signatures = headers["webhook-signature"].split()
    return any(hmac.compare_digest(wanted, one) for one in signatures)
'''


@blueprint.get("/api")
def about() -> str:
    """Tell people how to use it."""
    facts = {"a_minute": A_MINUTE, "usual": USUAL, "most": MOST, "verifying": VERIFYING, "events": EVENTS}
    return render_template("api/about.html", nouns=NOUNS, **facts)


@blueprint.app_template_filter("type_in_words")
def type_in_words(schema: Schema) -> str:
    """Return what a property holds, for the table of a noun: "integer or null", "one of open, fixed"."""
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    first = schema.get("format", kinds[0])
    if "enum" in schema:
        first = f"one of {', '.join(schema['enum'])}"
    return " or ".join([first, *kinds[1:]])


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """Describe it to programs."""
    return jsonify(description(current_app.extensions["settings"].base_url))
