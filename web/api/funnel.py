"""How far the people of each round came, as it was counted; a figure under ten people is kept back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g

from data.few import FEWEST
from data.listing import rounds_after
from data.round import Round
from web.api.access import with_token
from web.api.paging import answer, asked, moment
from web.api.schemas import day, listing, many, maybe, number, record, words
from web.api.schemas import moment as a_moment

blueprint = Blueprint("api_funnel", __name__)
SCHEMA = record(
    "How far the people of one round came.",
    id=number("The number of the round."),
    monday=day("Its Monday."),
    counted_at=maybe(a_moment("When it was counted; null: not yet, and `funnel` is empty.")),
    funnel={
        "type": "object",
        "description": "Each step and how many came so far. A figure under ten people is null, and never given.",
    },
    under_ten=many(
        words("A step, as in `funnel`; a step inside another is named like outer.inner."),
        "The steps to which fewer than ten people came: those that are null.",
    ),
)
PATH = listing("funnel", "How far people came, round by round", "One row for each round, counted by itself.", "round")


@blueprint.get("/api/v1/funnel")
@with_token
def show() -> Response:
    """Tell how far people came."""
    page = asked("round")
    return answer("funnel", rounds_after(g.session, page.after, page.one_more, page.monday), page, _tell)


def _tell(round_: Round) -> dict[str, Any]:
    under_ten: list[str] = []
    funnel = _kept_back(round_.funnel, "", under_ten)
    told = {"id": round_.id, "monday": moment(round_.monday), "counted_at": moment(round_.counted_at)}
    return told | {"funnel": funnel, "under_ten": under_ten}


def _kept_back(figure: Any, name: str, under_ten: list[str]) -> Any:
    """The same figures without those under ten, whose names are noted."""
    if isinstance(figure, dict):
        return {key: _kept_back(inner, f"{name}.{key}".strip("."), under_ten) for key, inner in figure.items()}
    if isinstance(figure, list):
        return [_kept_back(inner, f"{name}.{place}", under_ten) for place, inner in enumerate(figure)]
    if isinstance(figure, int) and not isinstance(figure, bool) and figure < FEWEST:
        under_ten.append(name)
        return None
    return figure
