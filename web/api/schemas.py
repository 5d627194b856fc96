"""The words in which the description speaks of JSON (OpenAPI 3.1, that is JSON Schema 2020-12)."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def record(description: str, **properties: Schema) -> Schema:
    """Return an object that has all of these, and nothing else."""
    strict = {"required": list(properties), "additionalProperties": False}
    return {"type": "object", "description": description, "properties": properties} | strict


def number(description: str) -> Schema:
    """Return a whole number, never below nought."""
    return {"type": "integer", "minimum": 0, "description": description}


def words(description: str, *only: str) -> Schema:
    """Return a text, or one of a few words."""
    return {"type": "string", "description": description} | ({"enum": list(only)} if only else {})


def moment(description: str) -> Schema:
    """Return a moment, in UTC."""
    return {"type": "string", "format": "date-time", "description": description}


def day(description: str) -> Schema:
    """Return a day."""
    return {"type": "string", "format": "date", "description": description}


def truth(description: str) -> Schema:
    """Return yes or no."""
    return {"type": "boolean", "description": description}


def many(items: Schema, description: str) -> Schema:
    """Return a list."""
    return {"type": "array", "items": items, "description": description}


def maybe(schema: Schema) -> Schema:
    """Return the same, or null."""
    return schema | {"type": [schema["type"], "null"]}


def listing(noun: str, summary: str, description: str, *more: str) -> Schema:
    """Return the path of a noun: a list, some at a time; `more` names parameters beside `after` and `limit`."""
    rows = many({"$ref": f"#/components/schemas/{noun}"}, "In the order of their numbers.")
    following = maybe(number("Ask for what follows with it as `after`; null: nothing follows."))
    told = {noun: rows, "next_after": following}
    answer = {"type": "object", "properties": told, "required": list(told), "additionalProperties": False}
    responses = {"200": {"description": summary, "content": {"application/json": {"schema": answer}}}}
    responses |= {code: {"$ref": f"#/components/responses/{code}"} for code in ("400", "401", "429")}
    parameters = [{"$ref": f"#/components/parameters/{name}"} for name in ("after", "limit", *more)]
    words = {"operationId": noun, "summary": summary, "description": description}
    return {"get": words | {"parameters": parameters, "responses": responses}}
