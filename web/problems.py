"""What goes wrong for another program, told as it can read it: problem details (RFC 9457), in English, never a page."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Response
from werkzeug.exceptions import BadRequest, HTTPException

FOR_PROGRAMS = "/api/v1/"


class WrongParameter(BadRequest):
    """A parameter that makes no sense; the message says what would."""

    def __init__(self, parameter: str, description: str) -> None:
        super().__init__(description)
        self.parameter = parameter


def problem_of(error: HTTPException) -> Response:
    """Return an error as problem details, with the headers it brings along."""
    status = HTTPStatus(error.code or 500)
    said: dict[str, Any] = {"type": "about:blank", "title": status.phrase, "status": status.value}
    said["detail"] = error.description or status.description
    if isinstance(error, WrongParameter):
        said["parameter"] = error.parameter
    headers = [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
    return Response(json.dumps(said), status.value, headers, mimetype="application/problem+json")
