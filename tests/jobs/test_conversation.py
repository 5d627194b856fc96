"""Questions and signs: enough of them, all different, all harmless."""

from __future__ import annotations

import re
from itertools import islice, product
from random import Random

from jobs.conversation import COLOURS, CREATURES, QUESTIONS, question_for, questions_for, sign_for

CHANCES = [Random(number).getrandbits(32) for number in range(2000)]


def test_a_pair_gets_two_questions_that_differ_from_each_other_and_from_the_topic() -> None:
    for chance in [*range(1000), *CHANCES]:
        assert len({question_for(chance), *questions_for(chance)}) == 3


def test_every_question_comes_up_in_either_place() -> None:
    pairs = [questions_for(chance) for chance in CHANCES]
    assert {one for one, _ in pairs} == {other for _, other in pairs} == set(QUESTIONS)
    assert len({tuple(pair) for pair in pairs}) > 300


def test_questions_are_short_and_are_questions() -> None:
    assert len(set(QUESTIONS)) == len(QUESTIONS)
    assert all(question.endswith("?") and len(question) <= 80 and ":" not in question for question in QUESTIONS)


def test_there_are_more_than_four_hundred_signs_and_each_is_as_likely() -> None:
    every = {sign_for(chance) for chance in range(len(COLOURS) * len(CREATURES))}
    assert every == {f"{colour} {creature}" for colour, creature in product(COLOURS, CREATURES)}
    assert len(every) >= 400
    assert len({sign_for(chance) for chance in islice(CHANCES, 100)}) > 80


def test_a_sign_is_two_plain_words_that_fit_its_column() -> None:
    for colour, creature in product(COLOURS, CREATURES):
        assert re.fullmatch(r"[a-z]+ [a-z]+", f"{colour} {creature}")
        assert len(f"{colour} {creature}") <= 60


def test_no_sign_is_an_insult_a_party_or_a_flag() -> None:
    """A word that calls somebody something in any common language stays out, however nice the picture."""
    never = {"black", "white", "brown", "yellow", "pig", "dog", "monkey", "snake", "rat", "cow", "ass", "donkey", "fox",
             "elephant", "whale", "cock", "peacock", "frog", "lotus", "rose", "cornflower", "eagle", "bear", "beaver",
             "camel", "cougar", "cherry", "peach", "melon", "herring", "star", "lily", "poppy"}  # fmt: skip
    assert not never & {*COLOURS, *CREATURES}
