"""Other programs: the tokens with which they read, and the webhooks that tell them what happens."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from data.api_token import good_tokens, lock_token, make_token, token_with
from data.due_deliveries import is_pinged
from data.member import lock_member
from data.webhook import (
    EVENTS,
    Webhook,
    add_webhook,
    latest_deliveries,
    lock_webhook,
    ping,
    webhooks,
)
from web import errors
from web.desk.access import note_act, organisers_only
from web.desk.programs_forms import EVENTS as EVENTS_IN_WORDS
from web.desk.programs_forms import TokenForm, WebhookForm
from web.language import gettext as _
from web.visitor import member_here

blueprint = Blueprint("desk_programs", __name__, url_prefix="/desk/programs")
SHOWN = 20  # deliveries
MOST = 20  # webhooks, and tokens
LARGEST_NUMBER = 2**31
Page = str | Response | tuple[str, int]


@blueprint.get("")
@organisers_only
def show() -> str:
    """Show which programs read, and which are told."""
    return _page()


@blueprint.post("/tokens")
@organisers_only
def make() -> Page:
    """Make a token, and show it on the answer alone."""
    lock_member(g.session, member_here().id)  # a second press waits, and then finds the name taken
    form = TokenForm()
    if not form.validate() or not _may_make(form):
        return _page(tokens=form), 422
    token = make_token(g.session, form.name.data, member_here().id, g.now)
    made = token_with(g.session, token)
    note_act("make_token", f"token {made.id if made else 0}")
    return _page(new=token, name=form.name.data)


@blueprint.post("/tokens/<int:number>/end")
@organisers_only
def end_token(number: int) -> Response:
    """End a token; a second press changes nothing."""
    token = lock_token(g.session, number) if number < LARGEST_NUMBER else None
    if token is not None:
        token.ended_at = g.now
        note_act("end_token", f"token {token.id}")
    flash(_("The token has ended: it opens nothing any more."))
    return _back()


@blueprint.post("/webhooks")
@organisers_only
def add() -> Page:
    """Add a webhook."""
    lock_member(g.session, member_here().id)
    form = WebhookForm()
    if not form.validate() or not _may_add(form):
        return _page(webhook=form), 422
    events = [event for event in EVENTS if event in form.events.data]
    webhook = add_webhook(g.session, form.url.data, events, member_here().id, g.now)
    note_act("add_webhook", f"webhook {webhook.id}", events=events)
    flash(_("It is told from now on. Give its secret to the program, and try it out."))
    return _back()


@blueprint.post("/webhooks/<int:number>/secret")
@organisers_only
def renew(number: int) -> Response:
    """Give a webhook a new secret, in place of the one that was shown with the button."""
    webhook = _webhook(number)
    if request.form.get("instead_of") == webhook.secret_mark:
        webhook.renew_secret()
        note_act("renew_secret", f"webhook {webhook.id}")
    flash(_("The secret is new; whatever is signed from now on is signed with it."))
    return _back()


@blueprint.post("/webhooks/<int:number>/ping")
@organisers_only
def try_out(number: int) -> Response:
    """Send a delivery that tells of nothing, unless one is on its way."""
    webhook = _webhook(number)
    if not is_pinged(g.session, webhook.id):
        ping(g.session, webhook, g.now)
        note_act("ping_webhook", f"webhook {webhook.id}")
    flash(_("A ping is on its way. What came of it stands below in some seconds: open this page again."))
    return _back()


@blueprint.post("/webhooks/<int:number>/end")
@organisers_only
def end_webhook(number: int) -> Response:
    """End a webhook, with what waits for it; a second press changes nothing."""
    webhook = lock_webhook(g.session, number) if number < LARGEST_NUMBER else None
    if webhook is not None:
        webhook.ended_at = g.now
        note_act("end_webhook", f"webhook {webhook.id}")
    flash(_("The webhook has ended: it is told nothing any more."))
    return _back()


@blueprint.app_template_filter("event_in_words")
def in_words(event: str) -> str:
    """Return of what somebody is told, in words."""
    return str(EVENTS_IN_WORDS.get(event) or _("Somebody tries it out"))


def _may_make(form: TokenForm) -> bool:
    tokens = good_tokens(g.session)
    if form.name.data in {token.name for token in tokens}:
        form.wrong(form.name, _("There is a token of this name. End it first, or choose another name."))
    elif len(tokens) >= MOST:
        form.wrong(form.name, _("That is a lot of tokens. Please end one that nobody needs any more."))
    return not form.name.errors


def _may_add(form: WebhookForm) -> bool:
    at_work = webhooks(g.session)
    if form.url.data in {webhook.url for webhook in at_work}:
        form.wrong(form.url, _("This address is told already. End it first, to choose anew what it is told."))
    elif len(at_work) >= MOST:
        form.wrong(form.url, _("That is a lot of webhooks. Please end one that nobody needs any more."))
    return not form.url.errors


def _webhook(number: int) -> Webhook:
    """Return a webhook at work, locked, or answer that there is none."""
    webhook = lock_webhook(g.session, number) if number < LARGEST_NUMBER else None
    return webhook or errors.not_found()


def _back() -> Response:
    return redirect(url_for("desk_programs.show"), 303)


def _page(tokens: TokenForm | None = None, webhook: WebhookForm | None = None, **more: Any) -> str:
    facts = {
        "token_form": tokens or TokenForm(formdata=None),
        "webhook_form": webhook or WebhookForm(formdata=None),
        "tokens": good_tokens(g.session),
        "webhooks": webhooks(g.session),
        "deliveries": latest_deliveries(g.session, SHOWN),
    }
    return render_template("desk/programs/show.html", **facts | more)
