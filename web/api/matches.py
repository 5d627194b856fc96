"""Matches, as other programs may read of them: whose numbers, when, and how it stands; nothing anybody wrote."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, g

from data.listing import matches_after, said_of
from data.match import Match
from data.match_state import state_of, was_held
from web.api.access import with_token
from web.api.paging import answer, asked, moment
from web.api.schemas import day, listing, many, maybe, number, record, truth, words
from web.api.schemas import moment as a_moment

blueprint = Blueprint("api_matches", __name__)
SCHEMA = record(
    "Two people, or three, who were brought together in a round.",
    id=number("Its number."),
    round=day("The Monday of its round."),
    mode=words("In person, when they live near each other, or on a call.", "in_person", "call"),
    members=many(number("A member's number."), "For whom it was made, those who fell out since included."),
    made_at=a_moment("When it was made."),
    on_at=maybe(a_moment("When all had said yes to one time.")),
    meets_at=maybe(a_moment("When they meet.")),
    state=words(
        "open: a time may still be agreed upon; fixed: all have said yes to one; over: that time has passed; "
        "off: nobody is left to meet, or its days went by without a time.",
        *("open", "fixed", "off", "over"),
    ),
    held=maybe(truth("Whether somebody says that they met; null while nobody has said anything.")),
)
PATH = listing("matches", "Who is to meet, and whether they did", "Newer ones have larger numbers.", "round")


@blueprint.get("/api/v1/matches")
@with_token
def show() -> Response:
    """Tell of the matches."""
    page = asked("round")
    matches = matches_after(g.session, page.after, page.one_more, page.monday)
    said = said_of(g.session, [match.id for match in matches])
    return answer("matches", matches, page, partial(_tell, said))


def _tell(said: dict[int, list[str]], match: Match) -> dict[str, Any]:
    return {
        "id": match.id,
        "round": moment(match.round.monday),
        "mode": match.mode,
        "members": [seat.member_id for seat in match.seats],
        "made_at": moment(match.made_at),
        "on_at": moment(match.on_at),
        "meets_at": moment(match.meets_at),
        "state": state_of(match, g.now),
        "held": was_held(said.get(match.id, [])),
    }
