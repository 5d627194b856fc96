"""Squeezes pages, styles and scripts on their way out: a phone on a slow line gets a quarter of the bytes."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.wsgi import FileWrapper

SQUEEZED = {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json"}
FEWEST_BYTES = 500  # less gains nothing
LEVEL = 6


def prepare(app: Flask) -> None:
    """Answer with gzip (RFC 1952) whoever takes it.

    A secret beside words of an attacker's choice could be guessed by the length of what is squeezed (BREACH). It
    takes a page of another site that sends our cookie along many times; ours goes with no request from elsewhere.
    """
    app.after_request(_squeeze)


def _squeeze(response: Response) -> Response:
    """Squeeze a whole answer of text; a part, an error of the transport and a picture stay as they are."""
    fits = response.mimetype in SQUEEZED and response.status_code not in {204, 206, 304}
    if not fits or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] == 0:
        return response
    response.direct_passthrough = False
    sent = response.response
    body = response.get_data()
    if isinstance(sent, FileWrapper):
        sent.close()  # it has been read to its end
    if len(body) >= FEWEST_BYTES:
        response.set_data(_static(body) if request.endpoint == "static" else gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        etag, _weak = response.get_etag()
        if etag:
            response.set_etag(etag, weak=True)  # the same file, though not the same bytes
    return response


@lru_cache(maxsize=32)
def _static(body: bytes) -> bytes:
    """Return a file of ours squeezed as far as it goes: once, not for each visitor."""
    return gzip.compress(body, 9, mtime=0)
