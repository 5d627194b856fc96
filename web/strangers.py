"""My strangers: whom a member has met, what they learned from each, their notes to themselves, and what they share."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField, ValidationError
from wtforms.validators import Length

from data.feedback import feedback_by
from data.match import Seat, seat_numbered, seats_of
from data.member import lock_member
from data.wall import LONGEST_LINE, line_of, lines_by, share
from web import errors
from web.fields import Form, NoControlCharacters, options, paragraph, tidy_text
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.meeting import meeting_of, state_of
from web.record import record_of
from web.visitor import member_here, members_only
from web.world import countries_on_map

blueprint = Blueprint("strangers", __name__)
SIGNED = {"name": _l("With my first name"), "nobody": _l("Without a name")}


class MemoForm(Form):
    """A note to oneself."""

    memo = paragraph(_l("A note to yourself"), _l("Nobody else reads it."))


class LineForm(Form):
    """A line for the wall, and whether it is signed."""

    words = TextAreaField(
        _l("What did you learn?"),
        filters=[tidy_text],
        validators=[
            NoControlCharacters("\n"),
            Length(max=LONGEST_LINE, message=_l("Please keep this to %(longest)s characters.", longest=LONGEST_LINE)),
        ],
        description=_l("For everybody to read: please name nobody but yourself. We look at it before it shows."),
        render_kw={"rows": 3, "maxlength": LONGEST_LINE},
    )
    signed = RadioField(_l("Who says it?"), choices=options(SIGNED), default="nobody", validate_choice=False)

    def validate_words(self, field: TextAreaField) -> None:
        """Raise ValidationError for nothing at all."""
        if not field.data:
            raise ValidationError(_("Please write a line to share."))


@blueprint.get("/strangers")
@members_only
def show() -> str:
    """Show everybody they have met, the newest first, and the record."""
    member = member_here()
    seats, said = seats_of(g.session, member.id), feedback_by(g.session, member.id)
    record = record_of(seats, said, g.now)
    over = [seat for seat in seats if state_of(seat, g.now) == "over"]
    meetings = [meeting_of(seat, g.now) for seat in sorted(over, key=_when, reverse=True)]
    facts = {"record": record, "said": said, "lines": lines_by(g.session, member.id)}
    world = countries_on_map(record.countries)
    return render_template("strangers/show.html", member=member, meetings=meetings, world=world, **facts)


@blueprint.get("/past")
def moved() -> Response:
    """Letters of earlier days lead here."""
    return redirect(url_for("strangers.show"), 301)


@blueprint.route("/strangers/<int:seat_id>/note", methods=["GET", "POST"])
@members_only
def note(seat_id: int) -> str | Response | tuple[str, int]:
    """Keep a note to oneself about one meeting."""
    seat, form = _own_seat(seat_id), MemoForm()
    if form.validate_on_submit():
        seat.memo = form.memo.data
        flash(_("Your note is saved."))
        return _back(seat)
    if not form.is_submitted():
        form.memo.data = seat.memo
    return render_template("strangers/note.html", form=form, seat=seat), 422 if form.is_submitted() else 200


@blueprint.route("/strangers/<int:seat_id>/wall", methods=["GET", "POST"])
@members_only
def wall(seat_id: int) -> str | Response | tuple[str, int]:
    """Share a line of what one learned with everybody."""
    seat, form = _own_seat(seat_id), LineForm()
    if form.validate_on_submit():
        lock_member(g.session, member_here().id)  # two presses at once put up one line
        share(g.session, seat, form.words.data, g.now, signed=form.signed.data == "name")
        flash(_("Thank you. Your line hangs on the wall as soon as somebody has looked at it."))
        return _back(seat)
    line = line_of(g.session, seat.id)
    if not form.is_submitted():
        told = feedback_by(g.session, member_here().id).get(seat.id)
        form.words.data = line.words if line else (told.learned if told else "")[:LONGEST_LINE]
        form.signed.data = "name" if line and line.signed else "nobody"
    return render_template("strangers/wall.html", form=form, seat=seat, line=line), 422 if request.form else 200


@blueprint.post("/strangers/<int:seat_id>/wall/removal")
@members_only
def take_down(seat_id: int) -> Response:
    """Share it no more; a second press finds nothing, and says the same."""
    seat = _own_seat(seat_id)
    line = line_of(g.session, seat.id)
    if line is not None:
        g.session.delete(line)
    flash(_("Your line is off the wall."))
    return _back(seat)


def _when(seat: Seat) -> datetime:
    return seat.match.meets_at or seat.match.made_at


def _own_seat(seat_id: int) -> Seat:
    """Return a seat of the member's own whose meeting is over, or answer that there is nothing here."""
    seat = seat_numbered(g.session, seat_id) if seat_id < 2**31 else None
    if seat is None or seat.member_id != member_here().id or state_of(seat, g.now) != "over":
        errors.not_found()
    found: Seat = seat
    return found


def _back(seat: Seat) -> Response:
    return redirect(url_for("strangers.show", _anchor=f"stranger-{seat.id}"), 303)
