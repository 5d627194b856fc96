"""The cast: Ada, Ben and Cleo in Copenhagen, Dan in Malmö across the bridge, Eva in Aarhus, Finn in Auckland.

Times: the story plays in the week of MONDAY; `at("wed 20:00")` is a moment in it, in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.answering import accept
from data.match import Match, Seat
from data.meeting_time import MeetingTime
from data.member import Member
from data.places import Place
from data.report import Report
from data.round import Round

MONDAY = date(2026, 11, 23)
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def at(when: str, *, weeks: int = 0) -> datetime:
    """Return a moment in the week of MONDAY (or some weeks later): `at("thu 20:00")`."""
    day, clock = when.split()
    offset = timedelta(days=DAYS.index(day), weeks=weeks)
    return datetime.combine(MONDAY, time.fromisoformat(clock), UTC) + offset


PLACES: dict[str, dict[str, Any]] = {
    "Copenhagen": {"id": 2618425, "region": "Capital Region", "country_code": "DK", "country": "Denmark",
                   "latitude": 55.6759, "longitude": 12.5655, "population": 1153615, "time_zone": "Europe/Copenhagen"},
    "Malmö": {"id": 2692969, "region": "Skåne", "country_code": "SE", "country": "Sweden",
              "latitude": 55.6059, "longitude": 13.0007, "population": 362133, "time_zone": "Europe/Stockholm"},
    "Aarhus": {"id": 2624652, "region": "Central Jutland", "country_code": "DK", "country": "Denmark",
               "latitude": 56.1567, "longitude": 10.2108, "population": 285273, "time_zone": "Europe/Copenhagen"},
    "Auckland": {"id": 2193733, "region": "Auckland", "country_code": "NZ", "country": "New Zealand",
                 "latitude": -36.8485, "longitude": 174.7635, "population": 1346091, "time_zone": "Pacific/Auckland"},
}  # fmt: skip


@dataclass(frozen=True)
class Role:
    """One of the cast, before they sign up."""

    name: str
    profession: str
    place: str = "Copenhagen"
    offers: str = ""
    wants: str = ""
    topics: str = ""


ADA = Role("Ada", "Nurse", offers="first aid", wants="public speaking", topics="sourdough, night shifts")
BEN = Role("Ben", "Veterinarian", offers="public speaking", wants="bookkeeping", topics="sourdough, horses")
CLEO = Role("Cleo", "Bookkeeper", offers="bookkeeping", wants="gardening", topics="sailing")
DAN = Role("Dan", "Gardener", "Malmö", offers="gardening", wants="first aid", topics="apples")
EVA = Role("Eva", "Bridge engineer", "Aarhus", topics="concrete")
OLGA = Role("Olga", "Librarian", topics="maps")  # who looks after the community
FINN = Role("Finn", "Sound engineer", "Auckland", topics="rain, radio")


def place(session: Session, name: str) -> Place:
    """Return a place of the cast, listed in the database."""
    found = session.get(Place, PLACES[name]["id"])
    if found is None:
        found = Place(name=name, **PLACES[name])
        session.add(found)
        session.flush()
    return found


def join(session: Session, role: Role, /, **changes: Any) -> Member:
    """Sign one of the cast up, confirmed since long ago; `changes` overrides any column."""
    columns: dict[str, Any] = {
        "email": f"{role.name.lower()}@example.org",
        "first_name": role.name,
        "profession": role.profession,
        "offers": role.offers,
        "wants": role.wants,
        "topics": role.topics,
        "signed_up_at": at("mon 06:00", weeks=-2),
        "confirmed_at": at("mon 06:00", weeks=-2),
    }
    member = Member(**(columns | changes))
    member.settle_in(place(session, role.place))
    session.add(member)
    session.flush()
    return member


def run_round(session: Session, *, weeks: int = 0) -> Round:
    """Return the round of MONDAY, or of some weeks later, without any match."""
    monday = MONDAY + timedelta(weeks=weeks)
    round_ = Round(monday=monday, seed=7, started_at=at("mon 06:00", weeks=weeks))
    session.add(round_)
    session.flush()
    return round_


def bring_together(session: Session, round_: Round, *members: Member, **changes: Any) -> Match:
    """Return a match of `members` in a round, with one time to choose: in person on Thursday evening.

    `changes` overrides any column; `times` offers other moments; with `on_at` it is on at the first of them.
    """
    moments = changes.pop("times", [round_.started_at + timedelta(days=3, hours=11)])
    columns: dict[str, Any] = {
        "round": round_,
        "round_id": round_.id,
        "suggestions": [],
        "mode": "in_person",
        "value": 0.5,
        "reason": "You could both talk for an hour about %(topic)s.",
        "reason_facts": {"topic": "sourdough"},
        "topic": "sourdough",
        "meeting_place": "Café Europa, Amagertorv 1, Copenhagen",
        "made_at": round_.started_at,
        "times": [MeetingTime(starts_at=moment) for moment in moments],
        "meets_at": moments[0] if changes.get("on_at") else None,
    }
    if "reason" in changes:
        changes.setdefault("reason_facts", {})
    match = Match(**(columns | changes))
    match.seats = [
        Seat(round_id=round_.id, member_id=member.id, member=member, time_zone=member.time_zone) for member in members
    ]
    session.add(match)
    session.flush()
    return match


def say_yes(seat: Seat, now: datetime) -> None:
    """Say yes to all the times of a match."""
    accept(seat, [time.starts_at for time in seat.match.times], now)


def open_reports(session: Session) -> list[Report]:
    """Return the reports nobody has handled yet, the oldest first."""
    return list(session.scalars(select(Report).where(Report.handled_at.is_(None)).order_by(Report.id)))
