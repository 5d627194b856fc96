"""Larger bodies than a form of ours has: on one page, for organisers alone; what is larger still is never read."""

from __future__ import annotations

from flask import Flask, g, request

from web.visitor import visiting_member

LARGEST_LIST = 20 * 1024 * 1024  # bytes; some 250,000 people
UPLOADS = {"desk_people_import.ask": LARGEST_LIST}


def prepare(app: Flask) -> None:
    """Let organisers send files; to be called before anything reads a form."""
    app.before_request(_take_more)


def _take_more() -> None:
    most = UPLOADS.get(request.endpoint or "") if request.method == "POST" else None
    if most is None:
        return
    member = visiting_member()
    if member is not None and member.role == "organiser":
        request.max_content_length = most
    # A slow upload must keep nobody from writing: on SQLite whoever has begun to read here is the one writer.
    g.session.commit()
