"""One round, closely: its deadlines, how good its pairing was, how far its people came, and its matches page by page."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, g, render_template, request

from data.funnel import Funnel, funnel_in
from data.round import Round, round_of
from data.round_matches import matches_of, told_of
from web import errors
from web.desk.access import organisers_only
from web.desk.charts import Chart, funnel_of, way_to_go
from web.desk.few import counted
from web.desk.match_in_words import how_they_meet, state_in_a_word
from web.language import gettext as _
from web.wording import number

blueprint = Blueprint("desk_rounds", __name__, url_prefix="/desk/rounds")
MATCHES_A_PAGE = 50
LONGEST_NUMBER = 9


@blueprint.get("/<monday>")
@organisers_only
def show(monday: str) -> str:
    """Show it; `after` is the number of the last match of the page before."""
    round_ = round_of(g.session, _day(monday)) or errors.not_found()
    after = request.args.get("after", "")
    number_ = int(after) if after.isascii() and after.isdecimal() and len(after) <= LONGEST_NUMBER else 0
    found = matches_of(g.session, round_.id, MATCHES_A_PAGE + 1, number_)
    matches, told = found[:MATCHES_A_PAGE], told_of(g.session, [match.id for match in found])
    funnel = funnel_in(round_.funnel)
    return render_template(
        "desk/rounds/show.html",
        round=round_,
        quality=_quality(round_),
        funnel=funnel,
        charts=_charts(funnel),
        rows=[(match, how_they_meet(match), state_in_a_word(match, told.get(match.id), g.now)) for match in matches],
        is_first=not number_,
        more=matches[-1].id if len(found) > MATCHES_A_PAGE else None,
    )


def _day(words: str) -> date:
    """Read a day written as 2026-11-23, and in no other way: each page has one address."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        errors.not_found()
    return day if f"{day}" == words else errors.not_found()


def _charts(funnel: Funnel | None) -> list[Chart]:
    return [funnel_of(funnel), way_to_go([funnel])] if funnel is not None else []


def _quality(round_: Round) -> list[tuple[str, str]]:
    """The figures of the pairing as it went out, each with its words; a round of another time may lack some."""
    figures = round_.figures
    words = {
        "people": _("people to be paired"),
        "nearby": _("pairs nearby"),
        "calls": _("pairs on a call"),
        "trios": _("trios"),
        "left_over": _("left over on Monday"),
        "offline": _("had met on a call, now in person"),
        "repeats": _("had met before"),
        "made_later": _("matches made later in the week"),
        "rescued": _("found somebody else"),
        "letters": _("letters written"),
        "candidates": _("pairs weighed"),
    }
    told = [(said, counted(int(figures[name]))) for name, said in words.items() if name in figures]
    pairs = figures.get("nearby", 0) + figures.get("calls", 0)
    worth = (
        [(_("expected of a pair, of 1"), number(round(figures["weight"] / pairs, 2)))]
        if pairs and "weight" in figures
        else []
    )
    return [*told[:1], *worth, *told[1:]]
