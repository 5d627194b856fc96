"""Words that are stored and said later: to each reader in their language, whatever people have typed into them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from jobs.conversation import COLOURS, CREATURES, QUESTIONS
from tests.cast import ADA, BEN, bring_together, join, run_round
from web.language import LANGUAGES, speaking
from web.sentence import Sentence, reason_of, sign_of, topic_of

OFFER = "One of you offers %(offer)s; the other is looking for %(wish)s."


def test_a_sentence_is_said_in_the_language_that_is_spoken() -> None:
    sentence = Sentence(OFFER, {"offer": "first aid", "wish": "calm"})
    assert sentence.in_words() == "One of you offers first aid; the other is looking for calm."
    with speaking("de"):
        assert sentence.in_words().startswith("Jemand von euch")
        assert "first aid" in sentence.in_words()


@pytest.mark.parametrize("typed", ["100 %", "%s", "%(wish)s", "%(x)d", "{0}", "<b>"])
def test_what_somebody_typed_is_never_read_as_a_format(typed: str) -> None:
    for code in LANGUAGES:
        with speaking(code):
            assert typed in Sentence(OFFER, {"offer": typed, "wish": "calm"}).in_words()
            assert Sentence(typed).in_words() == typed


def test_professions_have_their_article_in_english_alone() -> None:
    people = Sentence(
        "%(people)s: close enough to understand each other, different enough to learn something.",
        {"people": ["Nurse", "FBI Agent"]},
    )
    assert people.in_words().startswith("A nurse and an FBI agent: ")
    with speaking("es"):
        assert people.in_words().startswith("Nurse y FBI Agent: ")


def test_two_who_read_different_languages_get_the_sign_in_both(session: Session) -> None:
    match = bring_together(
        session, run_round(session), join(session, ADA, language="de"), join(session, BEN), sign="blue heron"
    )
    ada, ben = match.seats
    with speaking("de"):
        assert sign_of(ada) == "Reiher in Blau / blue heron"
    assert sign_of(ben) == "blue heron / Reiher in Blau"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_signs_and_no_two_questions_are_said_alike(code: str) -> None:
    with speaking(code):
        for words in (COLOURS, CREATURES, QUESTIONS):
            assert len({Sentence(one).in_words() for one in words}) == len(words)


def test_old_rows_whose_words_are_whole_are_said_as_they_are(session: Session) -> None:
    match = bring_together(
        session,
        run_round(session),
        join(session, ADA),
        join(session, BEN),
        reason="You both like 50 % rye.",
        topic="rye",
    )
    with speaking("ar"):
        assert (reason_of(match), topic_of(match)) == ("You both like 50 % rye.", "rye")
