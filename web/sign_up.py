"""Signing up: one short page, then a letter whose button says that the address is yours, and a second page for who likes."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, g, redirect, render_template, session, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from data.barred import is_barred
from data.community import community_of
from data.member import Member, member_by_email
from web import errors
from web.fields import Form, address_line
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.language import reads, spoken
from web.person_form import WhoForm
from web.sign_in import write_to
from web.visitor import welcome

blueprint = Blueprint("sign_up", __name__)


class SignUpForm(WhoForm):
    """Who they are, and where to write to."""

    email = address_line(_l("E-mail"), _l("Where your letters go. Nobody else sees it."))


@blueprint.route("/sign-up", methods=["GET", "POST"])
def join() -> str | Response | tuple[str, int]:
    """Ask who they are; every address gets the same answer, and then a letter of the right kind."""
    form = SignUpForm()
    if form.validate_on_submit():
        member = _member_of(form)
        if member is not None:
            write_to(member)
        session["wrote_to"] = form.email.data
        return redirect(url_for("sign_up.look"), 303)
    return render_template("sign_up/join.html", form=form), 422 if form.is_submitted() else 200


@blueprint.get("/sign-up/letter")
def look() -> str | Response:
    """Tell them to look in their mailbox."""
    address = session.get("wrote_to")
    if address is None:
        return redirect(url_for("sign_up.join"), 303)
    return render_template("sign_up/look.html", address=address)


@blueprint.get("/confirm/<token>")
def ask(token: str) -> str:
    """Show what was signed up, with the button that confirms it."""
    return render_template("sign_up/confirm.html", member=_member_to_confirm(token), form=Form())


@blueprint.post("/confirm/<token>")
def confirm(token: str) -> Response:
    """The address is theirs; sign them in, the first time only: a link that was used opens no door."""
    member = _member_to_confirm(token)
    if member.is_confirmed:
        flash(_("Your address is confirmed already. Sign in to see your week."))
        return redirect(url_for("sign_in.ask"), 303)
    member.confirm(g.now)
    welcome(member)
    flash(_("Welcome, %(name)s. You are in.", name=member.first_name))
    return redirect(url_for("more_about_you.show"), 303)


def _member_of(form: SignUpForm) -> Member | None:
    """Return the member with this address: a new one, or the known one; only an unconfirmed one is rewritten.

    There is none for an address that was sent away. That is asked last: whoever is sent away at this moment is still
    a member, or barred already.
    """
    member = member_by_email(g.session, form.email.data)
    if member is None and is_barred(g.session, form.email.data):
        return None
    if member is None:
        try:
            with g.session.begin_nested():
                member = Member(email=form.email.data, signed_up_at=g.now, language=spoken().code)
                member.reach_km = community_of(g.session).reach_km
                form.fill_in(member)
                g.session.add(member)
        except IntegrityError:  # the same address, signed up at the same moment
            member = member_by_email(g.session, form.email.data)
    if member is None:
        raise RuntimeError("An address was taken and is free again")
    if not member.is_confirmed:
        form.fill_in(member)
    return member


def _member_to_confirm(token: str) -> Member:
    number = current_app.extensions["links"].read_confirm(token, g.now)
    member: Member | None = g.session.get(Member, number) if number is not None else None
    return reads(member) if member is not None and member.left_at is None else errors.dead_link()
