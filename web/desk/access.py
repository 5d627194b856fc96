"""Who may sit at the desk: hosts see how it goes and moderate, organisers do everything; for all others it is not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import g
from werkzeug.wrappers import Response

from data.act import write_down
from web import errors
from web.visitor import member_here, members_only

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
View = Callable[Arguments, Answer]
Guarded = Callable[Arguments, Answer | Response]


def hosts_only(view: View[Arguments, Answer]) -> Guarded[Arguments, Answer]:
    """Let hosts and organisers in; a member finds nothing there, and whoever is not signed in is asked to do that."""
    return _only({"host", "organiser"}, view)


def organisers_only(view: View[Arguments, Answer]) -> Guarded[Arguments, Answer]:
    """Let organisers in; a host finds nothing there either."""
    return _only({"organiser"}, view)


def note_act(deed: str, about: str, *, why: str = "", **facts: Any) -> None:
    """Write down what the signed-in member does at the desk, in the transaction in which it is done."""
    write_down(g.session, member_here().id, deed, about, g.now, why=why, **facts)


def _only(roles: set[str], view: View[Arguments, Answer]) -> Guarded[Arguments, Answer]:
    @members_only
    @wraps(view)
    def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer | Response:
        if member_here().role not in roles:
            errors.not_found()
        return view(*args, **kwargs)

    return guarded
