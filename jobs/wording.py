"""Says in plain words why people are brought together, and gives them something to start with; no names, no distances."""

from __future__ import annotations

from collections.abc import Sequence

from data.member import Member
from jobs.common_ground import ALIKE, Phrasebook
from jobs.conversation import question_for
from web.sentence import Sentence, to_translate

IN_ONE_SENTENCE = {
    "nearness": to_translate("You live in the same part of the world, and have never met."),
    "take_it_offline": to_translate(
        "You had a good call a while ago, and both said you would meet again: "
        "this week you are near enough to do it over a coffee."
    ),
}


def reason_in_words(feature: str, members: Sequence[Member], weeks_ago: int, phrases: Phrasebook) -> Sentence:
    """Return why these two or three are brought together, the same for each of them to read.

    Args:
        feature: the name of the feature that speaks loudest for them, as the matcher gives it.
        members: who they are.
        weeks_ago: when they met last; below 0 when they never did, or only on a call that they now take offline.
        phrases: what they offer, want and could talk about.
    """
    if weeks_ago >= 0 and feature != "take_it_offline":
        return Sentence(to_translate("You have met before, and not lately: time to hear what has become of it all."))
    if feature == "offers_meet_wants":
        return _wish_met(members, phrases)
    if feature == "shared_topics":
        return _shared_topic(members, phrases)
    if feature == "profession":
        return _professions(members)
    plain = to_translate("You have never met, and that is reason enough.")
    return Sentence(IN_ONE_SENTENCE.get(feature, plain))


def topic_to_start_with(members: Sequence[Member], phrases: Phrasebook, chance: int) -> Sentence:
    """Return something to start with: what they share, or what one can tell another, or a good question."""
    shared = phrases.shared_topic(members)
    if shared.likeness >= ALIKE:
        both = Sentence(to_translate("%(one)s and %(other)s"), {"one": shared.one, "other": shared.other})
        return Sentence(shared.one) if shared.is_the_same else both
    wish = phrases.wish_met(members)
    return Sentence(wish.one if wish.likeness >= ALIKE else question_for(chance))


def _wish_met(members: Sequence[Member], phrases: Phrasebook) -> Sentence:
    wish = phrases.wish_met(members)
    if not wish.one:
        return Sentence(to_translate("What you offer and what you are looking for fit together."))
    two, facts = len(members) == 2, {"offer": wish.one, "wish": wish.other}
    if wish.is_the_same:
        of_two = to_translate("One of you offers %(offer)s; the other is looking for just that.")
        of_three = to_translate("One of you offers %(offer)s; another is looking for just that.")
    elif wish.likeness >= ALIKE:
        of_two = to_translate("One of you offers %(offer)s; the other is looking for %(wish)s.")
        of_three = to_translate("One of you offers %(offer)s; another is looking for %(wish)s.")
    else:
        of_two = to_translate(
            "One of you offers %(offer)s; the other is looking for %(wish)s, which may be closer than it sounds."
        )
        of_three = to_translate(
            "One of you offers %(offer)s; another is looking for %(wish)s, which may be closer than it sounds."
        )
    return Sentence(of_two if two else of_three, {**facts})


def _shared_topic(members: Sequence[Member], phrases: Phrasebook) -> Sentence:
    shared = phrases.shared_topic(members)
    if not shared.one:
        return Sentence(to_translate("What you could each talk about for an hour is not far apart."))
    if not shared.is_the_same:
        compared = to_translate(
            "One of you could talk for an hour about %(one)s, another about %(other)s: time to compare."
        )
        return Sentence(compared, {"one": shared.one, "other": shared.other})
    if not phrases.is_shared_by_all(members):
        words = to_translate("Two of you could talk for an hour about %(topic)s.")
    elif len(members) == 2:
        words = to_translate("You could both talk for an hour about %(topic)s.")
    else:
        words = to_translate("All of you could talk for an hour about %(topic)s.")
    return Sentence(words, {"topic": shared.one})


def _professions(members: Sequence[Member]) -> Sentence:
    named = list(dict.fromkeys(member.profession for member in members if member.profession.strip()))
    if len(named) < 2:
        return Sentence(to_translate("You are in the same line of work, and have never met."))
    words = to_translate("%(people)s: close enough to understand each other, different enough to learn something.")
    return Sentence(words, {"people": named})
