"""Members, as other programs may read of them: never an e-mail address, a position or a distance."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, g

from data.listing import members_after
from data.member import Member
from data.readiness import Standing, standings_of
from data.round import next_monday
from web.api.access import with_token
from web.api.paging import answer, asked, moment
from web.api.schemas import day, listing, maybe, number, record, words
from web.api.schemas import moment as a_moment

blueprint = Blueprint("api_members", __name__)
STANDINGS = ("in", "asked", "rests", "paused", "quiet", "unsubscribed", "unconfirmed")
PLACE = record(
    "The town they live in; nothing nearer is told to anybody.",
    town=words("Its name."),
    region=words("The region it lies in; empty when the list of places has none."),
    country=words("The country's name."),
)
SCHEMA = record(
    "Somebody who signed up and has not left.",
    id=number("Their number; matches name them by it."),
    first_name=words("Their first name; no other is known."),
    profession=words("Their profession, as they typed it."),
    occupation=maybe(words("The O*NET-SOC code of their occupation, when it is clear.")),
    place=maybe(PLACE),
    language=words("Of their pages and letters, as en, de, es or ar."),
    role=words("What they do here.", "member", "host", "organiser"),
    signed_up_at=a_moment("When they signed up."),
    confirmed_at=maybe(a_moment("When they said that the e-mail address is theirs.")),
    paused_until=maybe(day("The first Monday they may be paired again.")),
    standing=words(
        "Towards the next round: in it; asked first and silent so far; resting in the rhythm they chose; paused; quiet "
        "after two unanswered weeks; without weekly letters; or not confirmed yet.",
        *STANDINGS,
    ),
)
PATH = listing(
    "members",
    "Who is here",
    "Members who have left are not in it. There is no way to read an e-mail address, a surname, a position or a distance.",
)


@blueprint.get("/api/v1/members")
@with_token
def show() -> Response:
    """Tell who is here."""
    page = asked()
    members = members_after(g.session, page.after, page.one_more)
    standings = standings_of(g.session, members, next_monday(g.now))
    return answer("members", members, page, partial(_tell, standings))


def _tell(standings: dict[int, Standing], member: Member) -> dict[str, Any]:
    place = member.place
    return {
        "id": member.id,
        "first_name": member.first_name,
        "profession": member.profession,
        "occupation": member.occupation_code,
        "place": {"town": place.name, "region": place.region, "country": place.country} if place else None,
        "language": member.language,
        "role": member.role,
        "signed_up_at": moment(member.signed_up_at),
        "confirmed_at": moment(member.confirmed_at),
        "paused_until": moment(member.paused_until),
        "standing": standings[member.id] if member.is_confirmed else "unconfirmed",
    }
