"""Reads venues from extracts of OpenStreetMap: GeoJSON, tables and `.osm.pbf`; one bad row stops no other."""

from __future__ import annotations

import gzip
import json
import lzma
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from jobs.found_venues import FoundVenue, LeftOut, venue_or_why_not
from jobs.list_rows import LINE_END, SEPARATORS, is_text, one_row, rows_of
from jobs.venue_map import BrokenMap, read_map

MAPS = (".osm.pbf", ".pbf", ".osm", ".osm.bz2", ".osm.gz")
GEOJSON = (".geojson", ".json")
TABLES = (".csv", ".tsv", ".txt")
UNPACKED = {".gz": gzip.decompress, ".xz": lzma.decompress}
# How tables call what we need; the tags go by their OSM names.
COLUMNS = {"lat": ("lat", "latitude", "@lat", "y"), "lon": ("lon", "lng", "longitude", "@lon", "x")}
KINDS_IN = ("kind", "amenity", "shop")
IDS = ("osm_id", "@id", "id", "full_id")
LARGEST = 0.02  # degrees from north to south: more is a park or a town
AREAS = ("Polygon", "MultiPolygon")

Found = FoundVenue | LeftOut


class UnreadableVenues(Exception):
    """The file holds no venues: it is GeoJSON, a table (CSV or TSV) or .osm.pbf from OpenStreetMap."""


def read_venues(path: Path) -> list[Found]:
    """Return everything a file holds, the whole of it read before anything is told.

    Raises UnreadableVenues for a file that is broken, empty or of another kind, OSError when it is away.
    """
    name = path.name.lower()
    if name.endswith(MAPS):
        found = _on_map(path)
    elif (bare := name.removesuffix(".gz").removesuffix(".xz")).endswith(GEOJSON):
        found = list(_features(path))
    elif bare.endswith(TABLES):
        found = list(_rows(path))
    else:
        raise UnreadableVenues(f"{path.name} is not GeoJSON (.geojson), a table (.csv, .tsv) or a map (.osm.pbf).")
    if not found:
        raise UnreadableVenues(f"{path.name} holds no venues.")
    return found


def _on_map(path: Path) -> list[Found]:
    try:
        return list(read_map(path))
    except BrokenMap as broken:
        raise UnreadableVenues(f"{path.name} cannot be read as a map: {broken}.") from broken


def _text(path: Path) -> str:
    content = path.read_bytes()
    unpack = UNPACKED.get(path.suffix.lower())
    try:
        text = (unpack(content) if unpack else content).decode("utf-8-sig", errors="surrogateescape")
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise UnreadableVenues(f"{path.name} cannot be unpacked; it is broken or cut short.") from error
    if not text.strip():
        raise UnreadableVenues(f"{path.name} is empty.")
    return text


def _features(path: Path) -> Iterator[Found]:
    try:
        whole = json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise UnreadableVenues(f"{path.name} is not whole GeoJSON: {str(error)[:100]}.") from error
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list):
        raise UnreadableVenues(f'{path.name} is not GeoJSON: there is no list of "features" in it.')
    for number, feature in enumerate(features, start=1):
        yield _feature(f"feature {number}", feature)


def _feature(where: str, feature: object) -> Found:
    try:
        properties, geometry = dict(feature["properties"] or {}), feature["geometry"]  # type: ignore[index]  # checked by trying
        latitude, longitude = _centre(geometry["type"], geometry["coordinates"])
    except (TypeError, KeyError, ValueError, IndexError):
        return LeftOut(where, "it is not a feature with properties and a point or an area", broken=True)
    inner = properties.get("tags")
    tags = _texts(properties) | (_texts(inner) if isinstance(inner, dict) else {})
    ids = [str(feature.get("id") or ""), *(tags.get(key, "") for key in IDS)]  # type: ignore[attr-defined]  # it has properties
    if not all(map(is_text, tags.values())):
        return LeftOut(where, "it is not text in UTF-8", broken=True)
    return venue_or_why_not(
        where, tags, latitude, longitude, _first_id(ids, tags.get("@type") or tags.get("osm_type", ""))
    )


def _centre(kind: str, coordinates: object) -> tuple[float, float]:
    """Return the latitude and longitude in the middle. Raises ValueError for what is neither point nor small area."""
    if kind != "Point" and kind not in AREAS:
        raise ValueError(kind)
    points, waiting = [], [coordinates]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, list) or not one:
            raise ValueError(kind)
        if isinstance(one[0], list):
            waiting += one
        else:
            points.append((float(one[1]), float(one[0])))
    north, east = zip(*points, strict=True)
    if not max(north) - min(north) <= LARGEST:
        raise ValueError(kind)
    return (min(north) + max(north)) / 2, (min(east) + max(east)) / 2


def _rows(path: Path) -> Iterator[Found]:
    lines = LINE_END.split(_text(path))
    header = next(number for number, line in enumerate(lines) if line.strip())
    separator = max(SEPARATORS, key=lines[header].count)
    columns = [column.strip().lower() for column in one_row([lines[header]], separator, 0)[0]]
    _refuse_wrong_columns(path, columns)
    for number, cells in rows_of(lines, header + 1, separator, len(columns)):
        yield _row(f"line {number}", columns, cells)


def _refuse_wrong_columns(path: Path, columns: list[str]) -> None:
    wanted = {"name": ("name",), "kind": KINDS_IN} | COLUMNS
    missing = [one for one, names in wanted.items() if not {*names} & {*columns}]
    if missing:
        raise UnreadableVenues(
            f"The first line of {path.name} names the columns: name, kind, lat and lon. "
            f"There is none for {' and '.join(missing)}."
        )


def _row(where: str, columns: list[str], cells: list[str]) -> Found:
    if len(cells) != len(columns):
        return LeftOut(where, f"it has {len(cells)} cells, the first line names {len(columns)}", broken=True)
    if not all(map(is_text, cells)):
        return LeftOut(where, "it is not text in UTF-8", broken=True)
    tags = dict(zip(columns, cells, strict=True))
    latitude, longitude = (next(tags[name] for name in names if name in tags) for names in COLUMNS.values())
    ids = [tags.get(key, "") for key in IDS]
    return venue_or_why_not(
        where, tags, latitude, longitude, _first_id(ids, tags.get("@type") or tags.get("osm_type", ""))
    )


def _first_id(ids: list[str], osm_type: str) -> str:
    one = next(filter(None, ids), "")
    return f"{osm_type}/{one}" if one.isdecimal() else one


def _texts(properties: Mapping[object, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in properties.items() if isinstance(value, str | int | float)}
