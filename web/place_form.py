"""The form in which another public place is proposed: one of those we suggested, or one in words, and never a home."""

from __future__ import annotations

from wtforms import Field, RadioField, ValidationError

from data.agreeing_place import LONGEST_PLACE, sounds_like_home
from data.match import Match
from data.opening_hours import is_open
from data.venues import Venue
from web.fields import Form, line, options
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.wording import WEB_ADDRESS, said

OWN = "own"


class NoHome:
    """Refuses an invitation to a home, and a link in the place of words."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ValidationError, kindly."""
        if sounds_like_home(field.data or ""):
            raise ValidationError(
                _(
                    "This sounds like a home. Strangers meet where other people are, so that both feel safe: "
                    "please name a café, a library or another public place."
                )
            )
        if WEB_ADDRESS.search(field.data or ""):
            raise ValidationError(_("Please say it in words, without a link: its name and street."))


class PlaceForm(Form):
    """One of the places we suggested, or another one in words."""

    suggested = RadioField(_l("A place we know"), choices=[], validate_choice=False)
    place = line(
        _l("Another public place, in your words"),
        _l("A public place, never a home: say its name and street."),
        longest=LONGEST_PLACE,
        more=(NoHome(),),
    )

    def suggest(self, match: Match) -> None:
        """Offer the places a match was given, apart from the one agreed upon and those closed at the time."""
        self.known = {
            f"{one.rank}": said(one.venue.in_words, LONGEST_PLACE)
            for one in match.suggestions
            if _can_be_proposed(one.venue, match)
        }
        more = {OWN: _("Another one, in my own words")} if self.known else {}
        self.suggested.choices = options(self.known | more)

    def choose(self) -> str:
        """Return the place that was chosen, or nothing when that is not clear, and say so."""
        chosen = self.known.get(self.suggested.data or "", "")
        if chosen and self.place.data:
            self.wrong(
                self.place, _("You have picked a place above and typed another one: please leave one of them out.")
            )
            return ""
        if not (chosen or self.place.data):
            missing = _("Please pick a place, or name one.") if self.known else _("Please name a public place.")
            self.wrong(self.place, missing)
        return chosen or said(self.place.data, LONGEST_PLACE)


def venues_in_question(match: Match) -> list[Venue]:
    """Return the venues on the map of a match: where they meet, and those they could still agree on."""
    return [one.venue for one in match.suggestions if one.venue is match.venue or _can_be_proposed(one.venue, match)]


def _can_be_proposed(venue: Venue, match: Match) -> bool:
    if venue.hidden_at is not None or said(venue.in_words, LONGEST_PLACE) == match.meeting_place:
        return False
    if match.meets_at is None or match.ends_at is None:
        return True
    return is_open(venue.opening_hours, match.meets_at, match.ends_at, match.live_seats[0].time_zone) is not False
