"""Pages and files go out squeezed to whoever takes that, and are the same words."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

from tests.web.conftest import one_database

pytestmark = one_database
TAKES = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize("path", ["/", "/static/style.css", "/static/suggest.js", "/static/world.svg", "/nowhere"])
def test_what_is_squeezed_is_the_same_and_a_half_of_it_at_most(app: Flask, path: str) -> None:
    client = app.test_client()
    with client.get(path) as plain:
        whole = plain.data
    squeezed = client.get(path, headers=TAKES)
    assert "Content-Encoding" not in plain.headers
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in squeezed.headers["Vary"]
    assert len(squeezed.data) < 0.5 * len(whole)
    assert int(squeezed.headers["Content-Length"]) == len(squeezed.data)
    if path.startswith("/static"):
        assert gzip.decompress(squeezed.data) == whole


@pytest.mark.parametrize("takes", ["", "identity", "gzip;q=0", "br"])
def test_whoever_does_not_take_it_gets_plain_words(app: Flask, takes: str) -> None:
    answer = app.test_client().get("/about", headers={"Accept-Encoding": takes})
    assert "Content-Encoding" not in answer.headers
    assert answer.text.startswith("<!doctype html>")


def test_a_file_the_browser_has_is_not_sent_again(app: Flask) -> None:
    client = app.test_client()
    etag = client.get("/static/style.css", headers=TAKES).headers["ETag"]
    with client.get("/static/style.css", headers=TAKES | {"If-None-Match": etag}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_a_picture_is_not_squeezed_twice(app: Flask) -> None:
    assert "Content-Encoding" not in app.test_client().get("/card.png", headers=TAKES).headers
