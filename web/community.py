"""The page of this community that others can link to: what it is, how it is doing, and how to invite somebody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import segno
from flask import Blueprint, current_app, g, render_template, url_for
from markupsafe import Markup

from data.few import FEWEST
from data.figures import Figures, figures_of
from data.wall import lines_shown
from web.language import gettext as _
from web.sharing import public_url, share_links
from web.terms import community_here
from web.visitor import members_only

blueprint = Blueprint("community", __name__)
COUNTED_FOR = timedelta(minutes=10)
NEWEST_LINES = 5


class Counted(NamedTuple):
    """Figures, and when they were counted."""

    figures: Figures
    at: datetime


@blueprint.get("/community")
def show() -> str:
    """Show how this community is doing, to everybody."""
    url = public_url(url_for("community.show"))
    links = share_links(url, _words())
    lines = lines_shown(g.session, NEWEST_LINES)
    return render_template("community/show.html", figures=figures_to_tell(), lines=lines, url=url, links=links)


@blueprint.get("/invite")
@members_only
def invite() -> str:
    """Give a member what it takes to bring somebody along: an address, a few words, and a code to hold up."""
    url = public_url(url_for("pages.front"))
    code = Markup(segno.make(url, error="m").svg_inline(scale=6, border=2, omitsize=True))  # noqa: S704  drawn by us
    return render_template("invite/show.html", url=url, links=share_links(url, _words()), words=_words(), code=code)


def figures_to_tell() -> Figures | None:
    """Return the figures of this community, counted every few minutes; none while they are too small to tell."""
    counted: Counted | None = current_app.extensions.get("figures")
    if counted is None or not timedelta(0) <= g.now - counted.at < COUNTED_FOR:
        counted = Counted(figures_of(g.session, g.now), g.now)
        current_app.extensions["figures"] = counted
    return counted.figures if counted.figures.held >= FEWEST else None


def _words() -> str:
    weeks = community_here().cadence_weeks
    if weeks == 1:
        return _("I meet one new person a week here, each with another profession. Come along?")
    return _("I meet one new person every %(weeks)s weeks here, each with another profession. Come along?", weeks=weeks)
