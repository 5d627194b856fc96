"""Notes: once all have said yes, the people of a match write to each other through us, and nobody sees an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from data.match import Seat
from data.member import Member
from data.note import (
    LONGEST_NOTE,
    NOTES_A_DAY,
    Note,
    NotesClosed,
    TooManyNotes,
    may_write,
    notes_shown_to,
    readers_of,
    write_note,
)
from web.fields import Form, paragraph
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.meeting import token_in
from web.seat_of_link import seat_of_link
from web.wording import moment, names_of, zone_name

blueprint = Blueprint("notes", __name__)


class NoteForm(Form):
    """A few words to the others."""

    note = paragraph(_l("Your note"), longest=LONGEST_NOTE)

    def says_something(self) -> bool:
        """Say so when nothing was written; return whether something was."""
        if not self.note.data:
            self.wrong(self.note, _("There is nothing in it yet. A few words are enough."))
        return bool(self.note.data)


@dataclass(frozen=True)
class Notes:
    """What the page of a match shows of the notes to the member of one seat."""

    seat: Seat
    token: str
    form: NoteForm
    written: list[Note]
    may_write: bool

    @property
    def readers(self) -> list[Member]:
        """Who gets what this seat writes."""
        return [reader.member for reader in readers_of(self.seat)]


@blueprint.app_template_global("notes_of")
def notes_of(seat: Seat, form: NoteForm | None = None) -> Notes:
    """Return the notes as a seat sees them, with an empty field to write in unless a filled one is given."""
    token = token_in(current_app.extensions["links"].match_url(seat))
    written, open_ = notes_shown_to(g.session, seat), may_write(g.session, seat, g.now)
    return Notes(seat, token, form or NoteForm(formdata=None), written, open_)


@blueprint.get("/matches/<token>/notes")
def show(token: str) -> str:
    """Show the notes on a page of their own."""
    return _page(seat_of_link(token))


@blueprint.post("/matches/<token>/notes")
def write(token: str) -> Response | tuple[str, int]:
    """Take a note, and write it to each of the others."""
    seat, form = seat_of_link(token), NoteForm()
    if not form.validate() or not form.says_something():
        return _page(seat, form), 422
    try:
        note = write_note(g.session, seat, form.note.data, g.now)
    except NotesClosed:
        form.wrong(form.note, _("No more notes can be written here. Yours was not sent."))
        return _page(seat, form), 422
    except TooManyNotes as enough:
        form.wrong(form.note, _enough(seat, enough.again_at))
        return _page(seat, form), 422
    if note is not None:
        _send(note)
    readers = names_of([reader.member for reader in readers_of(seat)])
    flash(_("Your note is on its way to %(names)s.", names=readers))
    return redirect(url_for("matches.show", token=token, _anchor="notes"), 303)


def _send(note: Note) -> None:
    for reader in readers_of(note.seat):
        current_app.extensions["letters"].note(g.session, reader, note, g.now)


def _enough(seat: Seat, again_at: datetime) -> str:
    return _(
        "You have written %(most)s notes within a day, and that is the most. "
        "The next can go from %(moment)s, %(zone)s.",
        most=NOTES_A_DAY,
        moment=moment(again_at, seat.time_zone),
        zone=zone_name(seat.time_zone),
    )


def _page(seat: Seat, form: NoteForm | None = None) -> str:
    return render_template("notes/show.html", notes=notes_of(seat, form))
