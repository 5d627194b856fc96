"""The forms of the page for programs: a token with a name, a webhook with an address and what it is told of."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app
from wtforms import Field, SelectMultipleField, ValidationError
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from web.fields import Form, is_https, line, options
from web.language import gettext as _
from web.language import lazy_gettext as _l

EVENTS = {
    "match_made": _l("People are brought together"),
    "match_on": _l("A meeting is on"),
    "match_held": _l("A meeting was held"),
    "reported": _l("Somebody is reported"),
}
LONGEST_NAME, LONGEST_URL = 60, 500


class ProgramAddress:
    """Accepts where a program can be told of something: over https, or in the plain while developing."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ValidationError for anything else."""
        development: bool = current_app.extensions["settings"].development
        good = is_https(field.data) or (development and field.data.startswith("http://"))
        if not good or not is_whole(field.data):
            raise ValidationError(
                _("An address starts with https:// and names a site, like https://example.org/hello.")
            )


class TokenForm(Form):
    """What a token is for."""

    name = line(
        _l("What is it for?"),
        _l("A name by which you know it again, like “Figures for the newsletter”."),
        longest=LONGEST_NAME,
        missing=_l("Please give it a name."),
    )


class WebhookForm(Form):
    """Where to tell, and of what."""

    url = line(
        _l("Address"),
        _l("Where the other program listens. It must be reachable from the Internet, over https."),
        longest=LONGEST_URL,
        missing=_l("Please give its address."),
        more=(ProgramAddress(),),
    )
    events = SelectMultipleField(
        _l("Tell it when"),
        choices=options(EVENTS),
        description=_l("In numbers and times alone; of a report it hears which match, and neither who nor what."),
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[DataRequired(_l("Please tick at least one."))],
    )


def is_whole(url: str) -> bool:
    """Whether an address can be posted to as it stands: a host, a port that there can be, nothing hidden, only ASCII."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc and url.isascii() and " " not in url
    except ValueError:
        return False
