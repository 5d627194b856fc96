"""The rematch: whoever loses a partner hears of it, and somebody else is found the same week."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

import jobs.rematch
from data import answering
from data.answering import SHORT_NOTICE
from data.avoidance import keep_apart
from data.letter import Letter
from data.match import Match
from data.meeting_time import MeetingTime
from data.round import Round, latest_round
from jobs.arrange import Arrangement, arrange
from jobs.known import Known
from jobs.left_over import count_as_left_out, take_back, tell_left_over
from jobs.rematch import rematch
from jobs.weekly_round import weekly_round
from tests.cast import ADA, BEN, CLEO, DAN, EVA, MONDAY, Role, at, bring_together, run_round
from tests.jobs.stage import (
    accept,
    at_once,
    everything,
    member_named,
    say_no,
    seat_of,
    sign_up,
    together,
    told,
)  # fmt: skip
from web.letters import Letters
from web.settings import Settings

GUS = Role("Gus", "Baker")
TUESDAY = at("tue 10:00")
SOON = at("tue 10:01")


@pytest.fixture
def pair(sessions: sessionmaker[Session]) -> None:
    """Ada and Ben are matched; nobody else is there."""
    sign_up(sessions, ADA, BEN)
    match(sessions, "Ada", "Ben")


def match(sessions: sessionmaker[Session], *names: str, **changes: object) -> None:
    """Bring some of the cast together in the round of MONDAY."""
    with sessions.begin() as session:
        known = latest_round(session) or run_round(session)
        bring_together(session, known, *[member_named(session, name) for name in names], **changes)


def waited(sessions: sessionmaker[Session], name: str) -> int:
    with sessions() as session:
        return member_named(session, name).times_left_out


@pytest.mark.usefixtures("pair")
def test_while_all_is_well_nothing_happens(sessions: sessionmaker[Session], settings: Settings, engine: Engine) -> None:
    accept(sessions, TUESDAY, "Ada")
    before = everything(engine)
    assert rematch(sessions, settings, SOON) == "Round of 2026-11-23: 0 lost their partner, 0 matches were made"
    assert everything(engine) == before


@pytest.mark.parametrize("now", [at("tue 10:00"), at("mon 12:00", weeks=2)])
def test_without_a_round_this_week_there_is_nothing_to_look_after(
    sessions: sessionmaker[Session], settings: Settings, now: datetime
) -> None:
    if now > at("sun 00:00"):
        with sessions.begin() as session:
            run_round(session)
    assert rematch(sessions, settings, now) == "There is no round this week to look after"


@pytest.mark.usefixtures("pair")
def test_ben_declines_and_ada_meets_cleo_the_same_week(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, CLEO)
    accept(sessions, TUESDAY, "Ada")
    say_no(sessions, TUESDAY, "Ben", "not_this_week")
    rematch(sessions, settings, SOON)
    assert together(sessions) == {frozenset({"Ada", "Cleo"})}
    assert told(sessions) == {("Ada", "they_cannot_come"): 1, ("Ada", "your_match"): 1, ("Cleo", "your_match"): 1}


@pytest.mark.usefixtures("pair")
def test_whoever_asked_for_somebody_else_gets_somebody_else(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, CLEO, GUS)
    say_no(sessions, TUESDAY, "Ben")
    rematch(sessions, settings, SOON)
    assert frozenset({"Ada", "Ben"}) not in together(sessions)
    assert {name for pair in together(sessions) for name in pair} == {"Ada", "Ben", "Cleo", "Gus"}


@pytest.mark.usefixtures("pair")
def test_two_who_fell_apart_are_not_brought_together_again_in_the_same_round(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    say_no(sessions, TUESDAY, "Ben")
    rematch(sessions, settings, SOON)
    assert together(sessions) == set()


@pytest.mark.usefixtures("pair")
def test_nobody_is_told_why(sessions: sessionmaker[Session], settings: Settings) -> None:
    ada, ben = (seat_id(sessions, name) for name in ("Ada", "Ben"))
    with sessions.begin() as session:
        keep_apart(session, ada, ben, "reported", TUESDAY)
    rematch(sessions, settings, SOON)
    with sessions() as session:
        letters = session.scalars(select(Letter)).all()
    assert {letter.kind for letter in letters} == {"they_cannot_come"}
    assert len(letters) == 2  # neither said no, so both hear the same of the other
    for word in ("report", "avoid", "bar", "declin", "refus", "silen"):
        assert not any(word in letter.text.lower() for letter in letters), word


def seat_id(sessions: sessionmaker[Session], name: str) -> int:
    with sessions() as session:
        return member_named(session, name).id


@pytest.mark.usefixtures("pair")
def test_silence_frees_the_seat_and_the_silent_are_left_in_peace(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, CLEO, GUS)
    match(sessions, "Cleo", "Gus")
    accept(sessions, TUESDAY, "Ada", "Cleo")
    rematch(sessions, settings, at("wed 19:00"))
    assert len(together(sessions)) == 2
    rematch(sessions, settings, at("wed 19:01"))
    assert together(sessions) == {frozenset({"Ada", "Cleo"})}
    assert {key for key in told(sessions) if key[0] in {"Ben", "Gus"}} == set()
    with sessions() as session:
        late = seat_of(session, "Ada").match
        assert late.times[0].starts_at == at("fri 17:00")
        assert seat_of(session, "Ada").answer_by == at("thu 19:01")


@pytest.mark.usefixtures("pair")
def test_two_silent_ones_fall_apart_without_a_word(sessions: sessionmaker[Session], settings: Settings) -> None:
    assert "0 lost their partner" in rematch(sessions, settings, at("wed 19:01"))
    assert together(sessions) == set()
    assert told(sessions) == {}


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize("how", ["leaves", "unsubscribes"])
def test_whoever_goes_does_not_leave_the_other_waiting(
    sessions: sessionmaker[Session], settings: Settings, how: str
) -> None:
    accept(sessions, TUESDAY, "Ada")
    with sessions.begin() as session:
        ben = member_named(session, "Ben")
        ben.leave(TUESDAY) if how == "leaves" else ben.unsubscribe(TUESDAY)
    rematch(sessions, settings, SOON)
    assert together(sessions) == set()
    assert told(sessions) == {("Ada", "they_cannot_come"): 1}


def test_a_trio_goes_on_as_two(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, BEN, CLEO)
    match(sessions, "Ada", "Ben", "Cleo")
    accept(sessions, TUESDAY, "Ada", "Ben")
    say_no(sessions, TUESDAY, "Cleo", "not_this_week")
    rematch(sessions, settings, SOON)
    assert together(sessions) == {frozenset({"Ada", "Ben"})}
    with sessions() as session:
        assert seat_of(session, "Ada").match.on_at == SOON
    assert told(sessions) == {
        (name, kind): 1 for name in ("Ada", "Ben") for kind in ("they_cannot_come", "it_is_on")
    }  # fmt: skip


def test_a_trio_in_which_two_have_not_answered_is_not_on_yet(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN, CLEO)
    match(sessions, "Ada", "Ben", "Cleo")
    say_no(sessions, TUESDAY, "Cleo", "not_this_week")
    rematch(sessions, settings, SOON)
    with sessions() as session:
        assert seat_of(session, "Ada").match.on_at is None
    assert {kind for _, kind in told(sessions)} == {"they_cannot_come"}


def test_a_trio_that_was_on_stays_on_as_two(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, BEN, CLEO)
    match(sessions, "Ada", "Ben", "Cleo")
    accept(sessions, TUESDAY, "Ada", "Ben", "Cleo")
    say_no(sessions, at("wed 10:00"), "Cleo", "not_this_week")
    rematch(sessions, settings, at("wed 10:01"))
    with sessions() as session:
        assert seat_of(session, "Ada").match.on_at == TUESDAY
        assert seat_of(session, "Ada").match.is_on
    assert {kind for _, kind in told(sessions)} == {"they_cannot_come"}


def test_a_newcomer_need_not_wait_for_monday(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, BEN, CLEO)
    weekly_round(sessions, settings, at("mon 06:00"))
    sign_up(sessions, GUS)
    assert "1 matches were made" in rematch(sessions, settings, TUESDAY)
    assert {name for pair in together(sessions) for name in pair} == {"Ada", "Ben", "Cleo", "Gus"}
    assert [waited(sessions, name) for name in ("Ada", "Ben", "Cleo", "Gus")] == [0, 0, 0, 0]  # nobody sat out


def test_a_letter_of_monday_morning_waits_for_the_readers_morning(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    with sessions.begin() as session:
        run_round(session)
    sign_up(sessions, ADA, BEN)
    rematch(sessions, settings, at("mon 06:10"))
    with sessions() as session:
        assert {letter.try_after for letter in session.scalars(select(Letter))} == {at("mon 07:00")}


def test_until_thursday_evening_somebody_is_found_and_then_nobody(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN, CLEO, GUS)
    match(sessions, "Ada", "Ben", times=[at("sat 10:00")])
    match(sessions, "Cleo", "Gus", times=[at("sat 10:00")])
    accept(sessions, TUESDAY, "Ada", "Ben", "Cleo", "Gus")
    say_no(sessions, at("thu 19:00"), "Ben", "not_this_week")
    say_no(sessions, at("thu 20:00"), "Gus", "not_this_week")
    late = {}
    for now in (at("thu 20:00"), at("thu 20:01")):
        rematch(sessions, settings, now)
        late[now] = together(sessions)
    assert late == {now: {frozenset({"Ada", "Cleo"})} for now in late}


def test_after_thursday_evening_whoever_is_left_comes_first_next_week(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN, CLEO)
    match(sessions, "Ada", "Ben", times=[at("sat 10:00")])
    accept(sessions, TUESDAY, "Ada", "Ben")
    rematch(sessions, settings, at("thu 20:01"))
    say_no(sessions, at("fri 09:00"), "Ben")
    for _ in range(2):
        rematch(sessions, settings, at("fri 09:01"))
    assert together(sessions) == set()
    assert told(sessions) == {("Ada", "they_cannot_come"): 1}
    assert [waited(sessions, name) for name in ("Ada", "Ben", "Cleo")] == [1, 0, 0]


@pytest.mark.usefixtures("pair")
def test_for_whom_nobody_was_found_by_thursday_is_told_once(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    say_no(sessions, TUESDAY, "Ben", "not_this_week")
    for now in (SOON, at("thu 20:00"), at("thu 20:01"), at("thu 20:02"), at("fri 12:00")):
        rematch(sessions, settings, now)
    assert told(sessions) == {("Ada", "they_cannot_come"): 1, ("Ada", "nobody_this_week"): 1}
    assert (waited(sessions, "Ada"), waited(sessions, "Ben")) == (1, 0)


def test_a_newcomer_of_friday_is_not_told_of_a_round_they_were_never_in(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    with sessions.begin() as session:
        run_round(session)
    sign_up(sessions, ADA, confirmed_at=at("fri 09:00"))
    rematch(sessions, settings, at("fri 09:01"))
    assert told(sessions) == {}


def test_sitting_out_counts_once_however_often_one_is_let_down(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    """Cleo is left over on Monday, seated on Tuesday, let down, seated again, let down again."""
    sign_up(sessions, CLEO)
    weekly_round(sessions, settings, at("mon 06:00"))
    assert waited(sessions, "Cleo") == 1
    for day, role in (("tue", GUS), ("wed", BEN)):
        sign_up(sessions, role)
        rematch(sessions, settings, at(f"{day} 09:00"))
        assert together(sessions) == {frozenset({"Cleo", role.name})}
        assert waited(sessions, "Cleo") == 0
        say_no(sessions, at(f"{day} 10:00"), role.name, "not_this_week")
        rematch(sessions, settings, at(f"{day} 10:01"))
    rematch(sessions, settings, at("thu 20:01"))
    rematch(sessions, settings, at("thu 20:02"))
    assert waited(sessions, "Cleo") == 1
    assert told(sessions)["Cleo", "nobody_this_week"] == 1


def test_the_same_people_are_not_asked_again_every_minute(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(sessions, ADA, EVA, meets="in_person")
    weekly_round(sessions, settings, at("mon 06:00"))
    asked: list[int] = []

    def count_and_arrange(known: Known, round_: Round, now: datetime) -> Arrangement:
        asked.append(len(known.available))
        return arrange(known, round_, now)

    monkeypatch.setattr(jobs.rematch, "arrange", count_and_arrange)
    for now in (at("mon 06:01"), at("mon 06:02"), at("mon 06:03")):
        rematch(sessions, settings, now)
    assert asked == [2]
    with sessions.begin() as session:
        member_named(session, "Ada").meets = member_named(session, "Eva").meets = "call"
    rematch(sessions, settings, at("mon 06:04"))
    assert asked == [2, 2]
    assert together(sessions) == {frozenset({"Ada", "Eva"})}


@pytest.mark.parametrize("now", [SOON, at("thu 20:01")])
def test_two_processes_at_once_act_once(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, now: datetime
) -> None:
    sign_up(sessions, ADA, BEN, CLEO, DAN, GUS)
    match(sessions, "Ada", "Ben", times=[at("sat 10:00")])
    match(sessions, "Cleo", "Gus", times=[at("sat 10:00")])
    accept(sessions, TUESDAY, "Ada", "Cleo")
    say_no(sessions, TUESDAY, "Ben", "not_this_week")
    say_no(sessions, TUESDAY, "Gus", "not_this_week")
    at_once(engine, rematch, now)
    assert told(sessions)["Ada", "they_cannot_come"] == told(sessions)["Cleo", "they_cannot_come"] == 1
    assert max(told(sessions).values()) == 1
    assert max(waited(sessions, name) for name in ("Ada", "Cleo")) <= 1
    after = everything(engine)
    rematch(sessions, settings, now)
    assert everything(engine) == after


def test_two_processes_do_not_seat_the_same_newcomers(
    sessions: sessionmaker[Session], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sessions.begin() as session:
        run_round(session)
    sign_up(sessions, ADA, BEN)
    both_decide = Barrier(2)

    def arrange_beside_the_other(known: Known, round_: Round, now: datetime) -> Arrangement:
        with suppress(BrokenBarrierError):
            both_decide.wait(timeout=0.5)  # with the round locked, the other never gets here meanwhile
        return arrange(known, round_, now)

    monkeypatch.setattr(jobs.rematch, "arrange", arrange_beside_the_other)
    at_once(engine, rematch, TUESDAY)
    assert told(sessions) == {("Ada", "your_match"): 1, ("Ben", "your_match"): 1}


@pytest.mark.usefixtures("pair")
def test_a_crash_in_the_middle_leaves_nothing_half_done(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(sessions, CLEO)
    say_no(sessions, TUESDAY, "Ben", "not_this_week")
    before = everything(engine)
    with monkeypatch.context() as patched:
        patched.setattr(Letters, "your_match", crash)
        with pytest.raises(KeyboardInterrupt):
            rematch(sessions, settings, SOON)
    assert everything(engine) == before
    rematch(sessions, settings, at("tue 10:02"))
    assert together(sessions) == {frozenset({"Ada", "Cleo"})}


def crash(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("pair")
def test_an_answer_given_meanwhile_is_heard(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ben's silence was seen, but when his match is locked he has just said yes."""
    accept(sessions, TUESDAY, "Ada", "Ben")
    monkeypatch.setattr(
        jobs.rematch, "matches_falling_through", lambda session, *_: list(session.scalars(select(Match)))
    )
    rematch(sessions, settings, at("wed 19:01"))
    assert together(sessions) == {frozenset({"Ada", "Ben"})}
    assert told(sessions) == {}


def test_only_those_told_are_taken_back(sessions: sessionmaker[Session], settings: Settings) -> None:
    numbers = sign_up(sessions, ADA, BEN, CLEO)
    with sessions.begin() as session:
        round_ = run_round(session)
        ada = member_named(session, "Ada")
        assert tell_left_over(session, round_, [ada], Letters(settings), TUESDAY) == 1
        assert tell_left_over(session, round_, [ada], Letters(settings), TUESDAY) == 0
        count_as_left_out(session, numbers[1:2])
        take_back(session, round_, numbers)
    assert [waited(sessions, name) for name in ("Ada", "Ben", "Cleo")] == [1, 1, 0]
    assert MONDAY.isoweekday() == 1


def test_a_friday_cancellation_calls_in_somebody_who_likes_short_notice(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN, GUS)
    sign_up(sessions, CLEO, short_notice=True)
    match(sessions, "Ada", "Ben", times=[at("sat 10:00")])
    accept(sessions, TUESDAY, "Ada", "Ben")
    say_no(sessions, at("fri 09:00"), "Ben", "not_this_week")
    for _ in range(2):
        rematch(sessions, settings, at("fri 09:01"))
    assert together(sessions) == {frozenset({"Ada", "Cleo"})}
    with sessions() as session:
        rescue = seat_of(session, "Ada").match
        assert rescue.times[0].starts_at >= at("fri 12:01")
        assert all(time.starts_at < at("sun 00:00") for time in rescue.times)
        assert rescue.answer_until == rescue.times[-1].starts_at - SHORT_NOTICE
    assert waited(sessions, "Ada") == 0
    assert told(sessions)["Cleo", "your_match"] == 1
    assert ("Gus", "your_match") not in told(sessions)


@pytest.mark.parametrize("no", [TUESDAY, at("fri 09:00")], ids=["in_time", "at_short_notice"])
@pytest.mark.parametrize("met", [True, False])
def test_a_rescue_brings_a_stranger_never_somebody_one_has_met(
    sessions: sessionmaker[Session], settings: Settings, no: datetime, *, met: bool
) -> None:
    sign_up(sessions, ADA, BEN)
    sign_up(sessions, CLEO, short_notice=True)
    match(sessions, "Ada", "Ben", times=[at("sat 10:00")])
    accept(sessions, TUESDAY, "Ada", "Ben")
    say_no(sessions, no, "Ben", "not_this_week")
    with sessions.begin() as session:
        ada, cleo = (member_named(session, name) for name in ("Ada", "Cleo"))
        bring_together(session, run_round(session, weeks=-4), ada, cleo, on_at=TUESDAY if met else None)
    rematch(sessions, settings, no + timedelta(minutes=1))
    assert told(sessions)["Cleo", "your_match"] == (not met)


def test_two_who_may_be_called_in_are_not_paired_when_nobody_needs_them(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN)
    sign_up(sessions, CLEO, DAN, GUS, short_notice=True)
    match(sessions, "Ada", "Ben", times=[at("sat 10:00")])
    accept(sessions, TUESDAY, "Ada", "Ben")
    say_no(sessions, at("fri 09:00"), "Ben", "not_this_week")
    rematch(sessions, settings, at("fri 09:01"))
    assert len(together(sessions)) == 1


def test_two_stood_up_are_never_promised_the_same_third(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, BEN, CLEO, GUS)
    sign_up(sessions, DAN, short_notice=True, reach_km=50)
    match(sessions, "Ada", "Ben", times=[at("sat 10:00")])
    match(sessions, "Cleo", "Gus", times=[at("sat 10:00")])
    with sessions.begin() as session:  # who was let down would rather not meet each other
        keep_apart(session, member_named(session, "Ada").id, member_named(session, "Cleo").id, "uneasy", TUESDAY)
        for name in ("Ada", "Cleo"):
            member_named(session, name).reach_km = 50
    accept(sessions, TUESDAY, "Ada", "Ben", "Cleo", "Gus")
    for name in ("Ben", "Gus"):
        say_no(sessions, at("fri 09:00"), name, "not_this_week")
    rematch(sessions, settings, at("fri 09:01"))
    pairs = together(sessions)
    assert len(pairs) == 1
    assert "Dan" in next(iter(pairs))


def test_a_meeting_of_last_week_is_looked_after_as_well(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, BEN)
    match(sessions, "Ada", "Ben", times=[at("tue 17:00", weeks=1)])
    accept(sessions, TUESDAY, "Ada", "Ben")
    with sessions.begin() as session:
        run_round(session, weeks=1)
    say_no(sessions, at("mon 12:00", weeks=1), "Ben", "not_this_week")
    rematch(sessions, settings, at("mon 12:01", weeks=1))
    with sessions() as session:
        assert session.get_one(Match, 1).is_off
    assert told(sessions)["Ada", "they_cannot_come"] == 1


@pytest.mark.usefixtures("pair")
def test_two_who_found_no_common_time_are_both_paired_again(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    with sessions.begin() as session:
        pair = seat_of(session, "Ada").match
        pair.times.append(MeetingTime(starts_at=at("fri 17:00")))
        answering.accept(seat_of(session, "Ada"), [at("thu 17:00")], at("mon 09:00"))
        answering.accept(seat_of(session, "Ben"), [at("fri 17:00")], at("mon 10:00"))
    rematch(sessions, settings, at("tue 10:00"))
    assert together(sessions) == {frozenset({"Ada", "Ben"})}
    sign_up(sessions, CLEO, GUS)
    rematch(sessions, settings, at("tue 10:01"))
    assert len(together(sessions)) == 2
    assert frozenset({"Ada", "Ben"}) not in together(sessions)
    with sessions() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == "they_cannot_come")).first()
        assert letter is not None
        assert "found no common time" in letter.subject
