"""Where people near each other meet: three public places, fair to all of them, that give nobody's home away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jobs.likely_open import LikelyOpen
from jobs.towns import KM_PER_DEGREE, Home, Spot, Towns
from matcher.geography import distance_km
from web.wording import EASY_TO_REACH, NEAR_TOWN

MOST_PLACES = 3
# With every so many km that the longer of the ways grows, a place is e times less likely to be drawn. No place is ruled
# out but by the reaches, so whoever knows the rule, the list and their own cell can rule out hardly any of the other's:
# tests/jobs/test_midpoint_attack.py tells how little they learn, and what the privacy costs in ways.
LEEWAY_KM = 1.0
# The second and third place lie around the first: three draws between two homes would tell three times as much of them.
AROUND_KM = 0.3
SAME_HOUSE_KM = 0.05  # three counters of one market hall are one suggestion
# The kinds in which strangers can talk, from the best.
QUIET = {"cafe": 1.0, "library": 1.0, "bakery": 0.5, "restaurant": 0.5, "ice_cream": 0.3, "pub": 0.3, "bar": 0.2}
PREFERRED = 3.0  # times as likely
OPENNESS = 4  # open at half of the times is a sixteenth as likely as open at all of them

Rows = NDArray[np.intp]
Numbers = NDArray[np.float64]


class PublicPlace(NamedTuple):
    """What of a venue decides who is sent there."""

    id: int
    kind: str
    name: str
    address: str
    latitude: float
    longitude: float
    opening_hours: str
    wheelchair: str
    preferred: bool


class Places:
    """The venues and towns people may meet in; venues in the order of their latitude, so that few are weighed."""

    def __init__(self, venues: Sequence[PublicPlace], towns: Sequence[Spot]) -> None:
        self._venues = sorted(venues, key=lambda venue: (venue.latitude, venue.id))
        self._row_of = {venue.id: row for row, venue in enumerate(self._venues)}
        self._latitude = np.array([venue.latitude for venue in self._venues])
        self._longitude = np.array([venue.longitude for venue in self._venues])
        self._wheelchair = np.array([venue.wheelchair for venue in self._venues])
        favour = [PREFERRED if venue.preferred else 1.0 for venue in self._venues]
        self._liked = np.array([QUIET.get(venue.kind, 0.0) for venue in self._venues]) * np.array(favour)
        self._open = LikelyOpen([(venue.opening_hours, venue.kind) for venue in self._venues])
        self._towns = Towns(towns)

    def suggest(  # noqa: PLR0913  all that decides where they are sent
        self,
        homes: Sequence[Home],
        times: Sequence[datetime],
        zone: str,
        step_free: bool,  # noqa: FBT001  what somebody asked for, handed on
        *,
        chance: int,
        used: Mapping[int, int],
    ) -> list[int]:
        """Return the ids of up to three venues within everybody's reach, the best first; none where no listed one will do.

        Args:
            homes: the cells people start from; nothing finer is known here.
            times: the times on offer; a venue known to be shut at all of them is left out.
            zone: the IANA zone by whose clocks the venues open.
            step_free: whether somebody must get in without steps.
            chance: decides among the likely places; the same number, the same places.
            used: how many meetings of this week each venue has been given already.
        """
        rows, way = self._in_reach(homes)
        weight = self._weight(rows, self._open.share(rows, times, zone), used)
        if step_free:
            weight = self._without_steps(rows, weight)
        possible = weight > 0
        drawn = self._draw(rows[possible], way[possible], weight[possible], chance)
        return [self._venues[row].id for row in drawn]

    def words_where_nothing_is_listed(self, homes: Sequence[Home]) -> str:
        """Return the words for a place to agree on where no venue will do: near a town, never near a point in between."""
        town = self._towns.between(homes)
        return NEAR_TOWN % {"town": town.name} if town else EASY_TO_REACH

    def _in_reach(self, homes: Sequence[Home]) -> tuple[Rows, Numbers]:
        """Return the venues that everybody would go to, and the longest of the ways to each, in km."""
        south = max(home.latitude - home.reach_km / KM_PER_DEGREE for home in homes)
        north = min(home.latitude + home.reach_km / KM_PER_DEGREE for home in homes)
        first, last = np.searchsorted(self._latitude, [south, north])
        latitude, longitude = self._latitude[first:last], self._longitude[first:last]
        ways = [distance_km(home.latitude, home.longitude, latitude, longitude) for home in homes]
        near = np.all([way <= home.reach_km for home, way in zip(homes, ways, strict=True)], axis=0)
        return first + np.flatnonzero(near), np.max(ways, axis=0)[near]

    def _weight(self, rows: Rows, opens: Numbers, used: Mapping[int, int]) -> Numbers:
        """Return how welcome each place is, wherever the people live: only the ways know of their homes."""
        given = np.zeros(len(self._venues))
        for venue_id in used.keys() & self._row_of.keys():
            given[self._row_of[venue_id]] = used[venue_id]
        return np.asarray(self._liked[rows] * opens**OPENNESS / (1 + given[rows]) ** 2)

    def _without_steps(self, rows: Rows, weight: Numbers) -> Numbers:
        """Keep the places that are known to have no step; where there are none, those with one step at most.

        "limited" says that much, and of "a public café near …", the words instead, nobody knows anything.
        """
        for access in ("yes", "limited"):
            kept = np.where(self._wheelchair[rows] == access, weight, 0.0)
            if kept.any():
                return kept
        return np.zeros(len(rows))

    def _draw(self, rows: Rows, way: Numbers, weight: Numbers, chance: int) -> list[int]:
        """Draw a first place by its ways and the others around it; then put them in an order that tells nothing of ways."""
        if not len(rows):
            return []
        # The largest of logarithm plus Gumbel noise falls on each in proportion to its weight.
        luck = np.random.default_rng(chance).gumbel(size=(MOST_PLACES, len(rows)))
        first = int(np.argmax(np.log(weight) - way / LEEWAY_KM + luck[0]))
        here = self._latitude[rows[first]], self._longitude[rows[first]]
        around = distance_km(*here, self._latitude[rows], self._longitude[rows])
        score = np.log(weight) - around / AROUND_KM + luck[1]
        score[first] = np.inf
        chosen = self._different(rows, np.argsort(-score))
        return [int(rows[one]) for one in sorted(chosen, key=lambda one: (-weight[one], luck[2, one]))]

    def _different(self, rows: Rows, order: Rows) -> list[int]:
        """Return the first three that are not the same house or the same chain; in a small place, of one house after all."""
        chosen: list[int] = []
        for apart_km in (SAME_HOUSE_KM, 0.0):
            for one in order:
                if len(chosen) == MOST_PLACES:
                    break
                if all(self._differ(rows[one], rows[other], apart_km) for other in chosen):
                    chosen.append(int(one))
        return chosen

    def _differ(self, row: int, other: int, apart_km: float) -> bool:
        one, two = self._venues[row], self._venues[other]
        if one.name == two.name or (one.address and one.address == two.address):
            return False
        return float(distance_km(one.latitude, one.longitude, two.latitude, two.longitude)) >= apart_km
