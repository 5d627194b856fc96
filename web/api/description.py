"""The description of the interface for programs, as OpenAPI 3.1 writes it."""

from __future__ import annotations

from typing import Any

from data.api_token import A_MINUTE
from web.api import funnel, matches, members, rounds
from web.api.paging import LARGEST, MOST, USUAL
from web.api.schemas import Schema, number, record, words

NOUNS = {"members": members, "rounds": rounds, "matches": matches, "funnel": funnel}
PROBLEM = record(
    "What went wrong (RFC 9457).",
    type=words("A kind of problem; about:blank says that the status says it all."),
    title=words("The status in words."),
    status={"type": "integer", "description": "The status of the answer."},
    detail=words("What is wrong, in a sentence."),
    parameter=words("Which parameter it is about, with 400."),
) | {"required": ["type", "title", "status", "detail"]}
PARAMETERS: dict[str, Schema] = {
    "after": {"type": "integer", "minimum": 0, "maximum": LARGEST, "default": 0},
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    "round": {"type": "string", "format": "date"},
}
MEANINGS = {
    "after": "Only what has a larger number; the answer's `next_after` says with which to go on.",
    "limit": "How many at most.",
    "round": "Only that round: its Monday, or any day of its week.",
}
ERRORS = {
    "400": "A parameter makes no sense; `parameter` says which, `detail` what would.",
    "401": "No token was shown, or one that is unknown or has been ended.",
    "429": f"More than {A_MINUTE} requests in this minute with this token; `Retry-After` says in how many seconds to go on.",
}
ABOUT = (
    "Read-only. E-mail addresses, surnames, positions and distances cannot be read by any token. Moments are in UTC; a round "
    "is named by its Monday. Errors are problem details (RFC 9457), in English."
)


def description(base_url: str) -> Schema:
    """Return it for the community at `base_url`."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Hello, Stranger", "version": "1.0.0", "description": ABOUT},
        "servers": [{"url": base_url.rstrip("/")}],
        "security": [{"token": []}],
        "paths": {f"/api/v1/{name}": noun.PATH for name, noun in NOUNS.items()} | {"/api/v1/openapi.json": _itself()},
        "components": {
            "securitySchemes": {"token": _scheme()},
            "parameters": {name: _parameter(name, schema) for name, schema in PARAMETERS.items()},
            "responses": {code: _error(code, words) for code, words in ERRORS.items()},
            "schemas": {name: noun.SCHEMA for name, noun in NOUNS.items()} | {"problem": PROBLEM},
        },
    }


def _itself() -> Schema:
    content = {"application/json": {"schema": {"type": "object"}}}
    words = {"operationId": "openapi", "summary": "This description", "description": "For everybody, without a token."}
    return {"get": words | {"security": [], "responses": {"200": {"description": "OpenAPI 3.1", "content": content}}}}


def _scheme() -> Schema:
    return {
        "type": "http",
        "scheme": "bearer",
        "description": "An organiser makes tokens on the page Programs of the desk.",
    }


def _parameter(name: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": MEANINGS[name], "schema": schema}


def _error(code: str, words: str) -> Schema:
    headers: dict[str, Any] = {}
    if code == "429":
        headers = {"Retry-After": {"required": True, "schema": number("Seconds to wait.")}}
    if code == "401":
        headers = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    return {"description": words, "content": problem} | ({"headers": headers} if headers else {})
