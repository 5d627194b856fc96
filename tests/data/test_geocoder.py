"""Places are found by geopy's means: in the list of places, or at a Nominatim or Photon one has configured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.geocoders.nominatim import Nominatim
from geopy.geocoders.photon import Photon
from geopy.point import Point
from sqlalchemy.orm import Session, sessionmaker

from data.geocoder import Gazetteer, open_geocoder

NOMINATIM = {"lat": "55.6761", "lon": "12.5683", "display_name": "København, Danmark"}
PHOTON = {"features": [{"geometry": {"coordinates": [12.5683, 55.6761]}, "properties": {"name": "København"}}]}


class StandIn(BaseHTTPRequestHandler):
    """Answers as Nominatim (/search, /reverse) and as Photon (/api), and remembers what it was asked."""

    asked: list[tuple[str, dict[str, list[str]], str]]

    def do_GET(self) -> None:
        """Answer with Copenhagen."""
        parts = urlsplit(self.path)
        question = parse_qs(parts.query)
        self.asked.append((parts.path, question, self.headers["User-Agent"]))
        answer: Any = PHOTON
        if "format" in question:  # only Nominatim is asked for one
            answer = [NOMINATIM] if parts.path == "/search" else NOMINATIM
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def stand_in() -> Iterator[tuple[str, list[tuple[str, dict[str, list[str]], str]]]]:
    """The host of a local geocoder, and what it was asked."""
    asked: list[tuple[str, dict[str, list[str]], str]] = []
    server = HTTPServer(("127.0.0.1", 0), type("Asked", (StandIn,), {"asked": asked}))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def gazetteer(listed_sessions: sessionmaker[Session]) -> Gazetteer:
    return Gazetteer(listed_sessions)


def test_a_place_is_found_with_its_position_and_time_zone(gazetteer: Gazetteer) -> None:
    found = gazetteer.geocode("København")
    assert found.address == "Copenhagen, Capital Region, Denmark"
    assert (round(found.latitude, 2), round(found.longitude, 2)) == (55.68, 12.57)
    assert found.raw["time_zone"] == "Europe/Copenhagen"


def test_what_was_surely_meant_comes_first_and_what_begins_so_after(gazetteer: Gazetteer) -> None:
    found = gazetteer.geocode("Portland, ME", exactly_one=False)
    assert found[0].address == "Portland, Maine, United States"
    assert len(gazetteer.geocode("Springfield", exactly_one=False, limit=3)) == 3
    assert gazetteer.geocode("NYC", timeout=1).address.startswith("New York City")


def test_what_is_nowhere_is_none(gazetteer: Gazetteer) -> None:
    assert gazetteer.geocode("xqzt") is None
    assert gazetteer.geocode("xqzt", exactly_one=False) is None
    assert gazetteer.reverse((-48.9, -123.4)) is None


@pytest.mark.parametrize("point", [(55.68, 12.57), "55.68, 12.57", Point(55.68, 12.57)])
def test_a_point_is_answered_with_the_nearest_place(gazetteer: Gazetteer, point: object) -> None:
    assert gazetteer.reverse(point).address == "Copenhagen, Capital Region, Denmark"
    assert len(gazetteer.reverse(point, exactly_one=False)) == 1


@pytest.mark.parametrize("kind", ["nominatim", "photon"])
def test_a_configured_geocoder_is_asked_instead(
    kind: str, stand_in: tuple[str, list[Any]], listed_sessions: sessionmaker[Session]
) -> None:
    host, asked = stand_in
    geocoder = open_geocoder(f"{kind}:{host}", listed_sessions)
    found = geocoder.geocode("Copenhagen")
    assert (found.latitude, found.longitude) == (55.6761, 12.5683)
    assert "København" in geocoder.reverse((55.6761, 12.5683)).address
    paths = [path for path, *_ in asked]
    assert paths == (["/search", "/reverse"] if kind == "nominatim" else ["/api", "/reverse"])
    assert asked[0][1]["q"] == ["Copenhagen"]
    assert {agent for *_, agent in asked} == {"hello-stranger"}


def test_another_host_is_asked_over_https_only(listed_sessions: sessionmaker[Session]) -> None:
    assert open_geocoder("nominatim:osm.example.org", listed_sessions).api == "https://osm.example.org/search"
    assert open_geocoder("photon:osm.example.org:8080", listed_sessions).api == "https://osm.example.org:8080/api"
    assert isinstance(open_geocoder("nominatim:localhost:1", listed_sessions), Nominatim)
    assert isinstance(open_geocoder("photon:[::1]:1", listed_sessions), Photon)
    assert isinstance(open_geocoder("gazetteer", listed_sessions), Gazetteer)


@pytest.mark.parametrize("setting", ["", "gazetteer:host", "google:host", "nominatim", "photon:"])
def test_a_setting_that_names_no_geocoder_is_refused(setting: str, listed_sessions: sessionmaker[Session]) -> None:
    with pytest.raises(ValueError, match="A geocoder is"):
        open_geocoder(setting, listed_sessions)
