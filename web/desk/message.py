"""Writes to everybody in a town, or to everybody: first the letter is shown, with how many get it, then it goes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from data.places import Place
from data.readers import count_readers
from web.desk.access import organisers_only
from web.desk.asking import AskingForm, ask_once
from web.fields import AtMost, NoControlCharacters, choice, line, tidy_text
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.organisers_letters import Message
from web.town_form import TownForm, which_place
from web.visitor import member_here

blueprint = Blueprint("desk_people_message", __name__, url_prefix="/desk/people/message")
LONGEST_SUBJECT, LONGEST_WORDS = 120, 5000
TO = {"town": _l("Everybody in one town"), "all": _l("Everybody, wherever they are")}


class MessageForm(AskingForm, TownForm):
    """To whom, and what."""

    to = choice(_l("To whom?"), TO, _l("Please choose who is to get it."), default="town")
    place = line(
        # TRANSLATORS: the label of a field in which one types a town
        _l("Town"),
        _l("A few letters bring up suggestions. Leave it empty when you write to everybody."),
        longest=200,
    )
    place_id = which_place()
    subject = line(_l("Subject"), longest=LONGEST_SUBJECT, missing=_l("Please say in a few words what it is about."))
    words = TextAreaField(
        _l("What you write"),
        filters=[tidy_text],
        validators=[
            DataRequired(_l("Please write something.")),
            NoControlCharacters("\n\t"),
            AtMost(LONGEST_WORDS),
        ],
        description=_l(
            "Plain text; links are fine. Above it stands a greeting with their name, and an empty line parts paragraphs."
        ),
        render_kw={"rows": 12},
    )
    step = HiddenField()  # "send" on the page that shows the letter

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, then which town is meant."""
        good = bool(super().validate(extra_validators))
        if self.to.data == "town" and not self.place.errors:
            if self.place.data:
                self.choose_place()
            else:
                self.wrong(self.place, _("Please name the town."))
        return good and not (self.place.errors or self.place_id.errors)

    @property
    def town(self) -> Place | None:
        """The town it goes to; none: everybody."""
        return self.chosen_place if self.to.data == "town" else None


@blueprint.get("")
@organisers_only
def show() -> str:
    """Ask to whom, and what."""
    return render_template("desk/message/show.html", form=MessageForm(formdata=None))


@blueprint.post("")
@organisers_only
def write() -> str | Response | tuple[str, int]:
    """Show the letter; from that page, send it: letters of the jobs process, one batch after the other."""
    form = MessageForm()
    good = form.validate()
    if not good or form.step.data == "change":
        return render_template("desk/message/show.html", form=form), 200 if good else 422
    if form.step.data != "send":
        return _letter_shown(form)
    facts = {"place_id": form.town.id if form.town else None, "subject": form.subject.data, "words": form.words.data}
    task = ask_once("message", "write_to_people", form, facts)
    return redirect(url_for("desk_tasks.one", number=task.id), 303)


def _letter_shown(form: MessageForm) -> str:
    letters = current_app.extensions["letters"]
    subject, text = letters.message_as_read(g.session, member_here(), Message(0, form.subject.data, form.words.data))
    readers = count_readers(g.session, form.town.id if form.town else None)
    return render_template(
        "desk/message/look.html", form=form, subject=subject, text=text, readers=readers, sent=request.form
    )
