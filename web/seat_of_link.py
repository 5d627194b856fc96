"""Finds the seat a match link is for: read on GET, its match locked on POST; a link of somebody who has left is dead."""

from __future__ import annotations

from flask import current_app, g, request

from data.match import Seat, seat_numbered, seat_to_answer
from web import errors
from web.language import reads


def seat_of_link(token: str) -> Seat:
    """Return the seat, or answer that the link is dead."""
    number = current_app.extensions["links"].read_match(token, g.now)
    seat = _read(number) if number is not None else None
    if seat is None or seat.member.left_at is not None:
        errors.dead_link()
    reads(seat.member)
    return seat


def _read(number: int) -> Seat | None:
    return seat_to_answer(g.session, number) if request.method == "POST" else seat_numbered(g.session, number)
