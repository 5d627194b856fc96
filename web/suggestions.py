"""Professions and places as one types, for the script that shows them; without it the forms work as well."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify, request

from data.occupations import suggest_titles
from data.places import suggest_places
from web.fields import tidy_line

blueprint = Blueprint("suggestions", __name__, url_prefix="/suggestions")
LONGEST_QUERY = 100


@blueprint.get("/professions")
def professions() -> Response:
    """Answer a list of titles, best first."""
    return jsonify([suggestion.title for suggestion in suggest_titles(g.session, _typed())])


@blueprint.get("/places")
def places() -> Response:
    """Answer a list of places with their region and country, best first."""
    return jsonify([place.label for place in suggest_places(g.session, _typed())])


def _typed() -> str:
    return tidy_line(request.args.get("q", "").replace("\0", ""))[:LONGEST_QUERY]
