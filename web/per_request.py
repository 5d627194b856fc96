"""One request, one moment, one transaction: reading on GET, committed once at the end of a good POST."""

from __future__ import annotations

from flask import Flask, Response, current_app, g, request

SAFE = {"GET", "HEAD", "OPTIONS"}


def prepare(app: Flask) -> None:
    """Give each request `g.now` and `g.session`; on a safe method the database itself refuses to write."""
    app.before_request(_begin)
    app.after_request(_commit)
    app.teardown_request(_close)


def keep_despite_error() -> None:
    """Commit although the answer is an error page: a wrong code must cost a try."""
    g.keep = True


def _begin() -> None:
    g.now = current_app.extensions["clock"]()
    g.session = current_app.extensions["reading" if request.method in SAFE else "writing"]()


def _commit(response: Response) -> Response:
    """Commit a request that went well, before its answer leaves; what fails here becomes an error page."""
    good = response.status_code < 400 or g.get("keep", False)
    if "session" in g and request.method not in SAFE:
        if good:
            g.session.commit()
        else:
            g.session.rollback()
    return response


def _close(_error: BaseException | None) -> None:
    if "session" in g:
        g.session.close()
