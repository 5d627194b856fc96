"""Ends the weekly letters with one press; a mail program may press it too, with no cookie and no form of ours."""

from __future__ import annotations

from flask import Blueprint, current_app, g, render_template

from data.member import Member
from web import errors
from web.language import reads

blueprint = Blueprint("unsubscribe", __name__)


@blueprint.get("/unsubscribe/<token>")
def show(token: str) -> str:
    """Show the button, or that it was pressed."""
    return render_template("unsubscribe/show.html", member=_read(token))


@blueprint.post("/unsubscribe/<token>")
def end(token: str) -> str:
    """Write no more weekly letters, and so pair no more: nobody must be left waiting."""
    member = _read(token)
    member.unsubscribe(g.now)
    return render_template("unsubscribe/show.html", member=member)


def _read(token: str) -> Member:
    number = current_app.extensions["links"].read_unsubscribe(token, g.now)
    member: Member | None = g.session.get(Member, number) if number is not None else None
    return reads(member) if member is not None and member.left_at is None else errors.dead_link()
