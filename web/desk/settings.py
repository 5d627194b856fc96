"""The settings of the community: what its organisers decide, in force everywhere, each change written down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from data.act import Act, latest_acts
from data.community import (
    DEADLINES,
    Community,
    DecidedMeanwhile,
    Decisions,
    community_of,
    decide,
    digest_of,
    is_decided,
    lock_community,
)
from data.round import Round, latest_round, next_round_monday
from web.desk.access import note_act, organisers_only
from web.desk.settings_form import CADENCES, SettingsForm
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.terms import day_named
from web.wording import day_of

blueprint = Blueprint("desk_settings", __name__, url_prefix="/desk/settings")
ABOUT, SHOWN = "community", 8
SHORT = 80  # characters; of longer words an act says only that they changed
LABELS = {
    "name": _l("Name"),
    "words": _l("A few words about it"),
    "cadence_weeks": _l("How often people are paired"),
    "answer_days": _l("Day to answer by"),
    "answer_hour": _l("Hour to answer by"),
    "rematch_days": _l("Last day to be paired again"),
    "rematch_hour": _l("Last hour to be paired again"),
    "agree_within_hours": _l("Hours to find a common time"),
    "reach_km": _l("How far new members begin with"),
    "call_url_template": _l("Rooms for calls"),
}


class Changed(NamedTuple):
    """One setting that was changed, in words; of long ones only that it was."""

    label: str
    old: str
    new: str


@blueprint.get("")
@organisers_only
def show() -> str:
    """Show what is decided, ready to be changed."""
    decisions = _decisions(community_of(g.session))
    form = SettingsForm(formdata=None)
    form.show(decisions | {"opened": digest_of(decisions)})
    return _page(form)


@blueprint.post("")
@organisers_only
def save() -> Response | tuple[str, int] | str:
    """Let what was typed hold, unless somebody else has saved since the form was opened; or only say what it would mean."""
    form = SettingsForm()
    if not form.validate():
        return _page(form), 422
    if "look" in request.form:
        return _page(form, looked_at=form.decided)
    before = _decisions(lock_community(g.session))
    if form.opened.data != digest_of(before):
        return _meanwhile(form, before)
    changed = {name: value for name, value in form.decided.items() if value != before[name]}
    try:
        if changed:
            decide(g.session, form.decided)
            facts: dict[str, Any] = {name: _short(before[name], new) for name, new in changed.items()}
            note_act("change_settings", ABOUT, **facts)
    except DecidedMeanwhile:
        return _meanwhile(form, _decisions(lock_community(g.session)))
    flash(_("Saved.") if changed else _("Nothing was changed."))
    return redirect(url_for("desk_settings.show"), 303)


@blueprint.app_template_filter("settings_changed")
def settings_changed(act: Act) -> list[Changed]:
    """Return what an act has changed, in words."""
    return [
        Changed(str(LABELS[name]), *(_said(name, value) for value in values))
        if values
        else Changed(_label(name), "", "")
        for name, values in act.facts.items()
        if name in LABELS
    ]


def _meanwhile(form: SettingsForm, now: Decisions) -> tuple[str, int]:
    """Give back what was typed, beside what somebody else has decided; saved once more, it holds."""
    form.opened.data = digest_of(now)
    others = [
        Changed(_label(name), "", _said(name, now[name])) for name, own in form.decided.items() if own != now[name]
    ]
    return _page(form, others=others), 422


def _decisions(community: Community) -> Decisions:
    """What holds: while nothing is decided, the machine says how long people look for a time."""
    hours = current_app.extensions["settings"].agree_within_hours
    return community.decisions | ({} if is_decided(community) else {"agree_within_hours": hours})


def _short(old: Any, new: Any) -> list[Any]:
    return [] if any(len(str(value)) > SHORT or "\n" in str(value) for value in (old, new)) else [old, new]


def _label(name: str) -> str:
    return str(LABELS[name])


def _said(name: str, value: Any) -> str:
    if name.endswith("_days"):
        return day_named(value)
    if name == "cadence_weeks":
        return str(CADENCES[str(value)])
    endings = {"answer_hour": ":00", "rematch_hour": ":00", "reach_km": " km"}
    return f"{value}{endings.get(name, '')}" if value != "" else _("nothing")


def _page(form: SettingsForm, looked_at: Decisions | None = None, others: list[Changed] | None = None) -> str:
    """Return the page; `looked_at` is what is only to be looked at, `others` what somebody else has decided meanwhile."""
    template = current_app.extensions["settings"].call_url_template
    form.call_url_template.description = _(
        "A link that begins with https:// and has {room} where the name of the room goes; empty, it is %(template)s. "
        "It holds at once: a call that is on has the new link on its page, and letters already sent name the old one.",
        template=template,
    )
    latest = latest_round(g.session)
    facts = {
        "holds": _in_a_sentence(_decisions(community_of(g.session)), latest),
        "would_hold": _in_a_sentence(looked_at, latest) if looked_at else "",
        "running": _running(latest) if latest is not None and g.now < latest.over_at else "",
        "changes": latest_acts(g.session, SHOWN, about=ABOUT),
    }
    return render_template("desk/settings/show.html", form=form, others=others or [], **facts)


def _in_a_sentence(decisions: Decisions, latest: Round | None) -> str:
    """Say what decisions mean for the next rounds."""
    weeks = decisions["cadence_weeks"]
    monday = next_round_monday(latest.monday if latest else None, weeks, g.now)
    round_ = Round(monday=monday, deadlines={name: decisions[name] for name in DEADLINES})
    return _(
        "The next round is on %(day)s, and the one after it on %(after)s; answers until %(answer)s, by the clock of "
        "whoever answers; whoever has lost a partner is paired again until %(rematch)s UTC.",
        day=day_of(monday),
        after=day_of(monday + timedelta(weeks=weeks)),
        answer=_until(round_, "answer"),
        rematch=_until(round_, "rematch"),
    )


def _running(round_: Round) -> str:
    """Say what a round that is under way keeps."""
    return _(
        "The round of %(day)s keeps what held when it began: answers until %(answer)s, paired again until %(rematch)s UTC.",
        day=day_of(round_.monday),
        answer=_until(round_, "answer"),
        rematch=_until(round_, "rematch"),
    )


def _until(round_: Round, what: str) -> str:
    decided = round_.decided
    return _("%(day)s at %(time)s", day=day_named(decided[f"{what}_days"]), time=f"{decided[f'{what}_hour']:02}:00")
