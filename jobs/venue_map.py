"""Reads the venues of a map of OpenStreetMap (.osm.pbf), as large as a country, keeping no more of it than them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import osmium
from osmium.osm import NODE, WAY, Node, Relation, Way

from data.venues import KINDS
from jobs.found_venues import AS_BAKERY, FoundVenue, LeftOut, venue_or_why_not

SHOPS = ("bakery", *AS_BAKERY)
TAGS = [("amenity", kind) for kind in KINDS] + [("shop", kind) for kind in SHOPS]


class BrokenMap(Exception):
    """The file is not a map, or is cut short."""


class _Outline(NamedTuple):
    """A venue drawn as an area: what it is, and the nodes or, of a relation, the ways it is drawn with."""

    osm_id: str
    tags: dict[str, str]
    nodes: list[int]
    ways: list[int]


def read_map(path: Path) -> Iterator[FoundVenue | LeftOut]:
    """Yield the venues of a map; an area lies where its middle is. Raises BrokenMap, OSError when it is away.

    The file is read up to three times, each time only what is needed: the tags, the ways of relations, the corners.
    """
    with path.open("rb"):
        pass  # the library says the same of a file that is away and of one that is broken
    try:
        yield from _venues(str(path))
    except RuntimeError as error:
        raise BrokenMap(str(error)[:100]) from error


def _venues(path: str) -> Iterator[FoundVenue | LeftOut]:
    outlines: list[_Outline] = []
    for one in osmium.FileProcessor(path).with_filter(osmium.filter.TagFilter(*TAGS)):
        if isinstance(one, Node):
            yield _found(f"node/{one.id}", _tags(one), _position(one))
        elif isinstance(one, Way):
            outlines.append(_Outline(f"way/{one.id}", _tags(one), [node.ref for node in one.nodes], []))
        elif isinstance(one, Relation):
            ways = [member.ref for member in one.members if member.type == "w"]
            outlines.append(_Outline(f"relation/{one.id}", _tags(one), [], ways))
    corners = _corners_of_ways(path, {way for outline in outlines for way in outline.ways})
    nodes = {node for outline in outlines for node in outline.nodes} | {n for found in corners.values() for n in found}
    positions = _positions(path, nodes)
    for outline in outlines:
        around = [*outline.nodes, *(node for way in outline.ways for node in corners.get(way, ()))]
        yield _found(outline.osm_id, outline.tags, _middle(positions[node] for node in around if node in positions))


def _corners_of_ways(path: str, numbers: set[int]) -> dict[int, list[int]]:
    if not numbers:
        return {}
    ways = osmium.FileProcessor(path, WAY).with_filter(osmium.filter.IdFilter(numbers))
    return {way.id: [node.ref for node in way.nodes] for way in ways if isinstance(way, Way)}


def _positions(path: str, numbers: set[int]) -> dict[int, tuple[float, float]]:
    if not numbers:
        return {}
    nodes = osmium.FileProcessor(path, NODE).with_filter(osmium.filter.IdFilter(numbers))
    found = ((node.id, _position(node)) for node in nodes if isinstance(node, Node))
    return {number: position for number, position in found if position}


def _found(osm_id: str, tags: dict[str, str], position: tuple[float, float] | None) -> FoundVenue | LeftOut:
    if position is None:
        return LeftOut(osm_id, "the map does not say where it lies", broken=True)
    return venue_or_why_not(osm_id, tags, *position, osm_id)


def _position(node: Node) -> tuple[float, float] | None:
    return (node.location.lat, node.location.lon) if node.location.valid() else None


def _middle(positions: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
    corners = list(positions)
    if not corners:
        return None
    north, east = zip(*corners, strict=True)
    return (min(north) + max(north)) / 2, (min(east) + max(east)) / 2


def _tags(one: Node | Way | Relation) -> dict[str, str]:
    return {tag.k: tag.v for tag in one.tags}
