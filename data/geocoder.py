"""Answers where a place is and what is there: from the list of places, or from a geocoder one has configured."""

from __future__ import annotations

from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Any
from urllib.parse import urlsplit

from geopy.geocoders.base import Geocoder
from geopy.geocoders.nominatim import Nominatim
from geopy.geocoders.photon import Photon
from geopy.location import Location
from geopy.point import Point
from sqlalchemy.orm import Session, sessionmaker

from data.places import Place, nearest_place, suggest_places
from data.typed_places import resolve_place

NAME = "hello-stranger"  # by which a public geocoder knows who asks, as its rules demand
PATIENCE_SECONDS = 3
REMOTE = {"nominatim": Nominatim, "photon": Photon}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """A geopy geocoder over the list of places: towns of 5,000 and more, and no network."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        # It asks nobody: to load the certificates of the whole world would take longer than all else.
        super().__init__(user_agent=NAME, ssl_context=SSLContext(PROTOCOL_TLS_CLIENT))
        self.sessions = sessions

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: float | None = None, limit: int = 8) -> Any:
        """Return where a place is: the best Location, or a list of up to `limit`, best first; None when there is none.

        The signature is geopy's; nothing here takes long enough for `timeout` to matter.
        """
        del timeout
        with self.sessions() as session:
            meant = resolve_place(session, query)
            places = [meant.found] if meant.found else meant.candidates
            places += [place for place in suggest_places(session, query, limit) if place not in places]
        return _answer(places[:limit], one=exactly_one)

    def reverse(self, query: Any, *, exactly_one: bool = True, timeout: float | None = None) -> Any:
        """Return the Location of the place nearest to a point, given in any of geopy's forms; None far from every town."""
        del timeout
        point = Point(query)
        with self.sessions() as session:
            place = nearest_place(session, point.latitude, point.longitude)
        return _answer([place] if place else [], one=exactly_one)


def open_geocoder(setting: str, sessions: sessionmaker[Session]) -> Geocoder:
    """Return the geocoder that a setting names: gazetteer, nominatim:HOST or photon:HOST.

    A host is asked over HTTPS, except on this machine. Raises ValueError for anything else.
    """
    kind, _, host = setting.partition(":")
    if kind == "gazetteer" and not host:
        return Gazetteer(sessions)
    if kind not in REMOTE or not urlsplit(f"//{host}").hostname:
        raise ValueError(f"A geocoder is gazetteer, nominatim:HOST or photon:HOST, not {setting!r}")
    scheme = "http" if urlsplit(f"//{host}").hostname in LOOPBACK else "https"
    return REMOTE[kind](domain=host, scheme=scheme, user_agent=NAME, timeout=PATIENCE_SECONDS)


def _answer(places: list[Place], *, one: bool) -> Any:
    locations = [Location(place.label, (place.latitude, place.longitude), _facts(place)) for place in places]
    if not locations:
        return None
    return locations[0] if one else locations


def _facts(place: Place) -> dict[str, Any]:
    return {"id": place.id, "population": place.population, "time_zone": place.time_zone}
