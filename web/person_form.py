"""What we ask: who somebody is, at sign-up; how they would like to meet, afterwards; and all of it in the profile."""

from __future__ import annotations

from typing import Any

from flask import g
from wtforms import BooleanField, HiddenField, RadioField

from data.member import Member
from data.occupations import Occupation, occupations_titled
from web.fields import Form, choice, line, options, paragraph
from web.here import Here, read_here
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.town_form import TownForm, which_place

REACHES = {
    "5": _l("5 km: a walk or a short ride"),
    "10": _l("10 km"),
    "25": _l("25 km"),
    "50": _l("50 km: trains are fine"),
}
MEETS = {
    "either": _l("Either: in person when it can be, on a call when it cannot"),
    "in_person": _l("Only in person"),
    "call": _l("Only on a call"),
}
OWN_WORDS = "own words"


class WhoForm(TownForm):
    """First name, profession and place, and what a typed profession and place turn out to mean."""

    first_name = line(
        _l("First name"),
        _l("What you like to be called. No surname."),
        longest=60,
        missing=_l("Please tell us what to call you."),
    )
    profession = line(
        _l("Profession"),
        _l("What you do, in your own words. A few letters bring up suggestions."),
        longest=120,
        missing=_l("Please say what you do. Your own words are fine."),
    )
    occupation = RadioField(_l("Which of these is closest?"), choices=[], validate_choice=False)
    place = line(
        # TRANSLATORS: the label of a field in which one types a town
        _l("Place"),
        _l("The town you could meet in. We keep a square of 2 km around its centre, and show it to nobody."),
        longest=200,
        missing=_l("Please say where you are."),
    )
    place_id = which_place()
    cell = HiddenField()  # the square around where their browser says they are, if they let it say so

    here: Here | None = None
    chosen_occupation: Occupation | None = None
    known: Member | None = None  # whose profile it is: what they leave as it was is not asked again

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, then find out what the place and the profession mean; an unclear one asks which."""
        good = bool(super().validate(extra_validators))
        if not self.place.errors:
            self._choose_place()
        if not self.profession.errors:
            self._choose_occupation()
        asked = [self.place, self.place_id, self.profession, self.occupation]
        return good and not any(field.errors for field in asked)

    def fill_in(self, member: Member) -> None:
        """Write what was said into the member."""
        member.first_name = self.first_name.data
        member.profession = self.profession.data
        member.occupation = self.chosen_occupation
        member.occupation_code = self.chosen_occupation.code if self.chosen_occupation else None
        if self.chosen_place is not None and self.settles_anew(member):
            member.settle_in(self.chosen_place, self.position)

    @property
    def position(self) -> tuple[float, float] | None:
        """The centre of the square their browser named, if it did and they have not typed another place since."""
        return (self.here.latitude, self.here.longitude) if self.here else None

    def settles_anew(self, member: Member) -> bool:
        """Whether this is another place than the member's, or another square of it."""
        place = self.chosen_place
        elsewhere = place is not None and place.id != member.place_id
        return elsewhere or self.position not in {None, (member.latitude, member.longitude)}

    def _choose_place(self) -> None:
        here = read_here(self.cell.data or "")
        if here is not None and here.place.label == self.place.data:
            self.here, self.chosen_place = here, here.place
        elif self.known and self.known.place and self.known.place.label == self.place.data:
            self.chosen_place = self.known.place
        else:
            self.choose_place()

    def _choose_occupation(self) -> None:
        if self.known and self.known.profession == self.profession.data:
            self.chosen_occupation = self.known.occupation
            return
        named = {occupation.code: occupation for occupation in occupations_titled(g.session, self.profession.data)}
        if len(named) < 2 or self.occupation.data == OWN_WORDS:
            self.chosen_occupation = next(iter(named.values())) if len(named) == 1 else None
            return
        self.chosen_occupation = named.get(self.occupation.data or "")
        if self.chosen_occupation is None:
            titles = {code: occupation.title for code, occupation in named.items()}
            self.occupation.choices = options(titles | {OWN_WORDS: _("None of these: keep my own words")})
            self.occupation.data = None
            self.wrong(self.occupation, _("That title is used in several lines of work. Please choose the closest."))


class TalkForm(Form):
    """How somebody would like to meet, and what to talk about: all of it has a default, or may be left empty."""

    reach_km = choice(_l("How far would you go?"), REACHES, _l("Please choose how far you would go."), default="10")
    meets = choice(
        _l("How would you like to meet?"), MEETS, _l("Please choose how you would like to meet."), default="either"
    )
    trio_ok = BooleanField(_l("Three of us is fine too, when the numbers are odd"))
    offers = paragraph(
        _l("What I offer"), _l("What could you show somebody, or help with? First aid, spreadsheets, bread …")
    )
    wants = paragraph(_l("What I am looking for"), _l("What would you like to learn, or to see from the inside?"))
    topics = paragraph(_l("Topics"), _l("What could you talk about for an hour?"))

    def fill_in(self, member: Member) -> None:
        """Write what was said into the member."""
        member.reach_km, member.meets = int(self.reach_km.data), self.meets.data
        member.trio_ok = self.trio_ok.data
        member.offers, member.wants, member.topics = self.offers.data, self.wants.data, self.topics.data

    def show(self, member: Member, **typed: object) -> None:
        """Begin with what the member said last time; `typed` are words that are stored as something else."""
        asked = {name: getattr(member, name) for name in self.data if hasattr(member, name)}
        self.process(data=asked | {"reach_km": str(member.reach_km)} | typed)


class PersonForm(WhoForm, TalkForm):
    """All of it."""

    def fill_in(self, member: Member) -> None:
        """Write what was said into the member."""
        WhoForm.fill_in(self, member)
        TalkForm.fill_in(self, member)

    def show(self, member: Member, **typed: object) -> None:
        """Begin with what the member said last time; nobody is asked again which place or line of work was meant."""
        place = member.place.label if member.place else ""
        super().show(member, **typed, place=place, occupation=None, place_id=None)
