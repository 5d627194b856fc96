"""Two who avoid each other are kept apart, whoever said so and however often."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.avoidance import (
    Avoidance,
    apart_by_organisers,
    are_apart,
    avoided_pairs,
    keep_apart,
    no_longer_apart,
)
from data.database import sessions_of
from data.member import Member
from tests import cast


def test_it_works_both_ways_and_is_kept_once(session: Session) -> None:
    ada, ben = cast.join(session, cast.ADA), cast.join(session, cast.BEN)
    keep_apart(session, ben.id, ada.id, "barred", cast.at("fri 10:00"))
    keep_apart(session, ada.id, ben.id, "barred", cast.at("sat 10:00"))
    keep_apart(session, ada.id, ben.id, "reported", cast.at("sat 10:00"))
    session.flush()
    assert avoided_pairs(session) == [(ada.id, ben.id)]
    cleo = cast.join(session, cast.CLEO)
    assert are_apart(session, [cleo.id, ben.id, ada.id])
    assert not are_apart(session, [cleo.id, ben.id])
    assert not are_apart(session, [])


def test_nobody_avoids_themselves(session: Session) -> None:
    ada = cast.join(session, cast.ADA)
    session.add(Avoidance(first_id=ada.id, second_id=ada.id, why="barred", since=cast.at("fri 10:00")))
    with pytest.raises(IntegrityError):
        session.flush()


def test_both_may_say_so_at_one_moment(engine: Engine) -> None:
    with sessions_of(engine).begin() as session:
        ada, ben = cast.join(session, cast.ADA), cast.join(session, cast.BEN)
    both_are_here = Barrier(2, timeout=30)

    def bar(one: Member, other: Member) -> None:
        both_are_here.wait()
        with sessions_of(engine).begin() as session:
            keep_apart(session, one.id, other.id, "barred", cast.at("fri 10:00"))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(bar, ada, ben), pool.submit(bar, ben, ada)]:
            done.result()
    with sessions_of(engine)() as session:
        assert session.scalar(select(func.count()).select_from(Avoidance)) == 1


def test_a_bar_that_comes_second_leaves_the_rest_of_its_request_whole(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = cast.join(session, cast.ADA), cast.join(session, cast.BEN)
    with monkeypatch.context() as too_early:
        too_early.setattr(session, "scalar", lambda *_: None)  # both looked before either wrote
        keep_apart(session, ada.id, ben.id, "barred", cast.at("fri 10:00"))
        keep_apart(session, ben.id, ada.id, "barred", cast.at("fri 10:00"))
    cast.join(session, cast.CLEO)
    session.commit()
    assert avoided_pairs(session) == [(ada.id, ben.id)]


def test_organisers_take_back_what_organisers_said_and_nothing_else(session: Session) -> None:
    ada, ben = cast.join(session, cast.ADA), cast.join(session, cast.BEN)
    keep_apart(session, ada.id, ben.id, "organiser", cast.at("fri 10:00"))
    keep_apart(session, ada.id, ben.id, "barred", cast.at("fri 10:00"))
    assert (apart_by_organisers(session, ada.id), apart_by_organisers(session, ben.id)) == ([ben.id], [ada.id])
    assert no_longer_apart(session, ben.id, ada.id)
    assert not no_longer_apart(session, ben.id, ada.id)
    assert apart_by_organisers(session, ada.id) == []
    assert are_apart(session, [ada.id, ben.id])
