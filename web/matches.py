"""The page of one match, opened from a letter: with whom, why, when and where; yes, someone else, or not this week."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from data.answering import CannotAnswer
from data.match import Seat, seat_to_answer
from web import errors
from web.fields import Form, choice
from web.meeting import meeting_of

blueprint = Blueprint("matches", __name__)
WHY = {"someone_else": "Someone else, please", "not_this_week": "Not this week"}


class RefusalForm(Form):
    """Why not: which of the two buttons was pressed."""

    why = choice("Why not?", WHY, "Please press one of the two buttons.")


@blueprint.get("/matches/<token>")
def show(token: str) -> str:
    """Show the match as it stands for whoever holds the link."""
    seat = g.session.get(Seat, number_of(token))
    return render_template("matches/match.html", meeting=meeting_of(_of_member(seat), g.now))


@blueprint.post("/matches/<token>/acceptance")
def accept(token: str) -> Response:
    """Say yes; when everybody has, write to everybody that it is on."""
    seat = locked_seat(token)
    try:
        seat.accept(g.now)
    except CannotAnswer:
        flash("This could not be answered any more. Here is how it stands.")
    if seat.match.is_on:
        letters = current_app.extensions["letters"]
        for coming in seat.match.live_seats:
            letters.it_is_on(g.session, coming, g.now)
    return redirect(url_for("matches.show", token=token), 303)


@blueprint.post("/matches/<token>/refusal")
def refuse(token: str) -> Response:
    """Say no, or cancel a yes: only a fact is noted here, and `rematch` acts on it."""
    seat, form = locked_seat(token), RefusalForm()
    if not form.validate():
        flash(form.why.errors[0])
        return redirect(url_for("matches.show", token=token), 303)
    try:
        seat.decline(g.now, form.why.data)
    except CannotAnswer:
        flash("This could not be answered any more. Here is how it stands.")
    return redirect(url_for("matches.show", token=token), 303)


def number_of(token: str) -> int:
    """Return the number of the seat a link is for, or answer that the link is dead."""
    number: int | None = current_app.extensions["links"].read_match(token, g.now)
    return number if number is not None else errors.dead_link()


def locked_seat(token: str) -> Seat:
    """Return the seat a link is for, its match locked, or answer that the link is dead."""
    return _of_member(seat_to_answer(g.session, number_of(token)))


def _of_member(seat: Seat | None) -> Seat:
    """Return a seat whose member is still here, or answer that the link is dead."""
    return seat if seat is not None and seat.member.left_at is None else errors.dead_link()
