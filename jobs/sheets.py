"""What the export holds: one table of rows each, under the names an organiser reads, and nothing that is a secret."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists, func, select

from data.act import Act
from data.feedback import Feedback
from data.match import Match, Seat
from data.member import Member
from data.places import Place
from data.round import Round
from data.venues import Venue
from data.wall import WallLine


class Sheet(NamedTuple):
    """One file: its name, and the rows in it, each column named as in its first line."""

    name: str
    rows: Select[*tuple[Any, ...]]

    @property
    def columns(self) -> list[str]:
        """What its first line says."""
        return [str(name) for name in self.rows.selected_columns.keys()]  # noqa: SIM118  no mapping


def sheets() -> list[Sheet]:
    """Return all of them; of the members, no more than what `jobs/import_people.py` understands and the desk shows."""
    return [
        Sheet("members", _members()),
        Sheet("rounds", _rounds()),
        Sheet("matches", _matches()),
        Sheet("seats", _seats()),
        Sheet("feedback", _feedback()),
        Sheet("wall lines", _wall_lines()),
        Sheet("venues", _venues()),
        Sheet("acts", _acts()),
    ]


def _members() -> Select[*tuple[Any, ...]]:
    """Without where exactly they live, how they can be called, what they wrote, and what signs them in."""
    columns = {
        "id": Member.id,
        "e-mail": Member.email,
        "first name": Member.first_name,
        "profession": Member.profession,
        "occupation code": Member.occupation_code,
        "location": _location(),
        "town": Place.name,
        "country": Place.country,
        "reach km": Member.reach_km,
        "language": Member.language,
        "role": Member.role,
        "signed up": Member.signed_up_at,
        "confirmed": Member.confirmed_at,
        "paused until": Member.paused_until,
        "unsubscribed": Member.unsubscribed_at,
        "quiet since": Member.quiet_since,
        "left": Member.left_at,
    }
    return _named(columns).select_from(Member).outerjoin(Place, Place.id == Member.place_id).order_by(Member.id)


def _location() -> ColumnElement[str]:
    """`Place.label`, for a query: what is called like its region or country is said once."""
    region = case((Place.region.in_(["", Place.name]), ""), else_=", " + Place.region)
    country = case((Place.country.in_([Place.name, Place.region]), ""), else_=", " + Place.country)
    return Place.name + region + country


def _rounds() -> Select[*tuple[Any, ...]]:
    columns = {"id": Round.id, "monday": Round.monday, "seed": Round.seed, "started": Round.started_at}
    told = {"people": Round.figures["people"].as_integer(), "figures": Round.figures, "funnel": Round.funnel}
    return _named(columns | told).order_by(Round.id)


def _matches() -> Select[*tuple[Any, ...]]:
    columns = {
        "id": Match.id,
        "round": Match.round_id,
        "mode": Match.mode,
        "made": Match.made_at,
        "on": Match.on_at,
        "meets at": Match.meets_at,
        "place": Match.meeting_place,
        "state": _state(),
    }
    return _named(columns).order_by(Match.id)


def _state() -> ColumnElement[str]:
    """How a match stands, as `Match.is_off` and those beside it say it."""
    live = Seat.match_id == Match.id, Seat.freed_at.is_(None)
    stay = select(func.count()).select_from(Seat).where(*live).correlate(Match).scalar_subquery()
    somebody_said_no = exists().where(*live, Seat.declined_at.is_not(None)).correlate(Match)
    return case(
        (stay < 2, "off"),
        (somebody_said_no, "falling through"),
        (Match.on_at.is_not(None), "on"),
        (Match.agreeing_since.is_not(None), "agreeing"),
        else_="open",
    )


def _seats() -> Select[*tuple[Any, ...]]:
    answers = {"accepted": Seat.accepted_at, "declined": Seat.declined_at, "why": Seat.declined_why}
    columns = {"id": Seat.id, "match": Seat.match_id, "member": Seat.member_id} | answers | {"freed": Seat.freed_at}
    return _named(columns).order_by(Seat.id)


def _feedback() -> Select[*tuple[Any, ...]]:
    """What was ticked, without a word of what was written: that was for the operator's eyes, or their own."""
    columns = {"seat": Feedback.seat_id, "met": Feedback.met, "rating": Feedback.rating, "again": Feedback.again}
    return _named(columns).order_by(Feedback.id)


def _wall_lines() -> Select[*tuple[Any, ...]]:
    stands = {"shared": WallLine.shared_at, "shown": WallLine.shown_at, "refused": WallLine.refused_at}
    words = {"id": WallLine.id, "seat": WallLine.seat_id, "words": WallLine.words, "signed": WallLine.signed}
    return _named(words | stands).order_by(WallLine.id)


def _venues() -> Select[*tuple[Any, ...]]:
    columns = {
        "id": Venue.id,
        "kind": Venue.kind,
        "name": Venue.name,
        "address": Venue.address,
        "latitude": Venue.latitude,
        "longitude": Venue.longitude,
        "opening hours": Venue.opening_hours,
        "wheelchair": Venue.wheelchair,
        "osm id": Venue.osm_id,
        "preferred": Venue.preferred,
        "hidden": Venue.hidden_at,
    }
    return _named(columns).order_by(Venue.id)


def _acts() -> Select[*tuple[Any, ...]]:
    """Reports are not in it, and so neither is what was said about one: whom it is about may be who reads this."""
    why = case((Act.deed == "handle_report", ""), else_=Act.why)
    columns = {"id": Act.id, "at": Act.at, "by": Act.by_id, "deed": Act.deed, "about": Act.about}
    return _named(columns | {"why": why, "facts": Act.facts}).order_by(Act.id)


def _named(columns: dict[str, Any]) -> Select[*tuple[Any, ...]]:
    return select(*(column.label(name) for name, column in columns.items()))
