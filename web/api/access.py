"""Who may read: a program that shows a token of ours, so many times a minute, however many processes answer it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Never

from flask import Response, current_app, g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from data.api_token import A_MINUTE, count_use, next_minute, token_with

View = Callable[[], Response]


def with_token(view: View) -> View:
    """Answer whoever shows a good token, and count it; 401 without one, 429 above the limit."""

    @wraps(view)
    def guarded() -> Response:
        if _count() > A_MINUTE:
            seconds = ceil(next_minute(g.now).total_seconds())
            raise TooManyRequests(f"At most {A_MINUTE} requests a minute with one token.", retry_after=seconds)
        return view()

    return guarded


def _count() -> int:
    """Count this request, in a transaction of its own: the one of a GET may not write. Return how often it was so far."""
    shown = request.authorization
    token = token_with(g.session, shown.token) if shown and shown.type == "bearer" and shown.token else None
    if token is None:
        _refuse()
    with current_app.extensions["writing"].begin() as session:
        return count_use(session, token.id, g.now) or _refuse()


def _refuse() -> Never:
    how = "Show a token that has not been ended: Authorization: Bearer hello_…"
    raise Unauthorized(how, www_authenticate=WWWAuthenticate("bearer", {"realm": "Hello, Stranger"}))
