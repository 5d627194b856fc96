"""A community decides things, and while it has decided nothing all is as usual."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.community import (
    Community,
    DecidedMeanwhile,
    coming_monday,
    community_of,
    deadlines_to_keep,
    decide,
    digest_of,
    is_decided,
    lock_community,
    usual,
)
from data.database import sessions_of
from data.round import USUAL
from tests.cast import at, run_round

DECISIONS = st.dictionaries(st.sampled_from(["name", "words", "reach_km"]), st.text() | st.integers())


def test_while_nothing_is_decided_all_is_as_usual_and_no_round_keeps_anything(session: Session) -> None:
    community = community_of(session)
    assert (community.name, community.cadence_weeks, community.reach_km) == ("Hello, Stranger", 1, 10)
    assert {name: community.decisions[name] for name in USUAL} == USUAL
    assert not is_decided(community)
    assert deadlines_to_keep(session) is None


def test_what_is_decided_holds_from_the_next_session_on_and_is_kept_by_the_next_round(engine: Engine) -> None:
    with sessions_of(engine)() as session:
        decide(session, usual().decisions | {"answer_hour": 12, "agree_within_hours": 5})
        session.commit()
    with sessions_of(engine)() as session:
        assert community_of(session).answer_hour == 12
        assert deadlines_to_keep(session) == USUAL | {"answer_hour": 12, "agree_within_hours": 5}
        decide(session, {"answer_hour": 18})
        session.commit()
    with sessions_of(engine)() as session:
        assert session.scalars(select(Community.answer_hour)).all() == [18]


def test_of_two_who_decide_first_at_once_one_is_told(engine: Engine) -> None:
    with sessions_of(engine)() as session, sessions_of(engine)() as other:
        assert not is_decided(lock_community(session))
        session.commit()  # both have looked, and neither has decided
        decide(other, usual().decisions | {"name": "Evening School"})
        other.commit()
        with pytest.raises(DecidedMeanwhile):
            decide(session, usual().decisions | {"name": "Morning School"})
        assert lock_community(session).name == "Evening School"
        assert is_decided(community_of(session))


@pytest.mark.parametrize(
    "impossible",
    [
        {"cadence_weeks": 3},
        {"reach_km": 7},
        {"answer_days": 4},
        {"answer_days": 3, "rematch_days": 2},
        {"rematch_days": 6},
        {"answer_hour": 5},
        {"rematch_hour": 24},
        {"agree_within_hours": 0},
        {"agree_within_hours": 169},
        {"id": 2},
    ],
)
def test_the_database_takes_nothing_impossible(session: Session, impossible: dict[str, int]) -> None:
    session.add(Community(**(usual().decisions | impossible)))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_coming_round_counts_from_the_latest(session: Session) -> None:
    assert coming_monday(session, at("tue 12:00")) == at("mon 00:00", weeks=1).date()
    run_round(session)
    decide(session, usual().decisions | {"cadence_weeks": 4})
    assert coming_monday(session, at("tue 12:00")) == at("mon 00:00", weeks=4).date()
    assert coming_monday(session, at("tue 12:00", weeks=4)) == at("mon 00:00", weeks=8).date()


@given(DECISIONS, DECISIONS)
def test_decisions_have_one_name_as_long_as_they_are_the_same(one: dict[str, object], other: dict[str, object]) -> None:
    assert (digest_of(one) == digest_of(other)) == (repr(sorted(one.items())) == repr(sorted(other.items())))
    assert digest_of(dict(reversed(one.items()))) == digest_of(one)
