"""Tells for each venue of a file whether the list has it: by its OSM id, else by its name and where it lies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from geopy.distance import great_circle

from data.search_keys import fold
from data.venues import SAME_KM, key_of
from jobs.found_venues import FoundVenue

FROM_THE_FILE = ("name", "kind", "latitude", "longitude", "address", "opening_hours", "wheelchair", "osm_id")

Columns = dict[str, Any]


class KnownVenues:
    """The venues of the list, each as its columns by its id, and what a file adds to them."""

    def __init__(self, listed: Mapping[int, Columns]) -> None:
        self.new: list[Columns] = []
        self.same = 0
        self._changed: dict[int, Columns] = {}
        self._by_osm_id: dict[str, Columns] = {}
        self._by_name: defaultdict[str, list[Columns]] = defaultdict(list)
        for venue in listed.values():
            self._remember(venue)

    @property
    def changed(self) -> list[Columns]:
        """The venues of the list of which the file says something new, whole."""
        return [one | {"key": key_of(one["name"], one["address"])} for one in self._changed.values()]

    def take_in(self, found: FoundVenue) -> None:
        """Note what a venue of a file adds. What the file does not say, it does not take away."""
        told = {name: value for name, value in asdict(found).items() if value}
        known = self._known(found)
        if known is None:
            venue = asdict(found)
            self.new.append(venue)
            self._remember(venue)
            return
        if known["osm_id"]:  # the map may show one place twice: as a point and as a building
            told.pop("osm_id", None)
        if all(known[name] == value for name, value in told.items()):
            self.same += 1
            return
        known.update(told)
        self._remember(known)
        if "id" in known:
            self._changed[known["id"]] = known

    def _known(self, found: FoundVenue) -> Columns | None:
        if found.osm_id in self._by_osm_id:
            return self._by_osm_id[found.osm_id]
        here = found.latitude, found.longitude
        of_that_name = self._by_name.get(fold(found.name), ())
        near = [one for one in of_that_name if great_circle(here, (one["latitude"], one["longitude"])).km <= SAME_KM]
        return near[0] if near else None

    def _remember(self, venue: Columns) -> None:
        if venue["osm_id"]:
            self._by_osm_id[venue["osm_id"]] = venue
        named = self._by_name[fold(venue["name"])]
        if all(one is not venue for one in named):
            named.append(venue)
