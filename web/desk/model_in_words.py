"""Says in words which model pairs people, and how well it foretold meetings it had not seen."""

from __future__ import annotations

from math import exp

from data.few import FEWEST
from data.trained_model import TrainedModel
from web.desk.few import in_percent
from web.language import gettext as _
from web.wording import day, number


def model_in_words(in_use: TrainedModel | None, latest: TrainedModel | None, zone: str) -> list[str]:
    """Return a few sentences about the model in use and the latest one; `zone` is the reader's."""
    if latest is None:
        return [
            _("Nothing has been learned yet: pairs are made by what we assume about people."),
            _("It learns every Sunday evening, once people have said of some fifty meetings how they were."),
        ]
    return [_who_pairs(in_use, zone), *_latest(in_use, latest, zone), *_foresight(latest)]


def _who_pairs(in_use: TrainedModel | None, zone: str) -> str:
    if in_use is None or in_use.in_use_from is None:
        return _("Pairs are made by what we assume about people: nothing that was learned was surely better so far.")
    told = number(in_use.figures.get("lessons", 0))
    since = day(in_use.in_use_from, zone)
    return _("Pairs are made by what was learned from %(meetings)s meetings, since %(day)s.", meetings=told, day=since)


def _latest(in_use: TrainedModel | None, latest: TrainedModel, zone: str) -> list[str]:
    if in_use is not None and in_use.id == latest.id:
        return []
    learned = day(latest.trained_at, zone)
    return [_("What was learned on %(day)s was not surely better, and is not used.", day=learned)]


def _foresight(latest: TrainedModel) -> list[str]:
    """The mean log-loss as the chance that was given, in the (geometric) mean, to what then came."""
    figures = latest.figures
    if figures.get("held_out", 0) < FEWEST:
        return []
    facts = {
        name: in_percent(exp(-figures[f"loss_{name}"]))
        for name in ("learned", "in_use", "start")
        if f"loss_{name}" in figures
    }
    if len(facts) < 3:
        return []
    asked = {"meetings": number(figures["held_out"]), "enjoyed": in_percent(figures["enjoyed"])}
    return [
        _(
            "Asked about %(meetings)s later meetings, of which %(enjoyed)s were enjoyed, it gave what came a chance of %(learned)s.",
            **asked,
            **facts,
        ),
        _(
            "The model before it gave it %(in_use)s; one that only knows how many meetings are enjoyed gave it %(start)s.",
            **facts,
        ),
    ]
