"""Rounds, as other programs may read of them: when, how many, and until when."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g

from data.listing import rounds_after
from data.round import Round
from web.api.access import with_token
from web.api.paging import answer, asked, moment
from web.api.schemas import day, listing, maybe, number, record
from web.api.schemas import moment as a_moment

blueprint = Blueprint("api_rounds", __name__)
DEADLINES = {
    "type": ["object", "null"],
    "description": "As this community had decided when the round was run, in days and hours; null: as usual.",
    "additionalProperties": {"type": "integer"},
}
SCHEMA = record(
    "One week's pairing.",
    id=number("Its number."),
    monday=day("Its Monday; other answers name the round by it."),
    started_at=a_moment("When people were paired."),
    people=maybe(number("How many took part; null when it was not written down.")),
    pairs=maybe(number("How many matches of two were made on Monday, nearby and on calls.")),
    trios=maybe(number("How many matches of three were made on Monday.")),
    left_over=maybe(number("For how many nobody was found on Monday.")),
    rematch_until=a_moment("Until when whoever lost a partner is paired again."),
    over_at=a_moment("After which none of its meetings can still be ahead."),
    deadlines=DEADLINES,
)
PATH = listing("rounds", "The weeks in which people were paired", "With what was decided and counted.", "round")


@blueprint.get("/api/v1/rounds")
@with_token
def show() -> Response:
    """Tell of the rounds."""
    page = asked("round")
    return answer("rounds", rounds_after(g.session, page.after, page.one_more, page.monday), page, _tell)


def _tell(round_: Round) -> dict[str, Any]:
    return {
        "id": round_.id,
        "monday": moment(round_.monday),
        "started_at": moment(round_.started_at),
        "people": _sum_of(round_, "people"),
        "pairs": _sum_of(round_, "nearby", "calls"),
        "trios": _sum_of(round_, "trios"),
        "left_over": _sum_of(round_, "left_over"),
        "rematch_until": moment(round_.rematch_until),
        "over_at": moment(round_.over_at),
        "deadlines": round_.deadlines,
    }


def _sum_of(round_: Round, *names: str) -> int | None:
    return int(sum(round_.figures[name] for name in names)) if set(names) <= round_.figures.keys() else None
