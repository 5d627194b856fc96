"""The phrases on which people meet."""

from __future__ import annotations

import pytest

from data.member import Member
from data.words import Words
from jobs.common_ground import LONGEST_PHRASE, Phrasebook, phrases_of


def person(**texts: str) -> Member:
    return Member(**({"profession": "", "offers": "", "wants": "", "topics": ""} | texts))


def book(*members: Member) -> Phrasebook:
    return Phrasebook(members, Words.load().vectors)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("sourdough, night shifts", ["sourdough", "night shifts"]),
        ("sailing; knots\nweather", ["sailing", "knots", "weather"]),
        ("  Jazz.  ,, ", ["Jazz"]),
        ("", []),
        ("write to me@example.org, chess", ["chess"]),
        ("https://example.org/buy, chess", ["chess"]),
        ("call 12345678, chess", ["chess"]),
        ("a\r\nBcc: x@example.org", ["a"]),
    ],
)
def test_a_list_is_cut_into_phrases_and_addresses_are_left_out(text: str, phrases: list[str]) -> None:
    assert phrases_of(text) == phrases


def test_one_talker_cannot_fill_the_letter() -> None:
    phrases = phrases_of(", ".join(["word " * 50] * 30))
    assert len(phrases) <= 12
    assert all(len(phrase) <= LONGEST_PHRASE for phrase in phrases)


def test_ada_and_ben_share_sourdough_whatever_the_case() -> None:
    ada, ben = person(topics="night shifts, Sourdough"), person(topics="sourdough, horses")
    shared = book(ada, ben).shared_topic([ada, ben])
    assert shared.is_the_same
    assert (shared.one, shared.other, shared.likeness) == ("Sourdough", "sourdough", 1.0)


def test_words_that_differ_may_speak_of_the_same_thing() -> None:
    ada, ben = person(topics="chess, rain"), person(topics="board games, horses")
    shared = book(ada, ben).shared_topic([ada, ben])
    assert (shared.one, shared.other) == ("chess", "board games")
    assert not shared.is_the_same


def test_a_wish_is_met_either_way_round() -> None:
    ada, ben = person(offers="first aid", wants="public speaking"), person(offers="public speaking")
    for pair in ([ada, ben], [ben, ada]):
        assert book(ada, ben).wish_met(pair).one == "public speaking"


def test_who_says_nothing_shares_nothing() -> None:
    ada, ben = person(topics="sourdough"), person()
    assert book(ada, ben).shared_topic([ada, ben]).one == ""
    assert not book(ada, ben).is_shared_by_all([ada, ben])


def test_two_of_three_may_share_what_the_third_does_not() -> None:
    trio = [person(topics="sourdough"), person(topics="sourdough"), person(topics="horses")]
    assert book(*trio).shared_topic(trio).is_the_same
    assert not book(*trio).is_shared_by_all(trio)
