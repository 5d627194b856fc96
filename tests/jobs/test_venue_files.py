"""Extracts of OpenStreetMap in every form they come in, whole and broken."""

from __future__ import annotations

import gzip
import json
import lzma
from pathlib import Path
from typing import Any

import osmium
import pytest
from osmium.osm.mutable import Node, Relation, Way

from data.reference_files import REFERENCE
from jobs.found_venues import FoundVenue, LeftOut, venue_or_why_not
from jobs.venue_files import UnreadableVenues, read_venues

TAGS = {"name": "Café Europa", "amenity": "cafe", "addr:street": "Amagertorv", "addr:housenumber": "1",
        "opening_hours": "Mo-Su 08:00-20:00", "wheelchair": "yes"}  # fmt: skip
EUROPA = FoundVenue(
    "Café Europa", "cafe", 55.6786, 12.5796, "Amagertorv 1", "Mo-Su 08:00-20:00", "yes", "node/7"
)  # fmt: skip


def feature(geometry: Any = None, tags: Any = TAGS, **more: Any) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [12.5796, 55.6786]}
    return {"type": "Feature", "id": "node/7", "properties": tags, "geometry": geometry or point} | more


def geojson(folder: Path, *features: Any) -> Path:
    path = folder / "some.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def table(folder: Path, text: str, name: str = "some.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def venues(found: list[FoundVenue | LeftOut]) -> list[FoundVenue]:
    return [one for one in found if isinstance(one, FoundVenue)]


def broken(found: list[FoundVenue | LeftOut]) -> list[tuple[str, str]]:
    return [(one.where, one.why) for one in found if isinstance(one, LeftOut) and one.broken]


def test_a_point_of_geojson_is_a_venue_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    assert read_venues(geojson(tmp_path, feature())) == [EUROPA]


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_an_area_lies_where_its_middle_is(tmp_path: Path, kind: str) -> None:
    ring = [[12.0, 55.0], [12.002, 55.0], [12.002, 55.004], [12.0, 55.004], [12.0, 55.0]]
    areas = [ring] if kind == "Polygon" else [[ring]]
    found = venues(read_venues(geojson(tmp_path, feature({"type": kind, "coordinates": areas}))))[0]
    assert (found.latitude, found.longitude) == pytest.approx((55.002, 12.001))


@pytest.mark.parametrize(
    "change",
    [
        {"geometry": {"type": "LineString", "coordinates": [[12, 55], [12, 56]]}},
        {"geometry": {"type": "Polygon", "coordinates": [[[12, 55], [12, 56], [13, 55]]]}},  # a whole island
        {"geometry": {"type": "Point", "coordinates": []}},
        {"geometry": {"type": "Point", "coordinates": ["x", "y"]}},
        {"geometry": {"type": "Point", "coordinates": [12, None]}},
        {"geometry": {"type": "Point", "coordinates": [float("nan"), 55]}},
        {"geometry": {"type": "Point", "coordinates": [12, 95]}},
        {"geometry": {"type": "Point", "coordinates": [0, 0]}},
        {"geometry": "here"},
        {"properties": 7},
        {"properties": TAGS | {"name": "x" * 300}},
        {"properties": TAGS | {"name": "\ud800"}},
    ],
)
def test_a_broken_feature_is_named_by_its_number_and_stops_no_other(tmp_path: Path, change: dict[str, Any]) -> None:
    found = read_venues(geojson(tmp_path, feature() | change, "no feature", feature()))
    assert venues(found) == [EUROPA]
    assert [where for where, why in broken(found) if why] == ["feature 1", "feature 2"]


@pytest.mark.parametrize(
    ("tags", "why"),
    [
        ({"amenity": "bank"}, "it is of another kind"),
        ({"amenity": "home"}, "a home is no place to meet"),
        ({"name": " \x00 "}, "it has no name"),
        ({"access": "private"}, "it is private"),
        ({"tourism": "hotel"}, "people live or sleep there"),
        ({"takeaway": "only"}, "there is nowhere to sit"),
        ({"indoor_seating": "no", "outdoor_seating": "no"}, "there is nowhere to sit"),
    ],
)
def test_what_is_no_public_place_to_talk_is_left_out(tags: dict[str, str], why: str) -> None:
    assert venue_or_why_not("line 2", TAGS | tags, 55, 12, "") == LeftOut("line 2", why, broken=False)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("node/7", "node/7"),
        ("n7", "node/7"),
        ("w12", "way/12"),
        ("a24", "way/12"),
        ("a25", "relation/12"),
        ("?", None),
        ("", None),
    ],
)
def test_an_osm_id_is_known_however_it_is_written(written: str, number: str | None) -> None:
    found = venue_or_why_not("", TAGS, 55, 12, written)
    assert isinstance(found, FoundVenue)
    assert found.osm_id == number


def test_hours_too_long_to_keep_are_unknown_and_a_name_is_one_line() -> None:
    found = venue_or_why_not("", TAGS | {"opening_hours": "Mo " * 300, "name": "Café\r\nEuropa\u202e"}, 55, 12, "")
    assert isinstance(found, FoundVenue)
    assert (found.opening_hours, found.name) == ("", "Café Europa")


def test_a_table_in_the_columns_of_overpass_is_read(tmp_path: Path) -> None:
    text = "@type\t@id\t@lat\t@lon\tname\tamenity\nnode\t7\t55.6786\t12.5796\tCafé Europa\tcafe\n"
    found = venues(read_venues(table(tmp_path, text, "overpass.tsv")))[0]
    assert (found.name, found.osm_id, found.latitude) == ("Café Europa", "node/7", 55.6786)


def test_a_broken_row_is_named_by_its_line_and_stops_no_other(tmp_path: Path) -> None:
    rows = [
        'cafe,"Café, Europa",55.6,12.5',
        "cafe,Norden,north,12.5",
        "cafe,Short,55.6",
        'cafe,3" pizza,55.6,12.6',
        "cafe,Far,155.6,12.5",
    ]
    found = read_venues(table(tmp_path, "\n".join(["kind,name,lat,lon", *rows])))
    assert [one.name for one in venues(found)] == ["Café, Europa", '3" pizza']
    assert [where for where, _ in broken(found)] == ["line 3", "line 4", "line 6"]
    assert "its latitude is 'north'" in broken(found)[0][1]


def test_the_shipped_sample_can_be_imported_like_any_file() -> None:
    found = read_venues(REFERENCE / "venues_copenhagen.tsv.xz")
    assert (len(found), len(venues(found)), broken(found)) == (2_570, 2_563, [])  # seven have no name


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.geojson", b"", "is empty"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Fea', "not whole GeoJSON"),
        ("a.geojson", b"[" * 200_000, "not whole GeoJSON"),
        ("a.geojson", b'{"type": "Topology"}', 'no list of "features"'),
        ("a.geojson", b'{"features": []}', "holds no venues"),
        ("a.csv", b" \n\n", "is empty"),
        ("a.csv", b"name,kind,price\nA,cafe,3\n", "There is none for lat and lon"),
        ("a.csv", b"\x00\xff\x13\x00binary", "There is none for"),
        ("a.tsv.xz", lzma.compress(b"name\tkind\tlat\tlon\n" * 99)[:40], "cannot be unpacked"),
        ("a.csv.gz", gzip.compress(b"name,kind,lat,lon\n" * 99, mtime=0)[:20], "cannot be unpacked"),
        ("a.csv.gz", b"not packed", "cannot be unpacked"),
        ("a.osm.pbf", b"", "cannot be read as a map"),
        ("a.osm.pbf", b"garbage " * 1000, "cannot be read as a map"),
        ("a.pdf", b"%PDF", "is not GeoJSON (.geojson), a table (.csv, .tsv) or a map (.osm.pbf)"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, complaint: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableVenues) as refusal:
        read_venues(path)
    assert complaint in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize("name", ["away.geojson", "away.csv", "away.osm.pbf"])
def test_a_file_that_is_away_is_told_as_such(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        read_venues(tmp_path / name)


@pytest.fixture
def a_map(tmp_path: Path) -> Path:
    """A map with a café that is a point, a library that is a building, and a bakery of which two ways are the walls."""
    path = tmp_path / "town.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        writer.add_node(Node(id=7, location=(12.5796, 55.6786), tags=TAGS))
        writer.add_node(Node(id=8, location=(12.58, 55.67), tags=TAGS | {"amenity": "bank"}))
        for number, corner in enumerate([(12.0, 55.0), (12.002, 55.0), (12.002, 55.004), (12.0, 55.004)], start=11):
            writer.add_node(Node(id=number, location=corner))
        library = {"name": "Library", "amenity": "library"}
        writer.add_way(Way(id=21, nodes=[11, 12, 13, 14, 11], tags=library))
        writer.add_way(Way(id=22, nodes=[11, 12, 13]))
        writer.add_way(Way(id=23, nodes=[13, 14, 11]))
        writer.add_way(Way(id=24, nodes=[98, 99], tags=library))  # cut off at the edge of the extract
        walls = [("w", 22, "outer"), ("w", 23, "outer"), ("w", 97, "inner")]
        writer.add_relation(
            Relation(id=31, members=walls, tags={"name": "Baker", "shop": "bakery", "type": "multipolygon"})
        )
    return path


def test_points_buildings_and_relations_of_a_map_are_venues(a_map: Path) -> None:
    found = read_venues(a_map)
    assert [(one.name, one.kind, one.osm_id) for one in venues(found)] == [
        ("Café Europa", "cafe", "node/7"), ("Library", "library", "way/21"), ("Baker", "bakery", "relation/31"),
    ]  # fmt: skip
    europa, *areas = venues(found)
    assert europa == EUROPA
    assert [(one.latitude, one.longitude) for one in areas] == [pytest.approx((55.002, 12.001))] * 2
    assert broken(found) == [("way/24", "the map does not say where it lies")]


def test_a_map_that_is_cut_short_is_refused(a_map: Path) -> None:
    a_map.write_bytes(a_map.read_bytes()[:-40])
    with pytest.raises(UnreadableVenues, match="cannot be read as a map"):
        read_venues(a_map)
