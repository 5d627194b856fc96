"""The catalogs of translations: every word of ours is in each of them, with the same facts and marks, and compiled."""

from __future__ import annotations

import re
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from web.language import DEFAULT, LANGUAGES

ROOT = Path(__file__).parent.parent.parent
CATALOGS = ROOT / "web" / "translations"
TRANSLATED = [code for code in LANGUAGES if code != DEFAULT.code]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2), "to_translate": None}
METHODS = [("web/**.py", "python"), ("jobs/*.py", "python"), ("web/templates/**", "jinja2")]
OPTIONS = {
    "web/templates/**": {"trimmed": "true", "newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}
}
FACT, TAG = re.compile(r"%\((\w+)\)s"), re.compile(r"<[^>]+>")


@cache
def words_in_use() -> frozenset[str]:
    """Return every message the pages, letters and jobs ask for; of plurals the form for one."""
    found = extract_from_dir(ROOT, METHODS, OPTIONS, KEYWORDS, directory_filter=_is_ours)
    return frozenset(message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found)


def _is_ours(folder: str) -> bool:
    return Path(folder).relative_to(ROOT).parts[:1] in {("web",), ("jobs",)}


@cache
def catalog_of(code: str) -> Catalog:
    with (CATALOGS / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file)


def messages_of(code: str) -> list[Message]:
    return [message for message in catalog_of(code) if message.id]


def forms(words: Any) -> tuple[str, ...]:
    """Return the forms of a message; there is one but for plurals."""
    return tuple(words) if isinstance(words, (tuple, list)) else (words or "",)


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_word_in_use_is_in_the_catalog_and_no_other(code: str) -> None:
    """`./run words` brings a catalog up to date."""
    assert {forms(message.id)[0] for message in messages_of(code)} == words_in_use()


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_word_is_translated_and_none_is_a_guess(code: str) -> None:
    assert [message.id for message in messages_of(code) if not all(forms(message.string)) or message.fuzzy] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_facts_and_the_marks_of_its_original(code: str) -> None:
    for message in messages_of(code):
        facts = {fact for words in forms(message.id) for fact in FACT.findall(words)}
        for words in forms(message.string):
            assert set(FACT.findall(words)) <= facts, (message.id, words)
            if not message.pluralizable:
                assert set(FACT.findall(words)) == facts, (message.id, words)
            assert sorted(TAG.findall(words)) == sorted(TAG.findall(forms(message.id)[-1])), (message.id, words)


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_is_read_is_what_was_written(code: str) -> None:
    """The compiled catalog is that of the written one."""
    compiled = BytesIO()
    write_mo(compiled, catalog_of(code))
    assert (CATALOGS / code / "LC_MESSAGES" / "messages.mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize(
    ("number", "said"), [(3, "أحرف"), (10, "أحرف"), (11, "حرفًا"), (99, "حرفًا"), (100, "حرف"), (500, "حرف")]
)
def test_arabic_numbers_have_the_form_of_the_noun_that_goes_with_them(number: int, said: str) -> None:
    """Its catalog counts the forms as Babel does: the fifth is that of hundreds, the last that of eleven to ninety-nine."""
    words = GNUTranslations(BytesIO((CATALOGS / "ar" / "LC_MESSAGES" / "messages.mo").read_bytes()))
    one, many = "Please keep this to %(number)s character.", "Please keep this to %(number)s characters."
    assert words.ngettext(one, many, number).rstrip(".").endswith(said)
