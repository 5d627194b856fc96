"""Parts two people for good, silently: without a word, or with a report for those who look after the community."""

from __future__ import annotations

from flask import current_app, g
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from data.avoidance import keep_apart
from data.match import Seat
from data.note import Note
from data.report import write_report
from data.webhook import tell_webhooks
from web.answers import Answers
from web.fields import Form, options, paragraph
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.wording import said

LONGEST_NOTE = 5000
NO_WORDS = "(no words of their own)"


class SeparationForm(Form):
    """Whom it is about, when there were three, and what the operator should know."""

    about = SelectMultipleField(
        _l("Whom is it about?"), choices=[], widget=ListWidget(), option_widget=CheckboxInput(), validate_choice=False
    )
    note = paragraph(
        _l("Is there anything the people who run this should know?"),
        _l("They read it, and nobody else ever does. Leave it empty if it is enough for you not to be paired again."),
        longest=LONGEST_NOTE,
    )

    def concern(self, seat: Seat) -> None:
        """Offer the others of a match to choose from, those who fell out included."""
        others = _others(seat)
        self.about.choices = options({str(other.id): said(other.member.first_name) for other in others})
        self.people = {str(other.id): other for other in others}

    @property
    def chosen(self) -> list[Seat]:
        """The seats it is about: the only other one, or those ticked."""
        if len(self.people) == 1:
            return list(self.people.values())
        return [self.people[number] for number in self.about.data or [] if number in self.people]

    def ask_whom(self) -> bool:
        """Say so when nobody was chosen of two; return whether somebody was."""
        if not self.chosen:
            self.wrong(self.about, _("Please say whom this is about."))
        return bool(self.chosen)


def separate(seat: Seat, others: list[Seat], note: str, about: Note | None = None) -> None:
    """Never pair them again, from this moment: a meeting that is still to come falls through.

    With words of their own, or about something the other wrote, it is a report: it waits at the desk, and the operator
    gets a letter. The others learn nothing of it.
    """
    is_report = bool(note) or about is not None
    for other in others:
        keep_apart(g.session, seat.member_id, other.member_id, "reported" if is_report else "barred", g.now)
    if is_report:
        for other in others:
            write_report(g.session, seat, other.member_id, note, g.now, note=about)
        names = ", ".join(f"{said(other.member.first_name)} (member {other.member_id})" for other in others)
        current_app.extensions["letters"].report(g.session, seat, f"About {names}: {note or NO_WORDS}", g.now, about)
        where = {"match": seat.match_id, "round": seat.match.round.monday.isoformat()}  # never who, nor what
        tell_webhooks(g.session, "reported", where, g.now)
    if seat.freed_at is None and not seat.match.has_begun(g.now):
        Answers(g.session, current_app.extensions["letters"], g.now).no(seat, "someone_else")


def _others(seat: Seat) -> list[Seat]:
    return [other for other in seat.match.seats if other is not seat]
