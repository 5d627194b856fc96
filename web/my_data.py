"""Everything we know of a member, as one file for them to take along; of others only what they were shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, g, jsonify
from sqlalchemy import inspect, select

from data.database import Base
from data.feedback import Feedback, feedback_by
from data.letter import Letter
from data.match import Seat, seats_of
from data.member import Member
from data.note import notes_by
from data.sign_in import SignIn
from web.visitor import member_here, members_only

blueprint = Blueprint("my_data", __name__)
SECRET = {"session_key", "calendar_key", "code_digest", "last_error"}


@blueprint.get("/profile/hello-stranger.json")
@members_only
def take() -> Response:
    """Answer the file."""
    response = jsonify(everything_about(member_here()))
    response.headers["Content-Disposition"] = "attachment; filename=hello-stranger.json"
    return response


def everything_about(member: Member) -> dict[str, Any]:
    """Return all we have stored of a member in plain words, lists and numbers."""
    said = feedback_by(g.session, member.id)
    letters = g.session.scalars(select(Letter).where(Letter.member_id == member.id).order_by(Letter.id))
    sign_ins = g.session.scalars(select(SignIn).where(SignIn.member_id == member.id).order_by(SignIn.id))
    return {
        "profile": _columns(member) | {"place": member.place.label if member.place else None},
        "matches": [_match(seat, said.get(seat.id)) for seat in seats_of(g.session, member.id)],
        "notes": [_columns(note) for note in notes_by(g.session, member.id)],
        "letters": [_columns(letter) for letter in letters],
        "sign_ins": [_columns(sign_in) for sign_in in sign_ins],
    }


def _match(seat: Seat, said: Feedback | None) -> dict[str, Any]:
    match = seat.match
    others = [other.member for other in seat.match.seats if other is not seat]
    shown = {name: _plain(getattr(match, name)) for name in ("mode", "reason", "topic", "meets_at", "on_at")}
    return shown | {
        "week": match.round.monday.isoformat(),
        "with": [{"first_name": other.first_name, "profession": other.profession} for other in others],
        "meeting_place": match.meeting_place if match.on_at else None,
        "my_answer": _columns(seat),
        "my_feedback": _columns(said) if said else None,
    }


def _columns(row: Base) -> dict[str, Any]:
    names = [column.key for column in inspect(type(row)).column_attrs if column.key not in SECRET]
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
