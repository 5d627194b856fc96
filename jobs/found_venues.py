"""What makes an object of a map a venue: a public place of a kind in which two strangers can sit and talk, with a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from data.search_keys import fold
from data.venues import KINDS, LONGEST_ADDRESS, LONGEST_HOURS, LONGEST_NAME

AS_BAKERY = ("pastry", "confectionery")
PRIVATE = ("private", "no", "members", "permit", "residents")
ACCOMMODATION = (
    "hotel", "hostel", "motel", "guest_house", "apartment", "chalet", "alpine_hut", "camp_site", "caravan_site",
)  # fmt: skip
WHEELCHAIR = {"yes": "yes", "designated": "yes", "limited": "limited", "no": "no"}
OSM_ID = re.compile(r"(node|way|relation|n|w|r|a)/?(\d{1,18})", re.IGNORECASE)
WHOLE = {"n": "node", "w": "way", "r": "relation"}


@dataclass(frozen=True)
class FoundVenue:
    """A venue as a file has it."""

    name: str
    kind: str
    latitude: float
    longitude: float
    address: str
    opening_hours: str
    wheelchair: str
    osm_id: str | None


@dataclass(frozen=True)
class LeftOut:
    """What is no venue, and why: where it stands in the file; broken when nobody could read it as one."""

    where: str
    why: str
    broken: bool


class _Unfit(Exception):
    """It can be read, and is not for us."""


class _Broken(Exception):
    """It cannot be read."""


def venue_or_why_not(
    where: str, tags: Mapping[str, str], latitude: object, longitude: object, osm_id: str
) -> FoundVenue | LeftOut:
    """Return what an object of a map is to us. `where` names it in the file: its line, its number or its OSM id."""
    try:
        return _venue(tags, latitude, longitude, osm_id)
    except _Broken as why:
        return LeftOut(where, str(why), broken=True)
    except _Unfit as why:
        return LeftOut(where, str(why), broken=False)


def _venue(tags: Mapping[str, str], latitude: object, longitude: object, osm_id: str) -> FoundVenue:
    kind = _kind(tags)
    name = _plain(tags.get("name", ""))
    _refuse_unfit(tags, name)
    if len(name) > LONGEST_NAME:
        raise _Broken(f"its name has {len(name)} letters; {LONGEST_NAME} is the most")
    north, east = _degrees(latitude, 90, "latitude"), _degrees(longitude, 180, "longitude")
    if north == east == 0:
        raise _Broken("it lies at 0, 0, in the sea")
    hours = _plain(tags.get("opening_hours", ""))
    return FoundVenue(
        name=name,
        kind=kind,
        latitude=north,
        longitude=east,
        address=_address(tags)[:LONGEST_ADDRESS],
        opening_hours=hours if len(hours) <= LONGEST_HOURS else "",  # half of them would be wrong hours
        wheelchair=WHEELCHAIR.get(_plain(tags.get("wheelchair", "")).lower(), ""),
        osm_id=_osm_id(osm_id),
    )


def _kind(tags: Mapping[str, str]) -> str:
    named = [fold(tags.get(key, "")).replace(" ", "_") for key in ("kind", "amenity", "shop")]
    for kind in named:
        if kind in KINDS:
            return kind
        if kind in AS_BAKERY:
            return "bakery"
    kind = next(filter(None, named), "")
    raise _Unfit("a home is no place to meet" if kind in ("home", "house") else "it is of another kind")


def _refuse_unfit(tags: Mapping[str, str], name: str) -> None:
    if not name:
        raise _Unfit("it has no name")
    if tags.get("access", "").strip().lower() in PRIVATE:
        raise _Unfit("it is private")
    if tags.get("tourism", "").strip().lower() in ACCOMMODATION:
        raise _Unfit("people live or sleep there")
    seats = tags.get("indoor_seating", ""), tags.get("outdoor_seating", "")
    if tags.get("takeaway", "").strip().lower() == "only" or seats == ("no", "no"):
        raise _Unfit("there is nowhere to sit")


def _degrees(value: object, most: int, name: str) -> float:
    try:
        degrees = float(str(value).strip())
    except ValueError:
        degrees = float("nan")
    if not isfinite(degrees) or abs(degrees) > most:
        raise _Broken(f"its {name} is {str(value)[:40]!r}, not a number of degrees up to {most}")
    return degrees


def _address(tags: Mapping[str, str]) -> str:
    street = " ".join(filter(None, (_plain(tags.get(f"addr:{part}", "")) for part in ("street", "housenumber"))))
    return _plain(tags.get("address", "")) or ", ".join(filter(None, (street, _plain(tags.get("addr:city", "")))))


def _osm_id(text: str) -> str | None:
    """Return "node/123" for any of the usual ways to write it; areas of the `osmium` tool count ways and relations in turn."""
    found = OSM_ID.fullmatch(text.strip())
    if found is None:
        return None
    what, number = found[1][0].lower(), int(found[2])
    if what == "a":
        what, number = ("r" if number % 2 else "w"), number // 2
    return f"{WHOLE[what]}/{number}"


def _plain(text: str) -> str:
    """Return a text on one line, without anything that cannot be shown."""
    shown = text if text.isprintable() else "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())
