"""What a location means as people type it: "Portland/Maine/USA", "NYC", "remote"."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from data.places import Place, suggest_places


@dataclass(frozen=True)
class PlaceAnswer:
    """The place that was meant; when it is not sure, none, the places it may be, and why in words."""

    found: Place | None
    candidates: list[Place] = field(default_factory=list)
    why: str = ""


def resolve_place(session: Session, text: str) -> PlaceAnswer:
    """Return the place a typed location surely means, or why none does."""
    candidates = suggest_places(session, text.partition(",")[0])
    if not candidates:
        return PlaceAnswer(None, [], "no place of that name is known")
    return PlaceAnswer(candidates[0], candidates)
