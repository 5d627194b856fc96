"""Says in plain words why people are brought together, and gives them something to start with; no names, no distances."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.member import Member
from jobs.common_ground import ALIKE, Phrasebook
from jobs.conversation import question_for
from web.wording import said

LONGEST_PROFESSION = 60
VOWEL = re.compile(r"(?!uni|use|usa|uti|uro|eu|one\b|once\b)[aeiou]|hour|honest|heir|honor|honour", re.IGNORECASE)
SPELLED_WITH_VOWEL = frozenset("AEFHILMNORSX")  # an FBI agent, but a UX designer
KEPT_AS_WRITTEN = frozenset({
    "American", "Arabic", "Chinese", "Danish", "Dutch", "English", "European", "French", "German", "Italian",
    "Japanese", "Spanish",
})  # fmt: skip
IN_ONE_SENTENCE = {
    "nearness": "You live in the same part of the world, and have never met.",
    "take_it_offline": (
        "You had a good call a while ago, and both said you would meet again: "
        "this week you are near enough to do it over a coffee."
    ),
}


def reason_in_words(feature: str, members: Sequence[Member], weeks_ago: int, phrases: Phrasebook) -> str:
    """Return why these two or three are brought together, the same for each of them to read.

    Args:
        feature: the name of the feature that speaks loudest for them, as the matcher gives it.
        members: who they are.
        weeks_ago: when they met last; below 0 when they never did, or only on a call that they now take offline.
        phrases: what they offer, want and could talk about.
    """
    if weeks_ago >= 0 and feature != "take_it_offline":
        return "You have met before, and not lately: time to hear what has become of it all."
    if feature == "offers_meet_wants":
        return _wish_met(members, phrases)
    if feature == "shared_topics":
        return _shared_topic(members, phrases)
    if feature == "profession":
        return _professions(members)
    return IN_ONE_SENTENCE.get(feature, "You have never met, and that is reason enough.")


def topic_to_start_with(members: Sequence[Member], phrases: Phrasebook, chance: int) -> str:
    """Return something to start with: what they share, or what one can tell another, or a good question."""
    shared = phrases.shared_topic(members)
    if shared.likeness >= ALIKE:
        return shared.one if shared.is_the_same else f"{shared.one} and {shared.other}"
    wish = phrases.wish_met(members)
    return wish.one if wish.likeness >= ALIKE else question_for(chance)


def _wish_met(members: Sequence[Member], phrases: Phrasebook) -> str:
    wish = phrases.wish_met(members)
    looker = "the other is" if len(members) == 2 else "another is"
    if not wish.one:
        return "What you offer and what you are looking for fit together."
    if wish.is_the_same:
        return f"One of you offers {wish.one}; {looker} looking for just that."
    close = "" if wish.likeness >= ALIKE else ", which may be closer than it sounds"
    return f"One of you offers {wish.one}; {looker} looking for {wish.other}{close}."


def _shared_topic(members: Sequence[Member], phrases: Phrasebook) -> str:
    shared = phrases.shared_topic(members)
    if not shared.one:
        return "What you could each talk about for an hour is not far apart."
    if not shared.is_the_same:
        return f"One of you could talk for an hour about {shared.one}, another about {shared.other}: time to compare."
    everybody = "You could both" if len(members) == 2 else "All of you could"
    who = everybody if phrases.is_shared_by_all(members) else "Two of you could"
    return f"{who} talk for an hour about {shared.one}."


def _professions(members: Sequence[Member]) -> str:
    named = list(dict.fromkeys(with_article(member.profession) for member in members if member.profession.strip()))
    if len(named) < 2:
        return "You are in the same line of work, and have never met."
    listed = f"{', '.join(named[:-1])} and {named[-1]}"
    return (
        f"{listed[0].upper()}{listed[1:]}: close enough to understand each other, different enough to learn something."
    )


def with_article(profession: str) -> str:
    """Return a profession as one says it in a sentence: "a nurse", "an FBI agent", "accountants and auditors"."""
    words = [_uncapital(word) for word in said(profession, LONGEST_PROFESSION).split()]
    name = " ".join(words)
    acronym = bool(words) and words[0].isupper() and len(words[0]) > 1
    if not words or re.search(r"(?<![su])s$|[,/&(]| and ", name) or (acronym and len(words) == 1):
        return name
    vowel = words[0][0] in SPELLED_WITH_VOWEL if acronym else VOWEL.match(name) is not None
    return f"{'an' if vowel else 'a'} {name}"


def _uncapital(word: str) -> str:
    """Titles Are Often Written Like This; acronyms (IT, iOS, 3D) and languages keep their letters."""
    return word.lower() if word.istitle() and word not in KEPT_AS_WRITTEN else word
