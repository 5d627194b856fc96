"""Which languages the site and its letters speak, which one a reader gets, and how to speak it outside a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal, NamedTuple

import flask_babel
from babel import Locale, negotiate_locale
from babel.numbers import format_decimal
from flask import Flask, g, has_app_context, has_request_context, request, session
from flask_babel import Babel
from flask_babel.speaklater import LazyString

from data.member import Member

Direction = Literal["ltr", "rtl"]


class Language(NamedTuple):
    """A language all words of ours are in."""

    code: str  # as the member's row and the page's `lang` have it
    name: str  # as its own speakers call it
    direction: Direction
    locale: str  # whose numbers and lists it uses
    day: str  # how a day is written with its weekday, as Unicode's patterns say (UTS 35, part 4)
    date: str  # and without
    dated: str  # and with its year


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English", "ltr", "en_GB", "EEEE d MMMM", "d MMMM", "d MMMM y"),
        Language("de", "Deutsch", "ltr", "de", "EEEE, d. MMMM", "d. MMMM", "d. MMMM y"),
        Language("es", "Español", "ltr", "es", "EEEE d 'de' MMMM", "d 'de' MMMM", "d 'de' MMMM 'de' y"),
        Language("ar", "العربية", "rtl", "ar", "EEEE d MMMM", "d MMMM", "d MMMM y"),
    )
}
DEFAULT = LANGUAGES["en"]


def prepare(app: Flask) -> None:
    """Let a site speak the language of whoever asks."""
    Babel(app, default_locale=DEFAULT.locale, locale_selector=_chosen)
    app.jinja_env.install_gettext_callables(_in_words, _in_numbers, newstyle=True)  # type: ignore[attr-defined]  # the extension's
    app.jinja_env.globals.update(language=spoken, languages=LANGUAGES.values())


def spoken() -> Language:
    """Return the language that is spoken now: the reader's in a request, or as `speaking` says, or English."""
    return _spoken().language


def locale_spoken() -> Locale:
    """Return by whose customs dates, numbers and lists are written now."""
    return _spoken().locale


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say what is said meanwhile in one language, in a request or outside of any."""
    with _voice().app_context(), flask_babel.force_locale(LANGUAGES.get(code, DEFAULT).locale):
        yield


def gettext(words: str, /, **facts: object) -> str:
    """Return words of ours in the language that is spoken, with what goes into them."""
    return _in_words(words) % facts if facts else _in_words(words)


def ngettext(one: str, many: str, num: int, /, **facts: object) -> str:
    """Return words of ours in the language that is spoken, in its form for this number, which `num` says as it is written."""
    return _in_numbers(one, many, num) % ({"num": format_decimal(num, locale=locale_spoken())} | facts)


def lazy_gettext(words: str, /, **facts: object) -> Any:
    """Return words that are put into the language of each request when they are shown: for what is made only once."""
    return LazyString(gettext, words, **facts)


def reads(member: Member) -> Member:
    """Speak to a member who has come by a link of theirs, signed in or not; return them."""
    g.reader = member
    _refresh()
    return member


def remember(code: str) -> None:
    """Keep a language for this browser."""
    session["language"] = code
    _refresh()


def _in_words(words: str) -> str:
    return str(_spoken().words.ugettext(words))


def _in_numbers(one: str, many: str, num: int) -> str:
    return str(_spoken().words.ungettext(one, many, num))


class Spoken(NamedTuple):
    """What is spoken now: a language, the customs of its place, and the catalog of our words in it."""

    language: Language
    locale: Locale
    words: Any


def _spoken() -> Spoken:
    """Return what is spoken now, found once a request: a page asks for it two hundred times."""
    if not has_app_context():  # a job speaks English unless it says otherwise
        return _found()
    if "spoken" not in g:
        g.spoken = _found()
    found: Spoken = g.spoken
    return found


def _found() -> Spoken:
    locale = flask_babel.get_locale() or Locale.parse(DEFAULT.locale)
    return Spoken(LANGUAGES.get(locale.language, DEFAULT), locale, flask_babel.get_translations())


def _refresh() -> None:
    g.pop("spoken", None)
    flask_babel.refresh()


def _chosen() -> str:
    """Return the locale of a request: what was chosen here, or the member's, or what the browser asks for."""
    reader: Member | None = g.get("reader")
    asked = negotiate_locale(request.accept_languages.values(), LANGUAGES, sep="-") if has_request_context() else None
    code = session.get("language") if has_request_context() else None
    return LANGUAGES.get(code or (reader.language if reader else asked) or "", DEFAULT).locale


@cache
def _voice() -> Flask:
    """Whatever speaks outside a request: it knows the words and nothing else."""
    voice = Flask("web")
    Babel(voice, default_locale=DEFAULT.locale)
    return voice
