"""Something is wrong: never be paired with somebody again, and tell the operator if one likes; met or not, at any time."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from data.match import Seat, seat_numbered, seat_to_answer
from data.note import Note, note_to_report
from web import errors
from web.language import gettext as _
from web.matches import number_of
from web.separation import SeparationForm, separate
from web.visitor import member_here, members_only

blueprint = Blueprint("report", __name__)
LONGEST_NUMBER = 10


@blueprint.route("/matches/<token>/report", methods=["GET", "POST"])
def from_letter(token: str) -> str | Response | tuple[str, int]:
    """Take it from whoever holds the link of the match."""
    seat = _seat(number_of(token))
    if seat is None or seat.member.left_at is not None:
        errors.dead_link()
    return _ask(seat, url_for("matches.show", token=token), _note(seat))


@blueprint.route("/strangers/<int:seat_id>/report", methods=["GET", "POST"])
@members_only
def about_stranger(seat_id: int) -> str | Response | tuple[str, int]:
    """Take it from a signed-in member, however long ago the meeting was."""
    seat = _seat(seat_id)
    if seat is None or seat.member_id != member_here().id:
        errors.not_found()
    return _ask(seat, url_for("strangers.show"))


def _ask(seat: Seat, back: str, about: Note | None = None) -> str | Response | tuple[str, int]:
    form = SeparationForm(about=[str(about.seat_id)] if about else None)
    form.concern(seat)
    if form.validate_on_submit() and form.ask_whom():
        separate(seat, form.chosen, form.note.data, about)
        flash(_("Thank you for telling us. You will not be paired again, and nobody is told why."))
        return redirect(back, 303)
    page = render_template("report/ask.html", form=form, seat=seat, back=back, about=about)
    return page, 422 if form.is_submitted() else 200


def _seat(seat_id: int) -> Seat | None:
    """Return the seat; locked when it may change."""
    return seat_to_answer(g.session, seat_id) if request.method == "POST" else seat_numbered(g.session, seat_id)


def _note(seat: Seat) -> Note | None:
    """Return the note of the others that the report is about, if it names one."""
    number = request.args.get("note", "")
    readable = number.isascii() and number.isdecimal() and len(number) < LONGEST_NUMBER
    return note_to_report(g.session, seat, int(number)) if readable else None
