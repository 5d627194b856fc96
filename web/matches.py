"""The page of one match, opened from a letter: with whom, why, when and where; yes with times, another time, or no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from data.answering import CannotAnswer, NoTimeTicked, may_move
from data.match import Seat, seat_numbered, seat_to_answer
from web import errors
from web.answers import Answers
from web.fields import Form, choice, paragraph
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.language import reads
from web.meeting import meeting_of
from web.other_times import other_times
from web.times_form import MINUTES, NONE_TICKED, MoveForm, OwnTimesForm, TimesForm

blueprint = Blueprint("matches", __name__)
WHY = {"someone_else": _l("Someone else, please"), "not_this_week": _l("Not this week")}
LONGEST_WORD = 300
CLOSED = _l("This could not be answered any more. Here is how it stands.")
Page = Response | tuple[str, int]


class RefusalForm(Form):
    """Why not: which of the two buttons was pressed, and a word to the others if one likes."""

    why = choice(_l("Why not?"), WHY, _l("Please press one of the two buttons."))
    word = paragraph(_l("A word to the other, if you like"), longest=LONGEST_WORD)


@blueprint.get("/matches/<token>")
def show(token: str) -> str:
    """Show the match as it stands for whoever holds the link."""
    return page_of(_of_member(seat_numbered(g.session, number_of(token))))


@blueprint.post("/matches/<token>/acceptance")
def accept(token: str) -> Page:
    """Say yes to the ticked times; once one suits all, write to everybody that it is on."""
    seat, form = locked_seat(token), TimesForm()
    form.validate()
    return _answer(token, seat, lambda: answers().yes(seat, form.moments_of(seat, g.now), form.length), times=form)


@blueprint.post("/matches/<token>/times")
def propose(token: str) -> Page:
    """Propose times of one's own, when all have said yes and none suits all."""
    seat, form = locked_seat(token), OwnTimesForm()
    form.concern(seat, g.now)
    if not form.validate():
        return page_of(seat, own_times=form), 422
    if not form.moments:
        form.wrong(form.first, _("Please give a day and a time."))
        return page_of(seat, own_times=form), 422
    return _answer(token, seat, lambda: answers().propose(seat, form.moments))


@blueprint.get("/matches/<token>/move")
def show_other_times(token: str) -> str | Response:
    """Show to which times the meeting could be moved, while it can be."""
    seat = _of_member(seat_numbered(g.session, number_of(token)))
    if not may_move(seat, g.now):
        return redirect(url_for("matches.show", token=token), 303)
    return page_to_move(seat, move=MoveForm(formdata=None))


@blueprint.post("/matches/<token>/move")
def move(token: str) -> Page:
    """Ask for another time; the meeting is not on until somebody confirms one."""
    seat, form = locked_seat(token), MoveForm()
    form.concern(seat, g.now)
    if not form.validate():
        return page_to_move(seat, move=form), 422
    moments = form.chosen(other_times(g.session, seat, g.now))
    return _answer(token, seat, lambda: answers().another_time(seat, moments), page_to_move, move=form)


@blueprint.post("/matches/<token>/refusal")
def refuse(token: str) -> Page:
    """Say no, or cancel a yes: only a fact is noted here, and `rematch` acts on it."""
    seat, form = locked_seat(token), RefusalForm()
    if not form.validate():
        if form.why.errors:
            flash(str(form.why.errors[0]))
        return page_of(seat, refusal=form), 422
    why, word = form.why.data, form.word.data
    return _answer(token, seat, lambda: answers().no(seat, why, word))


def number_of(token: str) -> int:
    """Return the number of the seat a link is for, or answer that the link is dead."""
    number: int | None = current_app.extensions["links"].read_match(token, g.now)
    return number if number is not None else errors.dead_link()


def locked_seat(token: str) -> Seat:
    """Return the seat a link is for, its match locked, or answer that the link is dead."""
    return _of_member(seat_to_answer(g.session, number_of(token)))


def answers() -> Answers:
    """Return what takes the answers of this request."""
    return Answers(g.session, current_app.extensions["letters"], g.now)


def page_of(seat: Seat, **forms: Form) -> str:
    """Return the page of a match, with the forms that were not right."""
    return render_template("matches/match.html", **facts_of(seat, g.now, **forms))


def page_to_move(seat: Seat, **forms: Form) -> str:
    """Return the page that asks for another time, with the form that was not right."""
    facts = facts_of(seat, g.now, **forms) | {"other_times": other_times(g.session, seat, g.now)}
    return render_template("matches/other_times.html", **facts)


class Forms(dict[str, Form]):
    """The forms of a match by their names: the ones that were not right, and any other as soon as a page asks for it."""

    def __missing__(self, name: str) -> Form:
        fresh = {"times": TimesForm, "own_times": OwnTimesForm, "refusal": RefusalForm}
        self[name] = fresh[name](formdata=None)
        return self[name]


def facts_of(seat: Seat, now: datetime, **forms: Form) -> dict[str, Any]:
    """Return what the templates of a match show: how it stands, and the forms that fit."""
    return {"meeting": meeting_of(seat, now), "forms": Forms(forms), "lengths": MINUTES}


def _answer(token: str, seat: Seat, act: Callable[[], None], page: Callable[..., str] = page_of, **forms: Form) -> Page:
    """Do what was asked and show how it stands now; what cannot be done any more changes nothing."""
    try:
        act()
    except NoTimeTicked:
        for form in forms.values():
            form.wrong(form.times, NONE_TICKED)
        return page(seat, **forms), 422
    except CannotAnswer:
        flash(str(CLOSED))
    return redirect(url_for("matches.show", token=token), 303)


def _of_member(seat: Seat | None) -> Seat:
    """Return a seat whose member is still here, or answer that the link is dead."""
    if seat is None or seat.member.left_at is not None:
        errors.dead_link()
    reads(seat.member)
    return seat
