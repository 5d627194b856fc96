"""Who was brought together with whom, whether they met, and whether they enjoyed it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from data import past_pairs as past_pairs_module
from data.feedback import Feedback
from data.match import Match
from data.past_pairs import PastPair, past_pairs
from tests.cast import ADA, BEN, CLEO, DAN, MONDAY, at, bring_together, join, run_round

NOTHING: dict[str, Any] = {}


def say(session: Session, match: Match, seat: int, **said: Any) -> None:
    session.add(Feedback(seat=match.seats[seat], given_at=at("fri 10:00"), **({"met": "yes"} | said)))
    session.flush()


@pytest.fixture
def match(session: Session) -> Match:
    """Ada and Ben, who both said yes."""
    return bring_together(session, run_round(session), join(session, ADA), join(session, BEN), on_at=at("tue 10:00"))


def only(session: Session) -> PastPair:
    session.flush()
    (pair,) = past_pairs(session)
    return pair


def test_nobody_has_a_past_at_first(session: Session) -> None:
    assert past_pairs(session) == []


def test_a_match_that_was_on_has_met_unless_somebody_says_otherwise(session: Session, match: Match) -> None:
    ada, ben = (seat.member_id for seat in match.seats)
    assert only(session) == PastPair(ada, ben, MONDAY, met=True, enjoyed=None)
    say(session, match, 0, met="never_arranged")
    assert not only(session).met


def test_one_yes_counts_against_the_others_no(session: Session, match: Match) -> None:
    say(session, match, 0, met="they_did_not_come")
    say(session, match, 1, rating=5)
    assert only(session).met
    assert only(session).enjoyed


def test_a_match_that_was_never_on_has_not_met_but_feedback_may_say_so(session: Session, match: Match) -> None:
    match.on_at = None
    assert not only(session).met
    say(session, match, 1)
    assert only(session).met


def test_who_was_freed_did_not_meet(session: Session, match: Match) -> None:
    match.seats[0].free(at("wed 10:00"))
    assert not only(session).met


@pytest.mark.parametrize(
    ("ada_says", "ben_says", "enjoyed"),
    [
        ({"rating": 4}, None, True),
        ({"rating": 3}, None, False),
        ({"rating": 3, "again": True}, None, True),
        ({"again": False}, None, False),
        ({"rating": 5}, {"rating": 2}, False),
        ({"rating": 5}, {}, True),
        ({}, {}, None),
        ({"met": "they_did_not_come", "rating": 1}, None, None),
    ],
)
def test_enjoyed_is_what_all_say_who_say_anything(
    session: Session,
    match: Match,
    ada_says: dict[str, Any],
    ben_says: dict[str, Any] | None,
    enjoyed: bool | None,  # noqa: FBT001  a column of the table above
) -> None:
    say(session, match, 0, **ada_says)
    if ben_says is not None:
        say(session, match, 1, **ben_says)
    assert only(session).enjoyed is enjoyed


@pytest.mark.parametrize(
    ("ada_says", "ben_says", "again"),
    [
        ({"again": True}, {"again": True}, True),
        ({"again": True}, {"again": False}, False),
        ({"again": True}, {"rating": 5}, False),
        ({"again": True}, None, False),
        ({"met": "never_arranged", "again": True}, {"met": "they_did_not_come", "again": True}, False),
    ],
)
def test_both_would_meet_again_when_both_say_so_and_they_met(
    session: Session,
    match: Match,
    ada_says: dict[str, Any],
    ben_says: dict[str, Any] | None,
    again: bool,  # noqa: FBT001  a column of the table above
) -> None:
    match.mode = "call"
    say(session, match, 0, **ada_says)
    if ben_says is not None:
        say(session, match, 1, **ben_says)
    assert only(session).mode == "call"
    assert only(session).both_again is again


@pytest.mark.parametrize("few", [0, 2_000])
def test_among_some_only_their_pairs_are_told_however_many_they_are(
    session: Session, match: Match, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_pairs_module, "FEW", few)
    ada, ben = (seat.member_id for seat in match.seats)
    cleo = join(session, CLEO)
    bring_together(session, run_round(session, weeks=1), match.seats[0].member, cleo)
    assert len(past_pairs(session)) == 2
    assert [pair[:2] for pair in past_pairs(session, {ada, ben})] == [(ada, ben)]
    assert past_pairs(session, {ben, cleo.id}) == past_pairs(session, []) == []


def test_of_few_members_only_their_pairs_are_read(session: Session, match: Match) -> None:
    bring_together(session, run_round(session, weeks=1), join(session, CLEO), join(session, DAN))
    read = session.execute(past_pairs_module._brought_together([seat.member_id for seat in match.seats])).all()
    assert len(read) == 1


def test_a_trio_is_three_pairs_the_oldest_round_first(session: Session) -> None:
    ada, ben, cleo = (join(session, role) for role in (ADA, BEN, CLEO))
    bring_together(session, run_round(session, weeks=1), ada, cleo)
    bring_together(session, run_round(session), cleo, ada, ben)
    pairs = [(pair.one_id, pair.other_id) for pair in past_pairs(session)]
    assert pairs == [(ada.id, ben.id), (ada.id, cleo.id), (ben.id, cleo.id), (ada.id, cleo.id)]
