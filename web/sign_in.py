"""Signing in by letter: a link for the device the letter is read on, a code for any other."""

from __future__ import annotations

import hmac
from datetime import timedelta
from secrets import randbelow

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import HiddenField

from data.letter import count_letters
from data.member import Member, member_by_email
from data.sign_in import SignIn, asked_too_often, latest_sign_in
from web import errors
from web.fields import Form, address_line, line
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.language import reads
from web.per_request import keep_despite_error
from web.visitor import is_internal, sign_out_everywhere, visiting_member, welcome

blueprint = Blueprint("sign_in", __name__)
# Pressing the button twice is one request: the code of the first letter must stay good.
SAME_REQUEST = timedelta(seconds=30)
# Anybody can type a stranger's address into our forms; so few letters bother nobody.
CONFIRMATIONS_A_DAY = 3


class AddressForm(Form):
    """Where to write to, and where to go afterwards."""

    email = address_line(_l("E-mail"))
    next = HiddenField()


class CodeForm(Form):
    """The six digits of the letter."""

    # TRANSLATORS: the six digits in a letter with which one signs in
    code = line(_l("Code"), longest=20, missing=_l("Please type the six digits of the letter."))

    @property
    def digits(self) -> str:
        """What was typed, without the spaces a letter or a person puts in between."""
        return str(self.code.data).replace(" ", "").replace("-", "")


@blueprint.route("/sign-in", methods=["GET", "POST"])
def ask() -> str | Response | tuple[str, int]:
    """Ask where to write to; every address gets the same answer."""
    form = AddressForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        member = member_by_email(g.session, form.email.data)
        if member is not None:
            write_to(member)
        session["wrote_to"] = form.email.data
        session["next"] = form.next.data if is_internal(form.next.data) else None
        return redirect(url_for("sign_in.enter_code"), 303)
    return render_template("sign_in/ask.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
def enter_code() -> str | Response | tuple[str, int]:
    """Take the code of the newest letter; a wrong one costs a try, and a stranger's address behaves the same."""
    address = session.get("wrote_to")
    if address is None:
        return redirect(url_for("sign_in.ask"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        member = member_by_email(g.session, address)
        if member is not None and _is_right(member, form.digits):
            return _go_in(member)
        keep_despite_error()
        form.wrong(form.code, _("This is not the code of our newest letter, or it is no longer good."))
    page = render_template("sign_in/enter_code.html", form=form, address=address)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/sign-in/<token>")
def open_link(token: str) -> str:
    """Show the button that signs in: the programs that open every link in a letter press none."""
    sign_in = g.session.get(SignIn, _number_of(token))
    if sign_in is None or not sign_in.member.is_confirmed or not sign_in.is_open(g.now):
        errors.dead_link()
    reads(sign_in.member)
    return render_template("sign_in/open_link.html", form=Form())


@blueprint.post("/sign-in/<token>")
def use_link(token: str) -> Response:
    """Sign in, once."""
    locked = select(SignIn).where(SignIn.id == _number_of(token)).with_for_update(of=SignIn)
    sign_in = g.session.scalar(locked)
    if sign_in is None or not sign_in.member.is_confirmed:
        errors.dead_link()
    if not sign_in.use(g.now):
        if visiting_member() is not None:  # pressed twice
            return redirect(url_for("this_week.show"), 303)
        errors.dead_link()
    return _go_in(sign_in.member)


@blueprint.post("/sign-out")
def leave() -> Response:
    """Sign out here and on every other device."""
    if visiting_member() is not None:
        sign_out_everywhere()
    flash(_("You are signed out, here and everywhere else."))
    return redirect(url_for("pages.front"), 303)


def write_to(member: Member) -> None:
    """Write the letter that lets this member in: to confirm, the first time, or to sign in."""
    letters = current_app.extensions["letters"]
    # Two requests at one moment wait for each other here, so that the second sees the letter of the first.
    g.session.execute(select(Member.id).where(Member.id == member.id).with_for_update())
    if not member.is_confirmed:
        if count_letters(g.session, member, "confirm", g.now - timedelta(days=1)) < CONFIRMATIONS_A_DAY:
            letters.confirm(g.session, member, g.now)
    elif not _asked_just_now(member) and not asked_too_often(g.session, member, g.now):
        code = f"{randbelow(10**6):06}"
        sign_in = SignIn(member=member, member_id=member.id, asked_at=g.now, code_digest=_digest(member, code))
        g.session.add(sign_in)
        letters.sign_in(g.session, sign_in, code, g.now)


def _asked_just_now(member: Member) -> bool:
    newest = latest_sign_in(g.session, member)
    return newest is not None and newest.is_open(g.now) and g.now < newest.asked_at + SAME_REQUEST


def _is_right(member: Member, code: str) -> bool:
    sign_in = latest_sign_in(g.session, member)
    return sign_in is not None and sign_in.try_digest(_digest(member, code), g.now)


def _digest(member: Member, code: str) -> str:
    """Return what is stored of a code: without our secret nobody can find the code by trying all million."""
    secret = current_app.extensions["settings"].secret_key
    return hmac.new(secret.encode(), f"code {member.id} {code}".encode(), "sha256").hexdigest()


def _number_of(token: str) -> int:
    number: int | None = current_app.extensions["links"].read_sign_in(token, g.now)
    return number if number is not None else errors.dead_link()


def _go_in(member: Member) -> Response:
    back = session.get("next")
    welcome(member)
    return redirect(back if is_internal(back) else url_for("this_week.show"), 303)
