"""A new e-mail address: it counts from the moment a letter sent there is answered, and not before."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from data.barred import is_barred
from data.letter import count_letters
from data.member import Member, member_by_email
from web import errors
from web.fields import Form, address_line
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.language import reads
from web.visitor import member_here, members_only, welcome

blueprint = Blueprint("new_address", __name__)
# Anybody can type a stranger's address here; so few letters bother nobody.
LETTERS_A_DAY = 3


class NewAddressForm(Form):
    """Where letters shall go."""

    email = address_line(
        _l("New e-mail address"), _l("We write to it; until you press the button there, nothing changes.")
    )


@blueprint.route("/profile/address", methods=["GET", "POST"])
@members_only
def ask() -> str | Response | tuple[str, int]:
    """Write to the new address; the answer is the same when it belongs to another member."""
    form, member = NewAddressForm(), member_here()
    if form.validate_on_submit():
        written = count_letters(g.session, member, "new_address", g.now - timedelta(days=1))
        if written < LETTERS_A_DAY and _is_free(form.email.data):
            current_app.extensions["letters"].new_address(g.session, member, form.email.data, g.now)
        flash(
            _(
                "We have written to %(address)s. Until you press the button there, your old address stays.",
                address=form.email.data,
            )
        )
        return redirect(url_for("profile.show"), 303)
    page = render_template("new_address/ask.html", form=form, member=member)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/new-address/<token>")
def open_link(token: str) -> str:
    """Show the button that makes the change."""
    _member, address = _read(token)
    return render_template("new_address/confirm.html", address=address, form=Form())


@blueprint.post("/new-address/<token>")
def confirm(token: str) -> Response:
    """Change the address, and end every session that was opened with letters to the old one."""
    member, address = _read(token)
    if is_barred(g.session, address):
        errors.dead_link()
    try:
        with g.session.begin_nested():
            member.email = address
            member.end_sessions()
    except IntegrityError:  # somebody else has signed up with it meanwhile
        errors.dead_link()
    welcome(member)
    flash(_("From now on we write to your new address."))
    return redirect(url_for("profile.show"), 303)


def _is_free(address: str) -> bool:
    """Whether an address is no member's, and of nobody who was sent away."""
    return member_by_email(g.session, address) is None and not is_barred(g.session, address)


def _read(token: str) -> tuple[Member, str]:
    """Return who changes to which address; a link made for an address they no longer have is dead."""
    read = current_app.extensions["links"].read_new_address(token, g.now)
    member = g.session.get(Member, read[0]) if read else None
    if read is None or member is None or not member.is_confirmed or member.email != read[1]:
        errors.dead_link()
    return reads(member), read[2]
