"""Finds the place a person means: in our lists, or through the geocoder of the installation, and then the nearest we list."""

from __future__ import annotations

from flask import current_app, g
from geopy.exc import GeopyError

from data.places import Place, nearest_place
from data.typed_places import PlaceAnswer, resolve_place

MOST = 8  # places to choose from


def places_meant(text: str) -> PlaceAnswer:
    """Return the place that is surely meant, or those it may be."""
    answer = resolve_place(g.session, text)
    if answer.found or answer.candidates:
        return answer
    g.session.rollback()  # nothing is written yet, and nobody shall wait for the database while somebody else is asked
    return PlaceAnswer(None, _ask_geocoder(text))


def _ask_geocoder(text: str) -> list[Place]:
    try:
        found = current_app.extensions["geocoder"].geocode(text, exactly_one=False, limit=MOST) or []
    except GeopyError:  # it is away, or has had enough: then our lists are all there is
        return []
    places = [nearest_place(g.session, location.latitude, location.longitude) for location in found]
    return list(dict.fromkeys(place for place in places if place is not None))
