"""What holds here: what the organisers of the community have decided, over the settings of the machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from babel.dates import format_date
from flask import Flask, g
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, object_session

from data.community import NAME, Community, community_of, usual
from data.match import Seat
from web.language import locale_spoken
from web.settings import Settings

A_MONDAY = date(2026, 1, 5)


def prepare(app: Flask) -> None:
    """Let every page say the name of the community, and how often it meets."""
    app.jinja_env.filters["day_named"] = day_named
    app.jinja_env.globals.update(community=community_here, USUAL_NAME=NAME)


def community_here() -> Community:
    """Return what the community has decided, read at most once a request; the usual on a page that says all is broken."""
    try:
        return community_of(g.session) if "session" in g else usual()
    except SQLAlchemyError:
        return usual()


def day_named(days: int) -> str:
    """Return the name of a day so many days after Monday: "Wednesday"."""
    return str(format_date(A_MONDAY + timedelta(days=days), "EEEE", locale=locale_spoken()))


def name_for(seat: Seat) -> str:
    """Return the name of the community a seat belongs to; the usual for one that is in no database."""
    session = object_session(seat)
    return community_of(session).name if session else NAME


def terms_of(session: Session, settings: Settings) -> Settings:
    """Return the settings with the community's template of call links, if it has one."""
    template = community_of(session).call_url_template
    return replace(settings, call_url_template=template) if template else settings
