"""How the community is doing, who needs somebody, what goes out next: the first page of the desk, read in ten seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, g, render_template
from markupsafe import Markup

from data.community import coming_monday
from data.draft import Draft
from data.funnel import Funnel, funnel_in, rounds_since
from data.member import others_are_here
from data.member_figures import WEEKS
from data.round import Round, latest_round, monday_of
from data.tally import Tally, all_tallies
from data.trained_model import latest_model, model_in_use
from web.desk.access import hosts_only
from web.desk.charts import Chart, Week, charts_of_all, charts_of_weeks, funnel_of, newcomers
from web.desk.coming import coming
from web.desk.few import counted, week_of
from web.desk.maps import largest_town, world_of
from web.desk.model_in_words import model_in_words
from web.desk.needs import Need, held_draft, needs_of_hosts, needs_of_organisers
from web.language import gettext as _
from web.language import spoken
from web.visitor import member_here
from web.wording import number

blueprint = Blueprint("desk_dashboard", __name__, url_prefix="/desk")
Figures = list[tuple[str, str]]


@blueprint.get("")
@hosts_only
def show() -> str:
    """Show it, from figures that a job has counted: nothing is counted here but what waits."""
    rounds = rounds_since(g.session, monday_of(g.now) - timedelta(weeks=WEEKS - 1))
    latest = rounds[0] if rounds else latest_round(g.session)
    tallies, zone = all_tallies(g.session), member_here().time_zone
    held = held_draft(g.session, latest, g.now)
    members = tallies["members"].facts if "members" in tallies else None
    if latest is None and _is_alone(members):
        return render_template("desk/dashboard/nobody.html", needs=_needs(tallies, held))
    return render_template(
        "desk/dashboard/show.html",
        needs=_needs(tallies, held),
        round=latest,
        funnel=_funnel(latest),
        coming=coming(latest, coming_monday(g.session, g.now), held, zone, g.now),
        pictures=_pictures(rounds, tallies, model_in_words(model_in_use(g.session), latest_model(g.session), zone)),
        zone=zone,
    )


def _is_alone(members: dict[str, Any] | None) -> bool:
    """Whether nobody is here but whoever looks; those who have come since the last count are seen at once."""
    counted_alone = members is None or members["here"] + members["unconfirmed"] <= 1
    return counted_alone and not others_are_here(g.session, member_here().id)


def figures_of(funnel: Funnel) -> Figures:
    """Return the figures of a round, each with its words."""
    figures = [
        (_("in the round"), funnel.people),
        (_("paired"), funnel.paired),
        (_("said yes"), funnel.said_yes),
        (_("have a meeting fixed"), funnel.fixed),
        (_("met"), funnel.held),
        (_("found somebody else"), funnel.rescued),
        (_("left over"), funnel.left_over),
    ]
    return [(words, counted(people)) for words, people in figures]


def _needs(tallies: dict[str, Tally], held: Draft | None) -> list[Need]:
    needs = list(needs_of_hosts(g.session, member_here().id))
    if member_here().role == "organiser":
        needs += needs_of_organisers(g.session, tallies, held, g.now)
    return needs


def _funnel(latest: Round | None) -> Figures:
    funnel = funnel_in(latest.funnel) if latest is not None else None
    return figures_of(funnel) if funnel is not None else []


def _pictures(rounds: Sequence[Round], tallies: dict[str, Tally], model: list[str]) -> Markup:
    """Return the members, charts, maps, model and rounds; they are drawn anew when a figure in them has changed."""
    members = tallies["members"].facts if "members" in tallies else None
    facts = tallies["map"].facts if "map" in tallies else {"towns": [], "cells": []}
    figures = repr(([(round_.monday, round_.funnel) for round_ in rounds], members, facts, model))
    kept: dict[tuple[str, str], tuple[str, Markup]] = current_app.extensions.setdefault("desk_pictures", {})
    reader = spoken().code, member_here().role
    if kept.get(reader, ("", ""))[0] != figures:
        page = render_template(
            "desk/dashboard/pictures.html",
            members=_members(members) if members else [],
            newcomers=newcomers(members["new"]) if members else None,
            charts=_charts(rounds),
            maps=[chart for chart in (world_of(facts), largest_town(facts)) if chart is not None],
            model=model,
            rounds=[(one.monday, week_of(one.monday)) for one in rounds if member_here().role == "organiser"],
        )
        kept[reader] = figures, Markup(page)  # noqa: S704  a page of ours, escaped as each is
    return kept[reader][1]


def _members(facts: dict[str, Any]) -> Figures:
    figures = [
        (_("members"), facts["here"]),
        (_("new this week"), facts["new"][-1]["people"]),
        (_("paused"), facts["paused"]),
        (_("quiet"), facts["quiet"]),
        (_("still to confirm their address"), facts["unconfirmed"]),
    ]
    longest = (_("rounds the longest has waited"), number(facts["longest_wait"]))
    return [*((words, counted(people)) for words, people in figures), longest]


def _charts(rounds: Sequence[Round]) -> list[Chart]:
    """The rounds come the latest first."""
    funnels = ((round_.monday, funnel_in(round_.funnel)) for round_ in reversed(rounds))
    weeks = [Week(monday, funnel) for monday, funnel in funnels if funnel is not None]
    return [*(funnel_of(week.funnel) for week in weeks[-1:]), *charts_of_weeks(weeks), *charts_of_all(weeks)]
