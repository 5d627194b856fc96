"""Whether this process can do its work: for the container and the load balancer, with nothing private in it."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify
from flask.wrappers import Response
from sqlalchemy.exc import SQLAlchemyError

from data.upgrade import NewerDatabase, OlderDatabase, check_version

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def show() -> tuple[Response, int]:
    """Answer 200 while the database can be read and has our tables, 503 otherwise."""
    try:
        check_version(current_app.extensions["reading_engine"])
    except SQLAlchemyError:
        return jsonify(database="cannot be reached"), 503
    except (NewerDatabase, OlderDatabase):
        return jsonify(database="is of another version"), 503
    return jsonify(database="ok"), 200
