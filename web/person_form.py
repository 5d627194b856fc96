"""What we ask: who somebody is, at sign-up; how they would like to meet, afterwards; and all of it in the profile."""

from __future__ import annotations

from typing import Any

from flask import g
from wtforms import BooleanField, RadioField

from data.member import Member
from data.occupations import Occupation, occupations_titled
from web.fields import Form, choice, line, options, paragraph
from web.town_form import TownForm, which_place

REACHES = {"5": "5 km: a walk or a short ride", "10": "10 km", "25": "25 km", "50": "50 km: trains are fine"}
MEETS = {
    "either": "Either: in person when it can be, on a call when it cannot",
    "in_person": "Only in person",
    "call": "Only on a call",
}
OWN_WORDS = "own words"


class WhoForm(TownForm):
    """First name, profession and place, and what a typed profession and place turn out to mean."""

    first_name = line(
        "First name", "What you like to be called. No surname.", longest=60, missing="Please tell us what to call you."
    )
    profession = line(
        "Profession",
        "What you do, in your own words. A few letters bring up suggestions.",
        longest=120,
        missing="Please say what you do. Your own words are fine.",
    )
    occupation = RadioField("Which of these is closest?", choices=[], validate_choice=False)
    place = line(
        "Place",
        "The town you could meet in. We keep a square of 2 km around its centre, and show it to nobody.",
        longest=200,
        missing="Please say where you are.",
    )
    place_id = which_place()

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
        if self.chosen_place is not None and self.chosen_place.id != member.place_id:
            member.settle_in(self.chosen_place)

    def _choose_place(self) -> None:
        if self.known and self.known.place and self.known.place.label == self.place.data:
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
            self.occupation.choices = options(titles | {OWN_WORDS: "None of these: keep my own words"})
            self.occupation.data = None
            self.wrong(self.occupation, "That title is used in several lines of work. Please choose the closest.")


class TalkForm(Form):
    """How somebody would like to meet, and what to talk about: all of it has a default, or may be left empty."""

    reach_km = choice("How far would you go?", REACHES, "Please choose how far you would go.", default="10")
    meets = choice("How would you like to meet?", MEETS, "Please choose how you would like to meet.", default="either")
    trio_ok = BooleanField("Three of us is fine too, when the numbers are odd")
    offers = paragraph("What I offer", "What could you show somebody, or help with? First aid, spreadsheets, bread …")
    wants = paragraph("What I am looking for", "What would you like to learn, or to see from the inside?")
    topics = paragraph("Topics", "What could you talk about for an hour?")

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
