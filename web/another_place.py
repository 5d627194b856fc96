"""Another public place: one proposes it, and once everybody has said yes to it, that is where they meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from data.agreeing_place import (
    CannotPropose,
    NoLongerProposed,
    PlaceOutcome,
    agree_to_place,
    may_propose_place,
    proposals_to,
    propose_place,
)
from data.letter import count_letters
from data.match import Seat
from data.member import Member
from data.venues import Venue
from web.drawn_map import DrawnMap, map_of_places
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.language import ngettext
from web.meeting import token_in
from web.place_form import PlaceForm, venues_in_question
from web.seat_of_link import seat_of_link
from web.wording import meeting_place, names_of

blueprint = Blueprint("another_place", __name__)
LETTERS_A_DAY = 5  # that one reader gets about proposed places
A_DAY = timedelta(hours=24)
TOO_LATE = _l("The place cannot be changed any more. Here is how it stands.")


@dataclass(frozen=True)
class Proposal:
    """A place somebody proposes."""

    place: str
    by: list[Member]  # the others who propose it or have said yes to it
    can_agree: bool


@dataclass(frozen=True)
class Places:
    """What the page of a match shows of proposed places to the member of one seat."""

    seat: Seat
    token: str
    form: PlaceForm
    proposals: list[Proposal]
    may_propose: bool

    @property
    def own(self) -> str:
        """What this seat proposes and nobody else does."""
        own = self.seat.place_proposed
        return "" if own in {proposal.place for proposal in self.proposals} else own

    @property
    def others(self) -> list[Member]:
        """Who is to say yes."""
        return [other.member for other in _others(self.seat)]


blueprint.add_app_template_filter(venues_in_question)


@blueprint.app_template_global("map_of_venues")
def map_of_venues(venues: Sequence[Venue]) -> DrawnMap | None:
    """Return the map of some venues; none of none."""
    return map_of_places(g.session, venues)


@blueprint.app_template_global("places_of")
def places_of(seat: Seat, form: PlaceForm | None = None) -> Places:
    """Return the proposed places as a seat sees them, with an empty form unless a filled one is given."""
    token = token_in(current_app.extensions["links"].match_url(seat))
    if form is None:
        form = PlaceForm(formdata=None)
        form.suggest(seat.match)
    proposals = [_proposal(seat, place, others) for place, others in proposals_to(seat).items()]
    return Places(seat, token, form, proposals, may_propose_place(seat, g.now))


@blueprint.get("/matches/<token>/place")
def show(token: str) -> str:
    """Show the proposed places on a page of their own."""
    return _page(seat_of_link(token))


@blueprint.post("/matches/<token>/place")
def propose(token: str) -> Response | tuple[str, int]:
    """Propose a place, and write to the others; when they propose the same, it is agreed."""
    seat, form = seat_of_link(token), PlaceForm()
    form.suggest(seat.match)
    if not form.validate() or not (place := form.choose()) or not _is_little_enough(seat, form):
        return _page(seat, form), 422
    try:
        outcome = propose_place(seat, place, g.now)
    except CannotPropose:
        flash(str(TOO_LATE))
        return _back(token)
    if outcome == "proposed":
        for other in _others(seat):
            current_app.extensions["letters"].another_place(g.session, other, seat, g.now)
    _tell(seat, outcome)
    return _back(token)


@blueprint.post("/matches/<token>/place/agreement")
def agree(token: str) -> Response:
    """Say yes to a place by its words: those proposed meanwhile are another place."""
    seat = seat_of_link(token)
    try:
        _tell(seat, agree_to_place(seat, request.form.get("place", ""), g.now))
    except CannotPropose:
        flash(str(TOO_LATE))
    except NoLongerProposed:
        flash(_("This place is not proposed any more. Here is how it stands now."))
    return _back(token)


def _tell(seat: Seat, outcome: PlaceOutcome) -> None:
    """Say what came of it; once all agree, those who have an invitation get a new one."""
    others = [other.member for other in _others(seat)]
    if outcome == "agreed":
        flash(_("Agreed. You meet here: %(place)s", place=meeting_place(seat.match)))
        for coming in seat.match.live_seats if seat.match.is_on else []:
            current_app.extensions["letters"].it_is_on(g.session, coming, g.now)
    elif outcome == "proposed":
        noted = ngettext(
            "Noted. It is where you meet once %(names)s has said yes to it.",
            "Noted. It is where you meet once %(names)s have said yes to it.",
            len(others),
            names=names_of(others),
        )
        flash(noted)
    else:
        flash(_("That is how it stands already; nothing has changed."))


def _is_little_enough(seat: Seat, form: PlaceForm) -> bool:
    """Say so when the others have had enough letters about places today; return whether one more is fine."""
    since = g.now - A_DAY
    most = max((count_letters(g.session, other.member, "another_place", since) for other in _others(seat)), default=0)
    if most >= LETTERS_A_DAY:
        form.wrong(form.place, _("That is a lot of places for one day. A note to each other may settle it sooner."))
    return most < LETTERS_A_DAY


def _proposal(seat: Seat, place: str, others: list[Seat]) -> Proposal:
    all_agree = len(others) == len(seat.match.live_seats) - 1
    return Proposal(place, [other.member for other in others], seat.place_proposed != place or all_agree)


def _others(seat: Seat) -> list[Seat]:
    return [live for live in seat.match.live_seats if live is not seat]


def _back(token: str) -> Response:
    return redirect(url_for("matches.show", token=token, _anchor="place"), 303)


def _page(seat: Seat, form: PlaceForm | None = None) -> str:
    return render_template("another_place/show.html", places=places_of(seat, form))
