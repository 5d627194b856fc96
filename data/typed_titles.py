"""What a job title means as people type it: "Sr. software engineer", "Director, program management"."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from data.occupations import Occupation, occupations_titled


@dataclass(frozen=True)
class TitleAnswer:
    """The occupation a title names; when it is not sure, none, the occupations it may be, and why in words."""

    found: Occupation | None
    candidates: list[Occupation] = field(default_factory=list)
    why: str = ""


def resolve_title(session: Session, text: str) -> TitleAnswer:
    """Return the occupation a typed title surely names, or why none is."""
    candidates = occupations_titled(session, text)
    if not candidates:
        return TitleAnswer(None, [], "no occupation goes by that title")
    return TitleAnswer(candidates[0], candidates)
