"""The fields all forms are made of: they keep what was typed, tidy it, and say in our words what is wrong."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.i18n import messages_path
from wtforms.validators import AnyOf, DataRequired, Length

from data.member import fold_email
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.language import locale_spoken, ngettext

# Characters nobody sees: direction marks that turn a line round, soft hyphens, spaces without width.
# The two joiners stay: without them Persian and Hindi fall apart.
UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
LONGEST_TEXT = 1000


class Form(FlaskForm):  # type: ignore[misc]  # the library ships no types
    """A form of ours."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # the library ships no types
        """How its fields are drawn."""

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Any:
            """Tie a field to its hint and to what is wrong with it, for those who listen."""
            notes = [f"{field.id}-hint"] if field.description else []
            if field.errors:
                notes.append(f"{field.id}-wrong")
                render_kw["aria-invalid"] = "true"
            if notes:
                render_kw["aria-describedby"] = " ".join(notes)
            return super().render_field(field, render_kw)

        def get_translations(self, _form: FlaskForm) -> NullTranslations:
            """Return the few words the library itself says, which it would read from its file for each page."""
            return _words_of_the_library(str(locale_spoken()))

    def wrong(self, field: Field, message: str) -> None:
        """Say beside `field` what is wrong with it."""
        field.errors = [*field.errors, message]


@cache
def _words_of_the_library(locale: str) -> NullTranslations:
    return Translations.load(messages_path(), [locale], domain="wtforms")


class AtMost(Length):  # type: ignore[misc]  # the library ships no types
    """Accepts what has so many characters, and no more."""

    def __init__(self, longest: int) -> None:
        super().__init__(max=longest)

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ValidationError for what is longer."""
        if len(field.data or "") > self.max:
            number = format_decimal(self.max, locale=locale_spoken())
            words = ngettext(
                "Please keep this to %(number)s character.",
                "Please keep this to %(number)s characters.",
                self.max,
                number=number,
            )
            raise ValidationError(words)


class NoControlCharacters:
    """Refuses what no keyboard types: line ends in a line, escape codes, NUL."""

    def __init__(self, allowed: str = "") -> None:
        self.allowed = allowed

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ValidationError for a control character or half a character."""
        text = field.data or ""
        if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in self.allowed for letter in text):
            raise ValidationError(_("There are characters in this that we cannot show. Please type it by hand."))


class EmailAddress:
    """Accepts what can be an e-mail address; whether it is theirs, a letter finds out."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Fold the address, or raise ValidationError."""
        try:
            checked = validate_email(field.data, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError:
            raise ValidationError(_("This is not an e-mail address. It looks like ada@example.org.")) from None
        field.data = fold_email(str(checked.ascii_email))


class HttpsLink:
    """Accepts nothing, or a whole https link."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ValidationError for anything a browser would not open safely."""
        if field.data and not is_https(field.data):
            raise ValidationError(_("A link starts with https:// and names a site, like https://example.org/my-room."))


class PhoneNumber:
    """Accepts nothing, or digits with the usual signs between them."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ValidationError for what cannot be dialled."""
        if field.data and not re.fullmatch(r"\+?[0-9 ()./-]{5,40}", field.data):
            raise ValidationError(_("A phone number is made of digits, like +45 12 34 56 78."))


def line(label: str, hint: str = "", *, longest: int, missing: str = "", more: tuple[Any, ...] = ()) -> StringField:
    """Return a field of one line; `missing` is what to say when it is left empty, if it must not be."""
    required = [DataRequired(missing)] if missing else []
    checks = [*required, NoControlCharacters(), AtMost(longest), *more]
    return StringField(label, filters=[tidy_line], validators=checks, description=hint)


def paragraph(label: str, hint: str = "", *, longest: int = LONGEST_TEXT) -> TextAreaField:
    """Return a field of several lines that may stay empty."""
    checks = [NoControlCharacters("\n\t"), AtMost(longest)]
    return TextAreaField(label, filters=[tidy_text], validators=checks, description=hint, render_kw={"rows": 3})


def address_line(label: str, hint: str = "") -> StringField:
    """Return a field for an e-mail address."""
    return line(label, hint, longest=254, missing=_l("Please give your e-mail address."), more=(EmailAddress(),))


def choice(
    label: str, choices: dict[str, str], missing: str, *, hint: str = "", default: str | None = None
) -> RadioField:
    """Return radio buttons of which one must be chosen; `missing` is what to say when none was."""
    known = AnyOf(list(choices), message=missing)
    more = {"validate_choice": False, "default": default, "description": hint}
    return RadioField(label, choices=options(choices), validators=[known], **more)


def options(words: dict[str, str]) -> list[SelectChoice]:
    """Return what can be chosen, from each value to its words."""
    return [SelectChoice(value, label) for value, label in words.items()]


def tidy_line(text: str | None) -> str:
    """Return a line without unseen characters and without spaces nobody meant."""
    return re.sub(r"[^\S\r\n\t\v\f\x1c-\x1f\x85]+", " ", _composed(text)).strip(" ")


def tidy_text(text: str | None) -> str:
    """Return a text with plain line ends and without unseen characters."""
    return _composed((text or "").replace("\r\n", "\n").replace("\r", "\n")).strip()


def is_https(link: str) -> bool:
    """Whether a link leads to a site over https, and holds nothing that hides where it leads."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" and "." in host.strip(".") and "@" not in parts.netloc and not re.search(r"\s", link)


def _composed(text: str | None) -> str:
    return UNSEEN.sub("", unicodedata.normalize("NFC", text or ""))
