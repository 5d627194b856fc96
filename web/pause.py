"""The form that asks until when somebody pauses: from a letter, or in the profile."""

from __future__ import annotations

from datetime import date, timedelta

from flask import g
from wtforms import DateField, ValidationError

from web.fields import Form
from web.language import gettext as _
from web.language import lazy_gettext as _l

LONGEST = timedelta(days=366)


class PauseForm(Form):
    """Until when."""

    until = DateField(_l("Pause until"), description=_l("The first Monday from this day on, you are in again."))

    @property
    def monday(self) -> date:
        """The first Monday that is not before the chosen day."""
        day: date = self.until.data
        return day + timedelta(days=-day.weekday() % 7)

    def validate_until(self, field: DateField) -> None:
        """Raise ValidationError for no day, a day that is past, or one in some other life."""
        if field.data is None:
            field.errors.clear()  # the library's own words
            raise ValidationError(_("Please choose a day, like 2027-01-15."))
        if field.data <= g.now.date():
            raise ValidationError(_("Please choose a day that is still to come."))
        if field.data > g.now.date() + LONGEST:
            raise ValidationError(
                _("Please choose a day within a year. After that, leave and come back: you are welcome.")
            )
