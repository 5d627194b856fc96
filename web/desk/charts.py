"""The charts of the desk: each a picture, and behind it a table with the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from data.few import FEWEST
from data.funnel import Funnel, Meetings
from data.wilson import Share, share_of
from web.desk import drawing
from web.desk.drawing import Drawing
from web.desk.few import counted, drawn, in_percent, shared, week_of
from web.language import gettext as _

FEWEST_WEEKS = 2  # to be compared
AHEAD = 2  # rounds, the latest, whose meetings may still be to come


class Week(NamedTuple):
    """A round that was counted."""

    monday: date
    funnel: Funnel


class Chart(NamedTuple):
    """A picture with a title, its numbers as a table, and what its colours mean."""

    title: str
    drawing: Drawing
    head: list[str]
    rows: list[list[str]]
    hint: str = ""
    legend: list[tuple[str, str]] = []  # noqa: RUF012  nobody changes a default that is read only


def charts_of_weeks(weeks: Sequence[Week]) -> list[Chart]:
    """Return what the rounds say of half a year, the earliest first in `weeks`; nothing while there is only one."""
    if len(weeks) < FEWEST_WEEKS:
        return []
    return [
        _funnels(weeks),
        _shares(weeks, _("How many meetings are held"), _("of those fixed, over and told of"), _held),
        _shares(weeks, _("How many people enjoy them"), _("of those who met and said how it was"), _enjoyed),
    ]


def charts_of_all(weeks: Sequence[Week]) -> list[Chart]:
    """Return what all rounds together say: in person against calls, and how far people go."""
    in_person, on_call = ([getattr(week.funnel, way) for week in weeks] for way in ("in_person", "on_call"))
    return [_ways(_sum(in_person), _sum(on_call)), way_to_go([week.funnel for week in weeks])] if weeks else []


def funnel_of(funnel: Funnel) -> Chart:
    """Return how far the people of one round came."""
    steps = list(zip(_steps(), _people(funnel), strict=True))
    rows = [[name, counted(people)] for name, people in steps]
    picture = drawing.bars([(name, drawn(people), counted(people)) for name, people in steps])
    return Chart(_("How far people came"), picture, [_("Step"), _("People")], rows)


def way_to_go(funnels: Sequence[Funnel]) -> Chart:
    """Return how many people live how far from where they meet."""
    names = [_("up to 2 km"), _("2 to 5 km"), _("5 to 10 km"), _("10 to 25 km"), _("over 25 km")]
    bands = [sum(band) for band in zip(*(funnel.bands for funnel in funnels), strict=True)]
    picture = drawing.bars([(name, drawn(n), counted(n)) for name, n in zip(names, bands, strict=True)])
    rows = [[name, counted(people)] for name, people in zip(names, bands, strict=True)]
    hint = _("From the two-kilometre cell they live in to the place they agreed on, for each fixed meeting in person.")
    return Chart(_("How far people go to meet"), picture, [_("Distance"), _("People")], rows, hint)


def newcomers(new: Sequence[dict[str, Any]]) -> Chart:
    """Return how many people joined in each week."""
    mondays, people = [date.fromisoformat(week["monday"]) for week in new], [week["people"] for week in new]
    picture = drawing.columns([drawn(n) for n in people], counted(max(people)), _ends(mondays))
    rows = [[week_of(monday), counted(n)] for monday, n in zip(mondays, people, strict=True)][::-1]
    return Chart(_("New members each week"), picture, [_("Week of"), _("New members")], rows)


def _funnels(weeks: Sequence[Week]) -> Chart:
    mondays, people = [week.monday for week in weeks], [_people(week.funnel) for week in weeks]
    steps = [[drawn(step) for step in one] for one in zip(*people, strict=True)]
    most, places = counted(max(one[0] for one in people)), _places(mondays)
    picture = drawing.layers(steps, places, most, _ends(mondays), places[max(0, len(places) - 1 - AHEAD)])
    rows = [[week_of(monday), *map(counted, one)] for monday, one in zip(mondays, people, strict=True)][::-1]
    legend = [(f"layer{place}", name) for place, name in enumerate(_steps())]
    hint = _("The meetings of the last two rounds may still be ahead.")
    return Chart(_("How far people come, week by week"), picture, [_("Week of"), *_steps()], rows, hint, legend)


def _shares(weeks: Sequence[Week], title: str, of: str, parts: Callable[[Meetings], tuple[int, int]]) -> Chart:
    mondays, all_parts = [week.monday for week in weeks], [parts(week.funnel.meetings) for week in weeks]
    shares, whole = [_known(*one) for one in all_parts], [sum(part) for part in zip(*all_parts, strict=True)]
    picture = drawing.line_in_band(shares, _places(mondays), _percents(), _ends(mondays))
    rows = [[week_of(day), shared(*one), counted(one[1])] for day, one in zip(mondays, all_parts, strict=True)][::-1]
    hint = _("%(share)s in all. 19 times of 20 the true share lies in the band.", share=shared(*whole))
    return Chart(title, picture, [_("Week of"), _("Share (and where it lies)"), of], rows, hint)


def _ways(in_person: Meetings, on_call: Meetings) -> Chart:
    ways = [("in-person", _("in person"), in_person), ("on-call", _("on a call"), on_call)]
    rows = [(kind, _("Held %(how)s", how=how), *_held(one)) for kind, how, one in ways]
    rows += [(kind, _("Enjoyed %(how)s", how=how), *_enjoyed(one)) for kind, how, one in ways]
    picture = drawing.ranges([(kind, name, _known(*of), shared(*of)) for kind, name, *of in rows], _percents())
    table = [
        [how, *map(counted, (one.made, one.fixed)), shared(*_held(one)), shared(*_enjoyed(one))]
        for _kind, how, one in ways
    ]
    head = [_("How"), _("Matches"), _("Fixed"), _("Held"), _("Enjoyed")]
    hint = _("19 times of 20 the true share lies within the bar.")
    return Chart(_("In person and on calls"), picture, head, table, hint)


def _steps() -> list[str]:
    return [_("In the round"), _("Paired"), _("Said yes"), _("Meeting fixed"), _("Met")]


def _people(funnel: Funnel) -> list[int]:
    return [funnel.people, funnel.paired, funnel.said_yes, funnel.fixed, funnel.held]


def _held(meetings: Meetings) -> tuple[int, int]:
    return meetings.held, meetings.told


def _enjoyed(meetings: Meetings) -> tuple[int, int]:
    return meetings.enjoyed, meetings.rated


def _known(part: int, whole: int) -> Share | None:
    return share_of(part, whole) if whole >= FEWEST else None


def _sum(meetings: Sequence[Meetings]) -> Meetings:
    return Meetings(*(sum(one) for one in zip(*meetings, strict=True)))


def _percents() -> list[tuple[float, str]]:
    return [(at, in_percent(at)) for at in (0.0, 0.5, 1.0)]


def _places(mondays: Sequence[date]) -> list[float]:
    """When in the time shown, from 0 to 1: weeks without a round take their place too."""
    span = (mondays[-1] - mondays[0]).days or 1
    return [(monday - mondays[0]).days / span for monday in mondays]


def _ends(mondays: Sequence[date]) -> tuple[str, str]:
    return week_of(mondays[0]), week_of(mondays[-1])
