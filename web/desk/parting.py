"""Keeps two people apart on an organiser's word, or no longer; neither is told, and the log of both has it."""

from __future__ import annotations

from flask import g

from data.avoidance import apart_by_organisers, keep_apart, no_longer_apart
from web.desk.access import note_act


def part(one: int, other: int, why: str) -> None:
    """Never pair two again, by their numbers; said twice, it is done and written down once."""
    if other not in apart_by_organisers(g.session, one):
        keep_apart(g.session, one, other, "organiser", g.now)
        _note_both("keep_apart", one, other, why)


def part_no_longer(one: int, other: int, why: str) -> None:
    """Take back what an organiser said of two; what they said themselves stays."""
    if other in apart_by_organisers(g.session, one):
        no_longer_apart(g.session, one, other)
        _note_both("lift_apart", one, other, why)


def _note_both(deed: str, one: int, other: int, why: str) -> None:
    note_act(deed, f"member {one}", why=why, other=other)
    note_act(deed, f"member {other}", why=why, other=one)
