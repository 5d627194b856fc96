"""What each answer tells the browser it may do: hardly anything, and nothing is kept or passed on."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, request

from web.settings import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=()",
}
SIGNED_IN_FOR = timedelta(days=30)
LOOPBACK = ["127.0.0.1", "localhost"]


def prepare(app: Flask, settings: Settings) -> None:
    """Set the cookie's rules, the names we answer to, and the headers of every answer."""
    base = urlsplit(settings.base_url)
    secure = base.scheme == "https"
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=[str(base.hostname), *LOOPBACK],
        SESSION_COOKIE_NAME="__Host-hello" if secure else "hello",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=SIGNED_IN_FOR,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
    )
    if secure:
        app.after_request(_only_https)
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    may_be_kept = request.endpoint == "static" or response.cache_control.public
    if not may_be_kept or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response


def _only_https(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
