"""The form of the settings: what each of them means, from when it holds, and what it can be."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from wtforms import Field, HiddenField, SelectChoice, SelectField, ValidationError
from wtforms.validators import AnyOf

from data.community import MOST_AGREE_HOURS, Decisions
from web.fields import Form, choice, is_https, line, paragraph
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.person_form import REACHES
from web.terms import day_named

CADENCES = {"1": _l("Every week"), "2": _l("Every second week"), "4": _l("Every fourth week")}
NUMBERS = (
    "cadence_weeks", "reach_km", "answer_days", "answer_hour", "rematch_days", "rematch_hour", "agree_within_hours",
)  # fmt: skip
ROOM = "{room}"


class Hours:
    """Accepts a whole number of hours."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ValidationError for anything else."""
        if not re.fullmatch(r"\d{1,4}", field.data) or not 1 <= int(field.data) <= MOST_AGREE_HOURS:
            raise ValidationError(_("Please give a number of hours from 1 to %(most)s.", most=MOST_AGREE_HOURS))


class CallTemplate:
    """Accepts nothing, or a link with a gap for the name of the room."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ValidationError for what would lead nowhere, or everybody into one room."""
        template = field.data or ""
        link = template.replace(ROOM, "room")
        good = is_https(link) and ROOM in template and ROOM not in urlsplit(template).netloc
        if template and (not good or "{" in link or "}" in link):
            raise ValidationError(_("A template is like https://meet.example.org/%(room)s.", room=ROOM))


def select(label: str, choices: Callable[[], list[SelectChoice]], known: range, missing: str) -> SelectField:
    """Return a list to choose one number from."""
    accepted = AnyOf([str(number) for number in known], message=missing)
    return SelectField(label, choices=choices, validators=[accepted], validate_choice=False)


def day(label: str, last: int) -> SelectField:
    """Return a list of the days from Tuesday on."""
    days = range(1, last + 1)
    return select(
        label,
        lambda: [SelectChoice(str(number), day_named(number)) for number in days],
        days,
        _l("Please choose one of these days."),
    )


def hour(label: str) -> SelectField:
    """Return a list of full hours, none in the night."""
    hours = range(6, 24)
    return select(
        label,
        lambda: [SelectChoice(str(number), f"{number:02}:00") for number in hours],
        hours,
        _l("Please choose one of these hours."),
    )


class SettingsForm(Form):
    """All that organisers decide. Each says what it means, and from when it holds."""

    name = line(
        _l("Name"),
        _l("What this community is called on its pages and in its letters. It holds at once."),
        longest=60,
        missing=_l("Please give the community a name."),
    )
    words = paragraph(
        _l("A few words about it"),
        _l("They stand on the front page and on the page of this community, at once. Links are left out."),
    )
    cadence_weeks = choice(
        _l("How often are people paired?"),
        CADENCES,
        _l("Please choose how often people are paired."),
        hint=_l(
            "Counted from the Monday of the latest round. Change it before a Friday: "
            "on that morning members are told whether they are in the week after."
        ),
    )
    answer_days, answer_hour = day(_l("Day to answer by"), 3), hour(_l("Hour to answer by"))
    rematch_days, rematch_hour = day(_l("Last day"), 5), hour(_l("Last hour"))
    agree_within_hours = line(
        _l("Hours to find a common time"),
        _l(
            "How long people who have all said yes may look for a time that suits everybody; then all are free again. "
            "It holds from the next round on."
        ),
        longest=4,
        missing=_l("Please give a number of hours from 1 to %(most)s.", most=MOST_AGREE_HOURS),
        more=(Hours(),),
    )
    reach_km = choice(
        _l("How far new members begin with"),
        REACHES,
        _l("Please choose how far."),
        hint=_l("For whoever signs up from now on, until they choose for themselves. Whoever is here keeps theirs."),
    )
    call_url_template = line(_l("Rooms for calls"), longest=300, more=(CallTemplate(),))
    opened = HiddenField()  # what was decided when the form was opened

    def show(self, decisions: Decisions) -> None:
        """Begin with what is decided."""
        self.process(data={name: str(value) for name, value in decisions.items()})

    @property
    def decided(self) -> Decisions:
        """What was chosen, as it is kept."""
        return {name: int(field.data) if name in NUMBERS else field.data for name, field in self._chosen.items()}

    @property
    def _chosen(self) -> dict[str, Field]:
        return {field.name: field for field in self if field.name not in {"opened", "csrf_token"}}

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and that people are paired again for longer than they may answer."""
        good = bool(super().validate(extra_validators))
        if good and self._pairs_too_early:
            self.wrong(
                self.rematch_days,
                _("This must be later than the time to answer: who hears nothing only then has lost a partner."),
            )
        return good and not self._pairs_too_early

    @property
    def _pairs_too_early(self) -> bool:
        answer = int(self.answer_days.data), int(self.answer_hour.data)
        return (int(self.rematch_days.data), int(self.rematch_hour.data)) <= answer
