"""Reasons and topics in plain words."""

from __future__ import annotations

import re
from itertools import product

import pytest

from data.member import Member
from data.words import Words
from jobs.common_ground import Phrasebook
from jobs.conversation import QUESTIONS
from jobs.wording import reason_in_words, topic_to_start_with
from matcher.features import FEATURES
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, Role
from web.sentence import with_article


def people(*roles: Role) -> list[Member]:
    return [
        Member(first_name=r.name, profession=r.profession, offers=r.offers, wants=r.wants, topics=r.topics)
        for r in roles
    ]


def why(feature: str, *roles: Role, weeks_ago: int = -1) -> str:
    members = people(*roles)
    return reason_in_words(feature, members, weeks_ago, Phrasebook(members, Words.load().vectors)).in_words()


def topic(*roles: Role, chance: int = 0) -> str:
    members = people(*roles)
    return topic_to_start_with(members, Phrasebook(members, Words.load().vectors), chance).in_words()


def test_what_one_offers_and_the_other_wants() -> None:
    assert (
        why("offers_meet_wants", ADA, BEN) == "One of you offers public speaking; the other is looking for just that."
    )


def test_what_both_could_talk_about() -> None:
    assert why("shared_topics", ADA, BEN) == "You could both talk for an hour about sourdough."


def test_two_professions() -> None:
    words = "close enough to understand each other, different enough to learn something."
    assert why("profession", ADA, BEN) == f"A nurse and a veterinarian: {words}"
    assert why("profession", ADA, BEN, CLEO) == f"A nurse, a veterinarian and a bookkeeper: {words}"


def test_two_nurses_are_not_listed_twice() -> None:
    assert why("profession", ADA, Role("Ann", "Nurse")) == "You are in the same line of work, and have never met."


def test_nearness_names_no_distance_and_no_place() -> None:
    assert why("nearness", ADA, BEN) == "You live in the same part of the world, and have never met."


def test_who_met_long_ago_is_told_so() -> None:
    assert why("shared_topics", ADA, BEN, weeks_ago=20).startswith("You have met before")


def test_two_who_take_a_good_call_offline_are_told_so_and_not_that_it_was_long_ago() -> None:
    for weeks_ago in (-2, 20):
        sentence = why("take_it_offline", ADA, FINN, weeks_ago=weeks_ago)
        assert sentence.startswith("You had a good call a while ago, and both said you would meet again")
        assert "not lately" not in sentence


def test_in_a_trio_it_may_be_two_who_share_something() -> None:
    assert why("shared_topics", ADA, BEN, CLEO) == "Two of you could talk for an hour about sourdough."
    assert why("offers_meet_wants", ADA, BEN, EVA).endswith("another is looking for just that.")


def test_words_that_differ_are_both_named() -> None:
    chess, games = Role("Ann", "Nurse", topics="chess"), Role("Bo", "Cook", topics="board games")
    assert why("shared_topics", chess, games).startswith("One of you could talk for an hour about chess, another about")
    talks, speaking = Role("Ann", "Nurse", offers="giving talks"), Role("Bo", "Cook", wants="public speaking")
    assert why("offers_meet_wants", talks, speaking) == (
        "One of you offers giving talks; the other is looking for public speaking."
    )


@pytest.mark.parametrize("feature", [*FEATURES, "take_it_offline", "someone_new", "a feature of tomorrow"])
def test_every_reason_is_a_sentence_without_names_or_numbers(feature: str) -> None:
    for one, other in product((ADA, CLEO, FINN, Role("Zoe", "")), (BEN, DAN, EVA, Role("Yan", ""))):
        sentence = why(feature, one, other)
        assert re.fullmatch(r"[A-Z].*\.", sentence), sentence
        assert one.name not in sentence
        assert other.name not in sentence
        assert not re.search(r"\d", sentence), sentence


def test_hostile_text_cannot_break_out_of_the_sentence() -> None:
    evil = Role("Eve", "Nurse\r\nBcc: all@example.org\u202e", topics="{{7*7}}<script>, sourdough\x00\x1b")
    for feature in FEATURES:
        sentence = why(feature, evil, ADA)
        assert "\n" not in sentence
        assert "\r" not in sentence
        assert "\u202e" not in sentence


def test_they_start_with_what_they_share_or_what_one_can_tell() -> None:
    assert topic(ADA, BEN) == "sourdough"
    assert topic(CLEO, Role("Ann", "Nurse", wants="bookkeeping")) == "bookkeeping"


def test_who_shares_nothing_gets_a_good_question() -> None:
    assert {topic(EVA, FINN, chance=chance) for chance in range(40)} == set(QUESTIONS)


@pytest.mark.parametrize(
    ("profession", "said"),
    [
        ("Registered Nurse", "a registered nurse"),
        ("Optician", "an optician"),
        ("University Lecturer", "a university lecturer"),
        ("Hourly Worker", "an hourly worker"),
        ("FBI Agent", "an FBI agent"),
        ("UX Designer", "a UX designer"),
        ("English Teacher", "an English teacher"),
        ("European Lawyer", "a European lawyer"),
        ("Usher", "an usher"),
        ("Actress", "an actress"),
        ("Bus Driver", "a bus driver"),
        ("iOS Developer", "an iOS developer"),
        ("IT", "IT"),
        ("Sales", "sales"),
        ("Accountants and Auditors", "accountants and auditors"),
        ("", ""),
    ],
)
def test_a_profession_as_one_says_it(profession: str, said: str) -> None:
    assert with_article(profession) == said
