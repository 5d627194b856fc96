"""Where members live: towns of ten or more, and the fullest cells of the largest town; the others only as a sum."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.few import FEWEST
from data.member import Member
from data.places import Place

MOST_TOWNS, MOST_CELLS = 60, 120


def map_figures(session: Session) -> dict[str, Any]:
    """Count. `towns`, the largest first, and `elsewhere`; of the largest town its `cells`, and the `others` in it."""
    here = Member.confirmed_at.is_not(None), Member.left_at.is_(None)
    people = func.count().label("people")
    towns = select(Member.place_id, people).where(*here).group_by(Member.place_id)
    counts: dict[int | None, int] = dict(iter(session.execute(towns)))
    named = ((count, number) for number, count in counts.items() if number is not None and count >= FEWEST)
    largest = sorted(named, key=lambda one: (-one[0], one[1]))[:MOST_TOWNS]
    found = {place.id: place for place in session.scalars(select(Place).where(Place.id.in_([n for _, n in largest])))}
    shown = [_town(found[number], count) for count, number in largest]
    facts = {"towns": shown, "elsewhere": sum(counts.values()) - sum(town["people"] for town in shown)}
    return facts | _cells(session, largest[0][1]) if largest else facts | {"cells": [], "others": 0}


def _town(place: Place, people: int) -> dict[str, Any]:
    where = {"latitude": place.latitude, "longitude": place.longitude}
    return {"name": place.name, "country": place.country_code, **where, "people": people}


def _cells(session: Session, place_id: int) -> dict[str, Any]:
    here = Member.confirmed_at.is_not(None), Member.left_at.is_(None), Member.place_id == place_id
    cell = Member.latitude, Member.longitude
    rows = session.execute(select(*cell, func.count()).where(*here).group_by(*cell)).all()
    counted = [(latitude, longitude, people) for latitude, longitude, people in rows]
    fullest = sorted((one for one in counted if one[2] >= FEWEST), key=lambda one: (-one[2], one[:2]))[:MOST_CELLS]
    others = sum(one[2] for one in counted) - sum(one[2] for one in fullest)
    return {"cells": sorted(list(one) for one in fullest), "others": others}
