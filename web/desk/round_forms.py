"""The forms of the round before it goes out."""

from __future__ import annotations

from typing import Any

from flask import g

from data.act import LONGEST_WHY
from data.avoidance import are_apart
from data.draft import Draft
from data.member import Member
from data.readiness import is_ready
from web.desk.typed_members import SomeMember, member_typed
from web.fields import Form, line
from web.language import gettext as _
from web.language import lazy_gettext as _l

LARGEST_SEED = 2**31
LONGEST_ADDRESS = 254


class HoldForm(Form):
    """Why a round is to wait."""

    why = line(_l("Why?"), longest=LONGEST_WHY, missing=_l("Please say why: others at this desk will ask."))


class SeedForm(Form):
    """Another shuffle of those who would be as well off either way."""

    seed = line(
        _l("Seed"), _l("A whole number. Another one shuffles those for whom it makes no difference."), longest=20
    )

    @property
    def number(self) -> int | None:
        """The seed; none when it is left empty."""
        return int(self.seed.data) if self.seed.data else None

    def validate(self, *args: object, **kwargs: object) -> bool:
        """Return whether it is a whole number, or nothing."""
        if not super().validate(*args, **kwargs):
            return False
        typed = self.seed.data or ""
        is_right = not typed or (typed.isascii() and typed.isdecimal() and int(typed) < LARGEST_SEED)
        if not is_right:
            self.wrong(self.seed, _("A seed is a whole number from 0 to 2,147,483,647."))
        return is_right


class PairForm(Form):
    """Two people, and why."""

    one = line(
        _l("One of them"), _l("E-mail address or number"), longest=LONGEST_ADDRESS,
        missing=_l("Please say who."), more=(SomeMember(),),
    )  # fmt: skip
    other = line(
        _l("The other"), _l("E-mail address or number"), longest=LONGEST_ADDRESS,
        missing=_l("Please say who."), more=(SomeMember(),),
    )  # fmt: skip
    why = line(_l("Why, for the log"), longest=LONGEST_WHY)

    @property
    def pair(self) -> tuple[Member, Member]:
        """The two, once the form is right, the lower number first."""
        one, other = sorted((self.one.member, self.other.member), key=lambda member: int(member.id))
        return one, other

    def validate(self, *args: object, **kwargs: object) -> bool:
        """Return whether two people are named."""
        if not super().validate(*args, **kwargs):
            return False
        if self.one.member is self.other.member:
            self.wrong(self.other, _("That is the same person twice."))
        return not self.errors


class ApartForm(PairForm):
    """Two who are never to be paired."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="apart-", **kwargs)


class TogetherForm(PairForm):
    """Two who are to meet in this round."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="together-", **kwargs)

    def concern(self, draft: Draft) -> None:
        """Look at one round."""
        self.draft = draft

    def validate(self, *args: object, **kwargs: object) -> bool:
        """Return whether they may meet, as far as can be said before the preview: it looks at hours and places."""
        if not super().validate(*args, **kwargs):
            return False
        taken = {number for pair in self.draft.together for number in pair}
        for field in (self.one, self.other):
            if not is_ready(g.session, field.member, self.draft.monday):
                self.wrong(field, _("They are not in this round: away, paused, or not asked yet."))
            elif field.member.id in taken:
                self.wrong(field, _("They are to meet somebody in this round already."))
        if are_apart(g.session, [member.id for member in self.pair]):
            self.wrong(self.other, _("These two are kept apart. That comes first."))
        return not self.errors


class WhoForm(Form):
    """Whose pair to look at."""

    who = line(_l("Find one person"), longest=LONGEST_ADDRESS)

    @property
    def member_id(self) -> int:
        """The number of who is meant; 0, which is nobody's, for anything else."""
        member = member_typed(self.who.data or "")
        return member.id if member else 0
