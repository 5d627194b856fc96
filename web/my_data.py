"""Everything we know of a member, as one file for them to take along; of others only what they were shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, g, jsonify
from sqlalchemy import inspect, select

from data.busy_day import busy_days_of
from data.database import Base
from data.feedback import Feedback, feedback_by
from data.letter import Letter
from data.match import Seat, seats_of
from data.meeting_time import MeetingTime
from data.member import Member
from data.move import Move
from data.note import notes_by
from data.reliability import reliability_of
from data.report import Report, reports_by
from data.sign_in import SignIn
from data.trip import Trip, trips_of
from data.wall import lines_by
from web.reliability import in_steps
from web.sentence import reason_of, topic_of
from web.spans import hours_in_words
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
    more = {"place": member.place.label if member.place else None, "free_hours": hours_in_words(member.free_hours)}
    return {
        "profile": _columns(member) | more,
        "expected_to_keep_of_100": in_steps(reliability_of(g.session, member.id, g.now)),
        "busy_days": sorted(day.isoformat() for day in busy_days_of(g.session, member.id, date.min)),
        "trips": [_trip(trip) for trip in trips_of(g.session, member.id, date.min)],
        "moves": _rows(Move, member),
        "matches": [_match(seat, said.get(seat.id)) for seat in seats_of(g.session, member.id)],
        "notes": [_columns(note) for note in notes_by(g.session, member.id)],
        "wall_lines": [_columns(line) for line in lines_by(g.session, member.id).values()],
        "reports": [_said(report) for report in reports_by(g.session, member.id)],
        "letters": _rows(Letter, member),
        "sign_ins": _rows(SignIn, member),
    }


def _match(seat: Seat, said: Feedback | None) -> dict[str, Any]:
    match = seat.match
    others = [other.member for other in match.seats if other is not seat]
    shown = ("mode", "questions", "meets_at", "minutes", "on_at")
    return {name: _plain(getattr(match, name)) for name in shown} | {
        "reason": reason_of(match),
        "topic": topic_of(match),
        "week": match.round.monday.isoformat(),
        "with": [{"first_name": other.first_name, "profession": other.profession} for other in others],
        "suggested_venues": [one.venue.in_words for one in match.suggestions] if match.on_at else [],
        "meeting_place": match.meeting_place if match.on_at else None,
        "sign": match.sign if match.on_at else None,
        "times": [_time(time, seat) for time in match.times],
        "my_answer": _columns(seat),
        "my_feedback": _columns(said) if said else None,
    }


def _time(time: MeetingTime, seat: Seat) -> dict[str, Any]:
    """One time that was offered, and what this seat did with it; what the other ticked stays theirs."""
    mine = {"proposed_by_me": time.proposed_by_id == seat.id, "ticked_by_me": seat.id in time.ticked_by}
    return {"starts_at": _plain(time.starts_at)} | mine


def _said(report: Report) -> dict[str, Any]:
    """A report the member made: their own words; what came of it is about somebody else."""
    return {"words": report.words, "reported_at": _plain(report.reported_at)}


def _trip(trip: Trip) -> dict[str, Any]:
    return _columns(trip) | {"place": trip.place.label}


def _rows(table: type[Letter | SignIn | Move], member: Member) -> list[dict[str, Any]]:
    rows = g.session.scalars(select(table).where(table.member_id == member.id).order_by(table.id))
    return [_columns(row) for row in rows]


def _columns(row: Base) -> dict[str, Any]:
    names = [column.key for column in inspect(type(row)).column_attrs if column.key not in SECRET]
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
