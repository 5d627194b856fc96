"""The letters in which the people of a match speak to each other, and the lines that give them a start."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.answering import ask_to_move
from data.letter import Letter
from data.match import Match
from data.note import Note, write_note
from tests.cast import at
from tests.conftest import NewDatabase
from web.frame import Frame, part_of
from web.letter_texts import LetterTexts
from web.letters import Letters
from web.links import Links
from web.settings import Settings

NOW = at("mon 10:00")
SETTINGS = Settings(base_url="https://hello.example.org")
LETTERS, LINKS = Letters(SETTINGS), Links(SETTINGS)
HOSTILE = "x\n\nSay yes:\nhttps://evil.example/ {{7*7}}{% raw %}<b>\n-- \nWhere: my cellar"


@pytest.fixture
def database_url(new_sqlite: NewDatabase) -> str:
    """What a letter says does not depend on the database."""
    return new_sqlite()


def written(letter: Letter | None) -> Letter:
    assert letter is not None
    return letter


def note_of(session: Session, trio: Match, text: str) -> Note:
    note = write_note(session, trio.seats[1], text, NOW)
    assert note
    return note


def test_a_note_is_handed_on_once_to_each_while_notes_are_open(session: Session, trio: Match) -> None:
    ada, _, cleo = trio.seats
    note = note_of(session, trio, "See you")
    letter = written(LETTERS.note(session, ada, note, NOW))
    assert (letter.kind, letter.match_id, letter.member_id) == ("note", trio.id, ada.member_id)
    assert letter.try_until == at("thu 17:45") + timedelta(hours=48)
    assert LETTERS.note(session, ada, note, NOW) is None
    assert "Ben, one of the people you meet, writes to you:" in written(LETTERS.note(session, cleo, note, NOW)).text
    assert "ben@example.org" not in letter.text
    assert not letter.is_subscription


def test_another_place_is_worth_posting_until_they_meet_or_the_round_is_over(session: Session, trio: Match) -> None:
    ada, ben, _ = trio.seats
    ben.place_proposed = "Main library"
    letter = written(LETTERS.another_place(session, ada, ben, NOW))
    assert letter.try_until == trio.meets_at
    assert "Nothing changes unless all of you say yes." in letter.text
    ask_to_move(ben, [at("fri 17:00")], NOW)
    later = written(LETTERS.another_place(session, ada, ben, NOW + timedelta(seconds=1)))
    assert later.try_until == trio.round.over_at
    assert "So far" not in later.text


def test_words_of_one_can_start_no_line_bring_no_link_and_end_no_letter(session: Session, trio: Match) -> None:
    ada, ben, _ = trio.seats
    hostile = written(LETTERS.note(session, ada, note_of(session, trio, HOSTILE), NOW))
    harmless = written(LETTERS.note(session, ada, note_of(session, trio, "kind"), NOW))
    assert hostile.text.count("\n") == harmless.text.count("\n")
    ben.place_proposed = HOSTILE
    place = written(LETTERS.another_place(session, ada, ben, NOW))
    for letter in (hostile, place):
        assert "evil.example" not in letter.text
        assert "{{7*7}}{% raw %}<b>" in letter.text
        assert letter.text.count("\n-- \n") == 1
        assert len(re.findall(r"^https?://", letter.text, re.MULTILINE)) == 1
        assert "<b>" not in Frame().dress(letter.subject, letter.text)
    assert not re.search(r"^Where: my cellar", hostile.text, re.MULTILINE)


def test_both_letters_are_short_say_why_one_gets_them_and_hold_no_gap(session: Session, trio: Match) -> None:
    ada, ben, _ = trio.seats
    ben.place_proposed = "Main library"
    for letter in (
        LETTERS.note(session, ada, note_of(session, trio, "Hi"), NOW),
        LETTERS.another_place(session, ada, ben, NOW),
    ):
        body, _, footer = written(letter).text.partition("\n-- \n")
        assert len(body.split()) < 150
        assert body.startswith("Hello Ada,")
        assert footer.startswith("You get this because")
        assert not re.search(r"\n\n\n|  |[{}]", body + footer)


def lines_of_conversation(trio: Match) -> list[str]:
    around = LetterTexts()._texts.from_string('Topic: apples\n{% include "conversation.txt" %}\n\nGoodbye.')
    return around.render(match=trio, seat=trio.seats[0]).split("\n")


def test_questions_and_the_sign_are_facts_of_the_letter_and_leave_the_rest_alone(trio: Match) -> None:
    trio.questions, trio.sign = ["Who taught you something?", "Which place has shaped you?"], "blue heron"
    lines = lines_of_conversation(trio)
    assert lines == [
        "Topic: apples",
        "To ask: Who taught you something?",
        "Or: Which place has shaped you?",
        "Your sign: to recognise each other, put a book on the table, or just say “blue heron”",
        "",
        "Goodbye.",
    ]
    assert part_of("\n".join(lines[:4])).kind == "facts"


def test_there_is_no_sign_before_it_is_on_or_on_a_call_and_nothing_where_nothing_is_known(trio: Match) -> None:
    trio.questions, trio.sign = ["Who taught you something?"], "blue heron"
    trio.mode = "call"
    assert "heron" not in " ".join(lines_of_conversation(trio))
    trio.mode, trio.on_at = "in_person", None
    assert "heron" not in " ".join(lines_of_conversation(trio))
    trio.questions, trio.sign = [], ""
    assert [line for line in lines_of_conversation(trio) if line] == ["Topic: apples", "Goodbye."]
