"""What every form that asks for a place does: find out which one is meant, and let nobody move about all week."""

from __future__ import annotations

from flask import g
from wtforms import RadioField, StringField

from data.member import Member, lock_member
from data.move import next_move_at
from data.places import Place
from web.fields import Form, options
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.places_meant import places_meant
from web.wording import moment


def which_place() -> RadioField:
    """Return the field that asks which of several places is meant."""
    return RadioField(_l("Which of these places?"), choices=[], validate_choice=False)


class TownForm(Form):
    """A form with a field `place`, as one types it, and `place_id`, which is asked only when the first is unclear."""

    place: StringField
    place_id: RadioField
    chosen_place: Place | None = None

    def choose_place(self) -> None:
        """Find out which place is meant; an unclear one asks which."""
        answer = places_meant(self.place.data)
        candidates = {str(place.id): place for place in answer.candidates}
        self.chosen_place = candidates.get(self.place_id.data or "") or answer.found
        if self.chosen_place is not None:
            return
        if not candidates:
            self.wrong(self.place, _("We do not know this place. Is there a larger town nearby?"))
            return
        self.place_id.choices = options({number: place.label for number, place in candidates.items()})
        self.place_id.data = None
        self.wrong(self.place_id, _("We are not sure which place you mean. Please choose yours."))

    def may_move(self, member: Member) -> bool:
        """Whether a member may change once more where they are; if not, say so kindly.

        Until the transaction ends nobody else can change it: two presses at once are counted one after the other.
        """
        lock_member(g.session, member.id)
        again = next_move_at(g.session, member.id, g.now)
        if again is not None:
            self.wrong(
                self.place,
                _(
                    "You have changed where you are three times within a week, and that is as often as we can follow. "
                    "From %(moment)s on you can change it again.",
                    moment=moment(again, member.time_zone),
                ),
            )
        return again is None
