"""Reliability: forgiving, counted from what both sides say, and nothing where they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from time import perf_counter

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from data.answering import decline
from data.feedback import Feedback
from data.match import Match, Seat
from data.member import Member
from data.reliability import kept_shares, reliability_of
from tests.cast import ADA, BEN, CLEO, DAN, at, bring_together, join, run_round, say_yes

AFTER = at("fri 10:00")
YES, ALONE, I_COULD_NOT, NEVER = "yes", "they_did_not_come", "i_could_not", "never_arranged"


@pytest.fixture
def ada(session: Session) -> Member:
    return join(session, ADA)


@pytest.fixture
def met(session: Session, ada: Member) -> Match:
    """Ada and Ben on Friday: their meeting was on Thursday evening."""
    return all_say_yes(bring_together(session, run_round(session), ada, join(session, BEN)))


def all_say_yes(match: Match) -> Match:
    for seat in match.seats:
        say_yes(seat, at("mon 10:00"))
    return match


def say(session: Session, seat: Seat, met: str | None, when: datetime = AFTER) -> None:
    if met is not None:
        session.add(Feedback(seat_id=seat.id, given_at=when, met=met))
        session.flush()


def kept(session: Session, member: Member, now: datetime = AFTER) -> list[bool | None]:
    return [meeting.kept(now) for meeting in reliability_of(session, member.id, now).past]


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ((None, None), [True, True]),
        ((YES, None), [True, True]),
        ((YES, YES), [True, True]),
        ((I_COULD_NOT, None), [False, True]),
        ((I_COULD_NOT, ALONE), [False, True]),
        ((I_COULD_NOT, I_COULD_NOT), [False, False]),
        ((ALONE, None), [True, None]),  # Ben is asked for his side first
        ((ALONE, YES), [None, None]),
        ((ALONE, ALONE), [None, None]),
        ((ALONE, NEVER), [None, None]),
        ((I_COULD_NOT, YES), [None, None]),
        ((I_COULD_NOT, NEVER), [None, None]),
        ((NEVER, NEVER), [None, None]),
        ((NEVER, None), [None, None]),
        ((NEVER, YES), [None, None]),
    ],
)
def test_what_both_say_decides_and_nothing_counts_where_they_disagree(
    session: Session, met: Match, said: tuple[str | None, str | None], counted: list[bool | None]
) -> None:
    for seat, word in zip(met.seats, said, strict=True):
        say(session, seat, word)
    assert [kept(session, seat.member) for seat in met.seats] == [[one] for one in counted]


def test_silence_counts_a_week_after_he_was_asked_and_no_sooner(session: Session, met: Match) -> None:
    ben = met.seats[1].member
    say(session, met.seats[0], ALONE)
    assert kept(session, ben, AFTER + timedelta(days=8)) == [None]
    assert kept(session, ben, AFTER + timedelta(days=8, seconds=1)) == [False]
    say(session, met.seats[1], YES, AFTER + timedelta(days=9))  # even then his word stands against hers
    assert kept(session, ben, AFTER + timedelta(days=10)) == [None]


def test_notice_given_counts_as_kept_whatever_is_said_afterwards(session: Session, met: Match) -> None:
    ada, ben = (seat.member for seat in met.seats)
    decline(met.seats[1], at("thu 16:59"), "not_this_week")
    say(session, met.seats[1], I_COULD_NOT)
    say(session, met.seats[0], ALONE)
    for seat in met.seats:
        seat.free(at("thu 16:59"))
    session.flush()
    assert kept(session, ben) == [True]
    assert kept(session, ada) == []  # for her there was no meeting


def test_only_meetings_said_yes_to_that_are_over_count(session: Session, ada: Member) -> None:
    ben, cleo = join(session, BEN), join(session, CLEO)
    unanswered = bring_together(session, run_round(session, weeks=-2), ada, ben)
    say_yes(unanswered.seats[1], at("mon 10:00", weeks=-2))
    refused = bring_together(session, run_round(session, weeks=-1), ada, cleo)
    decline(refused.seats[0], at("mon 10:00", weeks=-1), "someone_else")
    all_say_yes(bring_together(session, run_round(session), ada, ben))
    session.flush()
    assert kept(session, ada, at("thu 17:30")) == []
    assert kept(session, ada) == [True]


def test_of_three_one_may_have_missed_the_other_two(session: Session, ada: Member) -> None:
    trio = all_say_yes(bring_together(session, run_round(session), ada, join(session, BEN), join(session, CLEO)))
    say(session, trio.seats[0], YES)
    say(session, trio.seats[1], YES)
    say(session, trio.seats[2], I_COULD_NOT)
    assert [kept(session, seat.member) for seat in trio.seats] == [[True], [True], [False]]


def test_whom_one_of_three_missed_is_not_blamed_when_another_met_them(session: Session, ada: Member) -> None:
    trio = all_say_yes(bring_together(session, run_round(session), ada, join(session, BEN), join(session, CLEO)))
    say(session, trio.seats[0], YES)
    say(session, trio.seats[1], ALONE)
    assert kept(session, trio.seats[2].member, AFTER + timedelta(days=30)) == [None]


def live(session: Session, one: Member, other: Member, said: Sequence[str | None]) -> None:
    """Let two meet once a week, the last time this week; the first says each time what it was."""
    for ago, word in zip(range(len(said) - 1, -1, -1), said, strict=True):
        match = bring_together(session, run_round(session, weeks=-ago), one, other)
        for seat in match.seats:
            say_yes(seat, at("mon 10:00", weeks=-ago))
        session.flush()
        say(session, match.seats[0], word)


def test_a_newcomer_is_believed_in_and_one_mishap_weighs_little(session: Session, ada: Member) -> None:
    ben = join(session, BEN)
    assert kept_shares(session, [ada.id, ben.id], AFTER) == {ada.id: 0.9, ben.id: 0.9}
    live(session, ada, ben, [I_COULD_NOT])
    assert kept_shares(session, [ada.id, ben.id], AFTER) == pytest.approx({ada.id: 9 / 11, ben.id: 10 / 11})


def test_only_the_last_twenty_count(session: Session, ada: Member) -> None:
    live(session, ada, join(session, BEN), [I_COULD_NOT] * 5 + [YES] * 19 + [I_COULD_NOT])
    found = reliability_of(session, ada.id, AFTER)
    assert (len(found.past), found.kept, found.missed) == (20, 19, 1)
    assert found.share == pytest.approx(28 / 30)
    assert [meeting.said for meeting in found.past[:2]] == [I_COULD_NOT, YES]  # the newest first
    assert kept_shares(session, [ada.id], AFTER)[ada.id] == found.share


def test_thousands_are_asked_about_in_one_query(session: Session, ada: Member) -> None:
    live(session, ada, join(session, BEN), [I_COULD_NOT, YES])
    dan = join(session, DAN)
    statements: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    start = perf_counter()
    shares = kept_shares(session, range(4000), AFTER)
    assert perf_counter() - start < 5
    assert len(statements) == 1
    assert shares[ada.id] == pytest.approx(10 / 12)
    assert shares[dan.id] == 0.9
