"""How often each venue is used in a week, so that no place is flooded with strangers looking for each other."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.match import Match
from data.venues import SuggestedVenue


def meetings_given(session: Session, round_id: int) -> dict[int, int]:
    """Return how many matches of a round were offered each venue as the first of their places."""
    first = select(SuggestedVenue.venue_id, func.count()).join(Match, Match.id == SuggestedVenue.match_id)
    first = first.where(Match.round_id == round_id, SuggestedVenue.rank == 1).group_by(SuggestedVenue.venue_id)
    return dict(iter(session.execute(first)))
