"""How was it? First whether they met, then how it was; said once, for us alone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField

from data.avoidance import are_apart
from data.feedback import Feedback, feedback_about, feedback_of
from data.match import Seat, seat_numbered, seat_to_answer
from data.webhook import facts_of, tell_webhooks
from web import errors
from web.fields import choice, options, paragraph
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.language import reads
from web.meeting import meeting_of
from web.separation import SeparationForm, separate

blueprint = Blueprint("feedback", __name__)
MET = {
    "yes": _l("Yes, we met"),
    "they_did_not_come": _l("No, I was there alone"),
    "i_could_not": _l("No, I could not come"),
    "never_arranged": _l("No, we never got round to it"),
}
RATINGS = {
    "5": _l("5: wonderful"),
    "4": _l("4: good"),
    "3": _l("3: all right"),
    "2": _l("2: rather not"),
    "1": _l("1: bad"),
}
AGAIN = {"yes": _l("Yes"), "no": _l("No")}


class FeedbackForm(SeparationForm):
    """Whether, how, and what we should know."""

    met = choice(_l("Did you meet?"), MET, _l("Please say first whether you met."))
    rating = RadioField(_l("How was it?"), choices=options(RATINGS), validate_choice=False)
    again = RadioField(_l("Would you meet again?"), choices=options(AGAIN), validate_choice=False)
    learned = paragraph(_l("What did you learn?"), _l("For your own page of past meetings; nobody else reads it."))
    bar = BooleanField(_l("Never pair us again"), description=_l("We do not ask why, and nobody is told."))

    @property
    def separates(self) -> bool:
        """Whether they are to be kept apart: by the tick, or by a note to the operator."""
        return bool(self.bar.data or self.note.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field; whoever met says how it was, and whoever parts from one of two says from whom."""
        good = bool(super().validate(extra_validators))
        if self.met.data == "yes" and self.rating.data not in RATINGS:
            self.wrong(self.rating, _("Please say how it was."))
            good = False
        return good and (not self.separates or self.ask_whom())


@blueprint.route("/feedback/<token>", methods=["GET", "POST"])
def ask(token: str) -> str | Response | tuple[str, int]:
    """Ask once the meeting is over; afterwards show what was said."""
    seat = _seat(token)
    said = feedback_of(g.session, seat.id)
    if said is not None:
        return render_template("feedback/said.html", seat=seat, said=said, words=MET)
    if meeting_of(seat, g.now).state != "over":
        page = render_template("feedback/not_now.html", meeting=meeting_of(seat, g.now), member=seat.member)
        return page, 409 if request.method == "POST" else 200
    form = FeedbackForm()
    form.concern(seat)
    if form.validate_on_submit():
        _write_down(seat, form)
        return redirect(url_for("feedback.ask", token=token), 303)
    page = render_template("feedback/ask.html", form=form, seat=seat)
    return page, 422 if form.is_submitted() else 200


def _write_down(seat: Seat, form: FeedbackForm) -> None:
    met = form.met.data == "yes"
    said = Feedback(seat_id=seat.id, given_at=g.now, met=form.met.data, learned=form.learned.data, note=form.note.data)
    said.rating = int(form.rating.data) if met else None
    said.again = form.again.data == "yes" if met and form.again.data in AGAIN else None
    _tell_webhooks(seat, said)
    g.session.add(said)
    if form.separates:
        separate(seat, form.chosen, form.note.data)
    _tell_others(seat)


def _tell_webhooks(seat: Seat, said: Feedback) -> None:
    """Tell that the match was held, when the first of them says so."""
    others = feedback_about(g.session, seat.match_id).values()
    if said.met == "yes" and all(other.met != "yes" for other in others):
        tell_webhooks(g.session, "match_held", facts_of(seat.match), g.now)


def _tell_others(seat: Seat) -> None:
    """Ask the others for their side, if somebody waited alone; or tell everybody that it was mutual, if it was."""
    said, letters = feedback_about(g.session, seat.match_id), current_app.extensions["letters"]
    coming = seat.match.live_seats
    if said[seat.id].met == "they_did_not_come":
        for other in coming:
            if other.id not in said and other.member.left_at is None:
                letters.your_side(g.session, other, g.now)
    if all(one.id in said and said[one.id].enjoyed for one in coming) and not _are_parted(coming):
        for one in coming:
            letters.you_both_enjoyed_it(g.session, one, g.now)


def _are_parted(seats: list[Seat]) -> bool:
    """Whether one of them has left for good, or two are never to meet again: then it is not told that it was mutual."""
    left = any(seat.member.left_at is not None for seat in seats)
    return left or are_apart(g.session, [seat.member_id for seat in seats])


def _seat(token: str) -> Seat:
    """Return the seat a link is for, its match locked when something may be said: a second press waits its turn."""
    number = current_app.extensions["links"].read_feedback(token, g.now)
    if number is None:
        errors.dead_link()
    seat = seat_to_answer(g.session, number) if request.method == "POST" else seat_numbered(g.session, number)
    if seat is None or seat.member.left_at is not None:
        errors.dead_link()
    reads(seat.member)
    return seat
