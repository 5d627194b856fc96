"""Leaving for good: nothing of them is left, and nobody is left waiting."""

from __future__ import annotations

from sqlalchemy import MetaData, create_engine, select
from sqlalchemy.orm import Session

from data.feedback import Feedback
from data.match import Match
from data.sign_in import SignIn
from tests.cast import ADA, BEN, at, bring_together, join, run_round, say_yes
from tests.web.conftest import SigningIn, fresh, letters
from web.letters import Letters
from web.settings import Settings


def test_ada_leaves_and_ben_is_not_left_waiting(
    session: Session, signed_in: SigningIn, settings: Settings, ada_and_ben: Match
) -> None:
    ada, ben = ada_and_ben.seats
    for seat in (ada, ben):
        say_yes(seat, at("mon 10:00"))
    for seat in (ada, ben):
        Letters(settings).it_is_on(session, seat, at("mon 10:00"))
    browser = signed_in(ada.member)
    assert "It cannot be undone" in browser.open("/profile/leave").text
    assert "Goodbye, Ada" in browser.press("/profile/leave", follow=True).text
    fresh(session, ada, ben, ada.member)
    assert ada.member.left_at == at("mon 12:00")
    assert (ada.declined_why, ada.freed_at) == ("not_this_week", None)  # `rematch` sees to Ben
    assert [(letter.kind, letter.address) for letter in letters(session) if letter.given_up_at is None] == [
        ("goodbye", "ada@example.org")
    ]
    assert browser.open("/profile").status_code == 303
    assert browser.press("/profile/leave").status_code == 303  # pressed twice


def test_no_word_of_ada_is_left_but_in_her_last_letter(
    session: Session, signed_in: SigningIn, settings: Settings
) -> None:
    ada = join(session, ADA, first_name="Adaline", topics="beekeeping", phone="+45 11 22 33 44")
    ben = join(session, BEN)
    past = bring_together(
        session, run_round(session, weeks=-1), ada, ben, topic="bread", on_at=at("mon 09:00", weeks=-1)
    )
    for seat in past.seats:
        Letters(settings).it_is_on(session, seat, at("mon 10:00", weeks=-1))
    feedback = Feedback(seat_id=past.seats[0].id, given_at=at("fri 10:00", weeks=-1), met="yes", rating=4)
    feedback.learned = "I, Adaline, like rye"
    session.add(feedback)
    signed_in(ada).press("/profile/leave")
    assert [letter.kind for letter in letters(session)] == ["goodbye", "it_is_on"]
    fresh(session, feedback)
    assert (feedback.met, feedback.rating, feedback.learned) == ("yes", 4, "")  # what others need, without her words
    assert session.scalars(select(SignIn)).all() == []
    session.commit()
    everything = _everything_but_goodbye(settings.database_url)
    for word in ("Adaline", "ada@example.org", "beekeeping", "+45 11 22", "Nurse"):
        assert word not in everything


def _everything_but_goodbye(url: str) -> str:
    engine = create_engine(url)
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        rows = [str(row) for table in tables.sorted_tables for row in connection.execute(select(table))]
    engine.dispose()
    return "\n".join(row for row in rows if "goodbye" not in row)
