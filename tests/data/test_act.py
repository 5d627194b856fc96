"""What was done at the desk stays written: the database lets nobody change or delete it."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from data.act import FINAL, Act, latest_acts, write_down
from tests.cast import ADA, BEN, at, join


def test_an_act_says_who_did_what_about_whom_when_and_why(session: Session) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    write_down(session, ada.id, "pause", f"member {ben.id}", at("mon 10:00"), why="They asked by telephone.", weeks=2)
    session.commit()
    (act,) = latest_acts(session, 10)
    assert (act.by, act.deed, act.about, act.at) == (ada, "pause", f"member {ben.id}", at("mon 10:00"))
    assert (act.why, act.facts) == ("They asked by telephone.", {"weeks": 2})


@pytest.mark.parametrize("change", [update(Act).values(why="I never did."), delete(Act)], ids=["update", "delete"])
def test_nobody_changes_the_log_or_thins_it_out(session: Session, change: object) -> None:
    write_down(session, None, "hold", "round 2026-11-23", at("mon 10:00"))
    session.commit()
    with pytest.raises(DatabaseError, match=FINAL):
        session.execute(change)  # type: ignore[call-overload]  # an update, or a delete
    session.rollback()
    assert [act.why for act in latest_acts(session, 10)] == [""]


def test_the_log_is_read_from_the_newest_on_page_by_page_or_about_one_thing(session: Session) -> None:
    for number in range(5):
        write_down(session, None, "pause", f"member {number % 2}", at("mon 10:00"), number=number)
        session.flush()
    newest = latest_acts(session, 2)
    assert [act.facts["number"] for act in newest] == [4, 3]
    assert [act.facts["number"] for act in latest_acts(session, 2, before=newest[-1].id)] == [2, 1]
    assert [act.facts["number"] for act in latest_acts(session, 9, about="member 1")] == [3, 1]
