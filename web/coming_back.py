"""Comes back after falling quiet, with one press and without signing in; the link of that letter never dies."""

from __future__ import annotations

from flask import Blueprint, current_app, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from data.community import coming_monday
from data.member import Member
from data.readiness import standing_of
from web import errors
from web.language import reads

blueprint = Blueprint("coming_back", __name__)


@blueprint.get("/return/<token>")
def show(token: str) -> str:
    """Show the button, or that they are back."""
    member, monday = _read(token), coming_monday(g.session, g.now)
    standing = standing_of(g.session, member, monday)
    return render_template("coming_back/show.html", token=token, member=member, monday=monday, standing=standing)


@blueprint.post("/return/<token>")
def come_back(token: str) -> Response:
    """Take part again, whatever kept them away."""
    member = _read(token)
    member.resume(g.now)
    if member.ask_first:
        member.say_in(coming_monday(g.session, g.now))
    return redirect(url_for("coming_back.show", token=token), 303)


def _read(token: str) -> Member:
    number = current_app.extensions["links"].read_return(token, g.now)
    member: Member | None = g.session.get(Member, number) if number is not None else None
    return reads(member) if member is not None and member.is_confirmed else errors.dead_link()
