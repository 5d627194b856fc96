"""The round before it goes out: look at it, hold it, shuffle it, say who is to meet or never to, and release it."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from data.community import coming_monday, deadlines_to_keep
from data.draft import Draft, begin_draft, draft_of, pairs_of
from data.member import members_numbered
from data.round import Round, monday_of, round_of
from data.task import latest_task
from web import errors
from web.desk.access import note_act, organisers_only
from web.desk.asking import ask_unless_waiting
from web.desk.parting import part
from web.desk.round_forms import ApartForm, HoldForm, SeedForm, TogetherForm, WhoForm
from web.desk.turns import take_turn
from web.fields import Form
from web.language import gettext as _

blueprint = Blueprint("desk_round", __name__, url_prefix="/desk/round")
PAIRS_A_PAGE = 50
LONGEST_NUMBER = 9
Page = Response | tuple[str, int]


@blueprint.get("")
@organisers_only
def show() -> str:
    """Show the round that goes out next."""
    return _page(monday_ahead())


@blueprint.post("/<day>/hold")
@organisers_only
def hold(day: str) -> Page:
    """Let it wait for an organiser."""
    draft, form = _draft(day), HoldForm()
    if not form.validate():
        return _page(draft.monday, hold=form), 422
    if not draft.is_held:
        draft.hold(g.now, form.why.data)
        _note("hold_round", draft, form.why.data)
    flash(_("The round waits until somebody releases it."))
    return _back()


@blueprint.post("/<day>/release")
@organisers_only
def release(day: str) -> Page:
    """Let it go out as it is seen here; pressed by two at once, it is released once."""
    draft = _draft(day)
    if draft.released_at is not None:
        flash(_("It was released already."))
    elif not draft.is_fresh:
        flash(_("Something has changed since the last preview. Please look at a new one first."))
        _ask_for_preview(draft)
    else:
        draft.release(g.now)
        _note("release_round", draft)
        flash(_("Released. It goes out as you see it here."))
    return _back()


@blueprint.post("/<day>/let-go")
@organisers_only
def let_go(day: str) -> Page:
    """Let it go out by itself, paired on the day."""
    draft = _draft(day)
    if draft.held_at is not None or draft.released_at is not None:
        draft.let_go()
        _note("let_round_go", draft)
    flash(_("It goes out by itself."))
    return _back()


@blueprint.post("/<day>/preview")
@organisers_only
def preview(day: str) -> Page:
    """Look at who would meet whom, with the same seed or another one."""
    draft, form = _draft(day), SeedForm()
    if not form.validate():
        return _page(draft.monday, seed=form), 422
    if form.number is not None and form.number != draft.seed:
        _note("reseed_round", draft, seed=form.number)
        draft.change(g.now, seed=form.number)
    return _ask_for_preview(draft)


@blueprint.post("/<day>/apart")
@organisers_only
def apart(day: str) -> Page:
    """Never pair two people, from this round on; neither is told."""
    draft, form = _draft(day), ApartForm()
    if not form.validate():
        return _page(draft.monday, apart=form), 422
    one, other = form.pair
    take_turn()
    part(one.id, other.id, form.why.data)
    draft.change(g.now, together=[pair for pair in draft.together if set(pair) != {one.id, other.id}])
    flash(_("They are kept apart from now on, and hear nothing of it. A new preview is on its way."))
    return _ask_for_preview(draft)


@blueprint.post("/<day>/together")
@organisers_only
def together(day: str) -> Page:
    """Bring two people together in this round."""
    draft, form = _draft(day), TogetherForm()
    form.concern(draft)
    if not form.validate():
        return _page(draft.monday, together=form), 422
    pair = [member.id for member in form.pair]
    draft.change(g.now, together=[*draft.together, pair])
    _note("bring_together", draft, form.why.data, members=pair)
    return _ask_for_preview(draft)


@blueprint.post("/<day>/together/<int:one>/<int:other>/removal")
@organisers_only
def take_back(day: str, one: int, other: int) -> Page:
    """Let the matcher decide about two people again."""
    draft = _draft(day)
    if [one, other] in draft.together:
        draft.change(g.now, together=[pair for pair in draft.together if pair != [one, other]])
        _note("take_back_together", draft, members=[one, other])
    return _ask_for_preview(draft)


def monday_ahead() -> date:
    """Return the Monday of the round that goes out next: this week's, while it is held past its time."""
    this = monday_of(g.now)
    draft = draft_of(g.session, this)
    waits = draft is not None and draft.held_at is not None and round_of(g.session, this) is None
    return this if waits and g.now <= _round(this).rematch_until else coming_monday(g.session, g.now)


def _round(monday: date) -> Round:
    """Return a round that has not been run, with the deadlines it would have."""
    return Round(monday=monday, deadlines=deadlines_to_keep(g.session))


def _draft(day: str) -> Draft:
    """Return the draft of a day in an address, locked; what has gone out cannot be changed, and says so."""
    try:
        monday = date.fromisoformat(day)
    except ValueError:
        errors.not_found()
    if round_of(g.session, monday) is not None:
        errors.gone_out()
    if monday != monday_ahead():
        errors.not_found()
    return begin_draft(g.session, monday, g.now)


def _ask_for_preview(draft: Draft) -> Response:
    ask_unless_waiting("preview", "preview_round", {"monday": draft.monday.isoformat()})
    return _back()


def _note(deed: str, draft: Draft, why: str = "", **facts: object) -> None:
    note_act(deed, f"round {draft.monday}", why=why, **facts)


def _back() -> Response:
    return redirect(url_for("desk_round.show"), 303)


def _page(monday: date, **forms: Form) -> str:
    fresh = {"hold": HoldForm, "seed": SeedForm, "apart": ApartForm, "together": TogetherForm}
    shown = {name: forms.get(name) or form(formdata=None) for name, form in fresh.items()}
    facts = {"monday": monday, "round_": _round(monday), **_seen(draft_of(g.session, monday))}
    latest = latest_task(g.session, "preview", {"monday": monday.isoformat()})
    return render_template("desk/round/show.html", latest=latest, **shown, **facts)


def _seen(draft: Draft | None) -> dict[str, Any]:
    """Return what was looked at: some of the pairs, and the people in them."""
    who, pairs = WhoForm(request.args, meta={"csrf": False}), []
    if draft is not None and draft.previewed_at is not None:
        pairs = pairs_of(g.session, draft, PAIRS_A_PAGE + 1, _after(), who.member_id if who.who.data else None)
    shown = pairs[:PAIRS_A_PAGE]
    numbers = {number for pair in shown for number in pair.members} | _named_in(draft)
    people = {member.id: member for member in members_numbered(g.session, numbers)}
    return {"draft": draft, "who": who, "pairs": shown, "more": len(pairs) > PAIRS_A_PAGE, "people": people}


def _named_in(draft: Draft | None) -> set[int]:
    """Return who is named beside the pairs: whom an organiser wants together, and whom nobody was found for."""
    return {*draft.left_over[:PAIRS_A_PAGE], *chain(*draft.together)} if draft is not None else set()


def _after() -> int:
    after = request.args.get("after", "")
    return int(after) if after.isascii() and after.isdecimal() and len(after) <= LONGEST_NUMBER else 0
