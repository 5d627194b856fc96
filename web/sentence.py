"""Words of ours that are stored, and said later to each reader in their language: why these two, a topic, a sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from data.draft import DraftPair
from data.match import Match, Seat
from web.language import DEFAULT, speaking, spoken
from web.language import gettext as _
from web.wording import listed, said

LONGEST_PROFESSION = 60
VOWEL = re.compile(r"(?!uni|use|usa|uti|uro|eu|one\b|once\b)[aeiou]|hour|honest|heir|honor|honour", re.IGNORECASE)
SPELLED_WITH_VOWEL = frozenset("AEFHILMNORSX")  # an FBI agent, but a UX designer
KEPT_AS_WRITTEN = frozenset({
    "American", "Arabic", "Chinese", "Danish", "Dutch", "English", "European", "French", "German", "Italian",
    "Japanese", "Spanish",
})  # fmt: skip
Facts = dict[str, str | list[str]]  # a list is one of professions


class Sentence(NamedTuple):
    """Words as the catalogs of translations know them, and what people's own words go into them."""

    words: str
    facts: Facts = {}  # noqa: RUF012  nobody changes a default that is read only

    def in_words(self) -> str:
        """Return it in the language that is spoken now; words that no catalog knows stay as they are."""
        words = _(self.words)
        if self.facts:  # what somebody has typed may hold a per cent sign
            words %= {name: _fact(fact) for name, fact in self.facts.items()}
        return (
            f"{words[:1].upper()}{words[1:]}" if any(isinstance(fact, list) for fact in self.facts.values()) else words
        )


def to_translate(words: str) -> str:
    """Mark words that are stored and translated when they are read; they stay as they are."""
    return words


def reason_of(match: Match | DraftPair) -> str:
    """Return why these two or three."""
    return said(Sentence(match.reason, match.reason_facts or {}).in_words())


def topic_of(match: Match | DraftPair) -> str:
    """Return what they could begin with."""
    return said(Sentence(match.topic, match.topic_facts or {}).in_words())


def sign_of(seat: Seat) -> str:
    """Return the sign by which they know each other, in the reader's words, and in the others' if those differ."""
    codes = [spoken().code, *(partner.language for partner in seat.partners)]
    return " / ".join(dict.fromkeys(_sign_in(code, seat.match.sign) for code in codes))


def with_article(profession: str) -> str:
    """Return a profession as one says it in English: "a nurse", "an FBI agent", "accountants and auditors"."""
    words = [_uncapital(word) for word in said(profession, LONGEST_PROFESSION).split()]
    name = " ".join(words)
    acronym = bool(words) and words[0].isupper() and len(words[0]) > 1
    if not words or re.search(r"(?<![su])s$|[,/&(]| and ", name) or (acronym and len(words) == 1):
        return name
    vowel = words[0][0] in SPELLED_WITH_VOWEL if acronym else VOWEL.match(name) is not None
    return f"{'an' if vowel else 'a'} {name}"


def _sign_in(code: str, sign: str) -> str:
    colour, _space, creature = sign.partition(" ")
    with speaking(code):
        return _("%(colour)s %(creature)s", colour=_(colour), creature=_(creature)) if creature else sign


def _fact(fact: str | Sequence[str]) -> str:
    if isinstance(fact, str):
        return fact
    if spoken() is DEFAULT:
        return listed([with_article(profession) for profession in fact])
    return listed([said(profession, LONGEST_PROFESSION) for profession in fact])


def _uncapital(word: str) -> str:
    """Titles Are Often Written Like This; acronyms (IT, iOS, 3D) and languages keep their letters."""
    return word.lower() if word.istitle() and word not in KEPT_AS_WRITTEN else word
