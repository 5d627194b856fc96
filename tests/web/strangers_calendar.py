"""A match as it stands in memory, without a database: what calendars are told of it depends on nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from data.match import Match, Seat
from data.member import Member

THURSDAY = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)


def on(zones: tuple[str, ...] = ("Europe/Copenhagen", "Europe/Copenhagen"), **changes: Any) -> Match:
    """A meeting of Ada and Ben (and Cleo) that is on, each living by the clocks of a zone."""
    usual: dict[str, Any] = {
        "id": 5, "mode": "in_person", "reason": "", "topic": "sourdough", "minutes": 45, "sequence": 1,
        "meets_at": THURSDAY, "on_at": THURSDAY, "meeting_place": "Café Europa, Amagertorv 1", "room": "secret-room",
    }  # fmt: skip
    match = Match(**(usual | changes))
    people = [("Ada", "Nurse"), ("Ben", "Veterinarian"), ("Cleo", "Bookkeeper")]
    for number, (zone, (name, profession)) in enumerate(zip(zones, people, strict=False), start=7):
        email = f"{name.lower()}@example.org"
        member = Member(id=number, email=email, first_name=name, profession=profession)
        match.seats.append(Seat(id=number, member_id=number, member=member, time_zone=zone))
    return match
