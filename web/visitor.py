"""Who is asking: a signed-in member, or nobody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hmac import compare_digest
from typing import ParamSpec, TypeGuard, TypeVar
from urllib.parse import urlsplit

from flask import Flask, flash, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from data.member import Member
from web.language import gettext as _
from web.language import remember

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


class Visitor(UserMixin):  # type: ignore[misc]  # the library ships no types
    """A signed-in member as Flask-Login wants to see them."""

    def __init__(self, member: Member) -> None:
        self.member = member

    def get_id(self) -> str:
        """Return what the cookie holds: a number, and the key that ends with the sessions."""
        return f"{self.member.id} {self.member.session_key}"


def prepare(app: Flask) -> None:
    """Recognise members by their cookie."""
    # "strong" would sign people out whose address changes between two requests, as it does on a train.
    manager = LoginManager()
    manager.session_protection = "basic"
    manager.user_loader(_load)
    manager.init_app(app)


def visiting_member() -> Member | None:
    """Return the signed-in member, or none."""
    return current_user.member if current_user.is_authenticated else None


def member_here() -> Member:
    """Return the signed-in member, in a view that is for members only."""
    member: Member = current_user.member
    return member


def welcome(member: Member) -> None:
    """Sign a member in on this browser, in a session of its own."""
    session.clear()
    session.permanent = True
    remember(member.language)
    login_user(Visitor(member))


def sign_out_everywhere() -> None:
    """End every session of the signed-in member, on this browser and on all others."""
    member = member_here()
    member.end_sessions()
    logout_user()
    session.clear()
    remember(member.language)


def members_only(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer | Response]:
    """Ask whoever is not signed in to do that first, and bring them back afterwards."""

    @wraps(view)
    def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer | Response:
        if visiting_member() is not None:
            return view(*args, **kwargs)
        flash(_("Please sign in first."))
        back = request.path if request.method == "GET" else None
        return redirect(url_for("sign_in.ask", next=back), 303)

    return guarded


def is_internal(path: str | None) -> TypeGuard[str]:
    """Whether a path leads to a page of ours, and nowhere else however a browser reads it."""
    if not path or not path.isprintable() or "\\" in path:
        return False
    parts = urlsplit(path)
    return path.startswith("/") and not path.startswith("//") and not parts.scheme and not parts.netloc


def _load(cookie: str) -> Visitor | None:
    number, _space, key = cookie.partition(" ")
    member = g.session.get(Member, int(number)) if number.isdecimal() else None
    if member is None or not member.is_confirmed or not compare_digest(member.session_key, key):
        return None
    if session.get("language") != member.language:  # chosen on another device meanwhile
        remember(member.language)
    return Visitor(member)
