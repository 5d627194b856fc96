"""The weekly round: everyone ready is paired once a week, whoever tries and however often."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, MetaData, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

import jobs.weekly_round
from data.avoidance import keep_apart
from data.letter import Letter
from data.match import Match
from data.round import Round, seed_of
from data.tables import metadata
from jobs.arrange import Arrangement, arrange
from jobs.known import Known
from jobs.weekly_round import weekly_round
from jobs.wishes import Wishes
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, MONDAY, Role, at, run_round
from tests.jobs.stage import at_once, everything, member_named, sign_up, together, told
from web.letters import Letters
from web.settings import Settings

SIX = at("mon 06:00")


def test_ada_and_ben_are_paired_and_told_why_when_and_where(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN)
    line = weekly_round(sessions, settings, SIX)
    assert line == (
        "Round of 2026-11-23: 2 people, 1 pairs nearby, 0 on calls, 0 trios, 0 left over, 2 letters written"
    )
    with sessions() as session:
        match = session.scalars(select(Match)).one()
        assert {seat.member.first_name for seat in match.seats} == {"Ada", "Ben"}
        assert (match.mode, match.meets_at, match.made_at) == ("in_person", None, SIX)
        assert len(match.times) == 6
        assert match.meeting_place == "A public café near Copenhagen"
        assert match.topic == "sourdough"
        assert match.reason
        assert match.round.seed == seed_of(MONDAY)
        assert match.round.figures["letters"] == 2
    assert told(sessions) == {("Ada", "your_match"): 1, ("Ben", "your_match"): 1}


def test_letters_are_held_until_eight_of_the_readers_own_day(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN, FINN, Role("Nora", "Nurse", "Auckland"))
    weekly_round(sessions, settings, SIX)
    with sessions() as session:
        held = {
            letter.member.first_name: letter.try_after for letter in session.scalars(select(Letter)) if letter.member
        }
    assert held["Ada"] == at("mon 07:00")
    assert held["Finn"] == SIX  # on Monday it is evening in Auckland already


def test_eva_and_finn_are_far_apart_and_call(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, EVA, FINN)
    weekly_round(sessions, settings, SIX)
    with sessions() as session:
        match = session.scalars(select(Match)).one()
        assert (match.mode, match.meeting_place) == ("call", "")
        assert len(match.room) >= 43
        # Morning coffee for one, after work for the other.
        assert at("sat 07:00") in [time.starts_at for time in match.times]


def test_the_odd_one_joins_a_trio_when_all_agree(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, BEN, CLEO, trio_ok=True)
    weekly_round(sessions, settings, SIX)
    assert together(sessions) == {frozenset({"Ada", "Ben", "Cleo"})}
    assert told(sessions).total() == 3


def test_whoever_is_left_over_is_told_kindly_once_and_comes_first_next_week(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN, CLEO)
    weekly_round(sessions, settings, SIX)
    ((left_out, _),) = [key for key in told(sessions) if key[1] == "nobody_this_week"]
    with sessions() as session:
        assert member_named(session, left_out).times_left_out == 1
    weekly_round(sessions, settings, at("mon 06:00", weeks=1))
    with sessions() as session:
        assert member_named(session, left_out).times_left_out == 1
        assert sorted(member_named(session, name).times_left_out for name in ("Ada", "Ben", "Cleo")) == [0, 1, 1]


def test_one_alone_is_paired_with_nobody_least_of_all_with_themselves(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA)
    weekly_round(sessions, settings, SIX)
    assert together(sessions) == set()
    assert told(sessions) == {("Ada", "nobody_this_week"): 1}


def test_a_round_of_nobody_is_a_round(sessions: sessionmaker[Session], settings: Settings) -> None:
    assert "0 people" in weekly_round(sessions, settings, SIX)
    assert "already" in weekly_round(sessions, settings, SIX)


@pytest.mark.parametrize(
    "away",
    [
        {"confirmed_at": None},
        {"paused_until": MONDAY + timedelta(weeks=1)},
        {"unsubscribed_at": at("mon 05:00")},
        {"email": None, "left_at": at("mon 05:00")},
    ],
    ids=["unconfirmed", "paused", "unsubscribed", "left"],
)
def test_who_is_not_ready_is_neither_paired_nor_written_to(
    sessions: sessionmaker[Session], settings: Settings, away: dict[str, object]
) -> None:
    sign_up(sessions, ADA, BEN)
    sign_up(sessions, CLEO, **away)
    weekly_round(sessions, settings, SIX)
    assert together(sessions) == {frozenset({"Ada", "Ben"})}
    assert {name for name, _ in told(sessions)} == {"Ada", "Ben"}


def test_a_pause_ends_by_itself(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA)
    sign_up(sessions, BEN, paused_until=MONDAY)
    weekly_round(sessions, settings, SIX)
    assert together(sessions) == {frozenset({"Ada", "Ben"})}


def test_two_who_avoid_each_other_are_never_paired(sessions: sessionmaker[Session], settings: Settings) -> None:
    ada, ben = sign_up(sessions, ADA, BEN)
    with sessions.begin() as session:
        keep_apart(session, ben, ada, "uneasy", SIX)
    weekly_round(sessions, settings, SIX)
    assert together(sessions) == set()


def test_two_who_have_met_are_not_paired_again_while_somebody_is_new(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN, CLEO, Role("Gus", "Baker"))
    seen: set[frozenset[str]] = set()
    for week in range(3):
        weekly_round(sessions, settings, at("mon 06:00", weeks=week))
        with sessions.begin() as session:
            for match in session.scalars(select(Match)):
                match.on_at, match.meets_at = match.made_at, match.times[0].starts_at
        assert len(together(sessions)) == len(seen) + 2  # two new pairs each week: all six in three
        seen = together(sessions)


@pytest.mark.parametrize(
    ("now", "answer"),
    [
        (at("mon 05:59"), "not due before Monday 06:00 UTC"),
        (at("thu 20:01"), "too far gone; the next round is on 2026-11-30"),
        (at("sun 23:00"), "too far gone"),
    ],
)
def test_outside_its_time_the_round_does_nothing_and_says_so(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, now: object, answer: str
) -> None:
    sign_up(sessions, ADA, BEN)
    before = everything(engine)
    assert answer in weekly_round(sessions, settings, now)  # type: ignore[arg-type]
    assert everything(engine) == before


def test_started_late_it_still_runs_and_leaves_time_to_answer(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN)
    weekly_round(sessions, settings, at("thu 19:59"))
    with sessions() as session:
        match = session.scalars(select(Match)).one()
        assert match.seats[0].answer_by == at("fri 19:59")
        assert match.times[0].starts_at == at("sat 15:00")  # the day after tomorrow


def test_a_round_run_ahead_of_its_time_is_not_followed_by_an_earlier_one(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN)
    with sessions.begin() as session:
        run_round(session, weeks=1)
    assert weekly_round(sessions, settings, SIX) == "The round of 2026-11-30 was run already"


def test_the_same_people_are_paired_alike_on_every_machine(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine
) -> None:
    sign_up(sessions, ADA, BEN, CLEO, DAN, EVA, FINN)
    weekly_round(sessions, settings, SIX)
    first = everything(engine)["match"]
    names = [column.name for column in metadata.tables["match"].columns]
    with sessions.begin() as session:
        for table in ("letter", "meeting_time", "seat", "match", "round"):
            session.execute(text(f"DELETE FROM {table}"))
        session.execute(text("UPDATE member SET times_left_out = 0"))
    weekly_round(sessions, settings, SIX)
    by_chance = [names.index(name) for name in ("id", "round_id", "room")]
    for mine, yours in zip(first, everything(engine)["match"], strict=True):
        differ = {place for place in range(len(names)) if mine[place] != yours[place]}
        assert differ <= set(by_chance)


def test_a_second_run_makes_no_new_pairs_and_no_letters(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine
) -> None:
    sign_up(sessions, ADA, BEN, CLEO)
    weekly_round(sessions, settings, SIX)
    before = everything(engine)
    for now in (SIX, at("mon 06:01"), at("wed 12:00")):
        assert weekly_round(sessions, settings, now) == "The round of 2026-11-23 was run already"
    assert everything(engine) == before


@pytest.fixture
def both_decide_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Holds two processes until both have looked, seen no round, and decided."""
    both_have_decided = Barrier(2)

    def arrange_together(*known: object) -> Arrangement:
        arrangement = arrange(*known)  # type: ignore[arg-type]
        both_have_decided.wait(timeout=20)
        return arrangement

    monkeypatch.setattr(jobs.weekly_round, "arrange", arrange_together)


@pytest.mark.usefixtures("both_decide_first")
def test_two_processes_at_once_run_one_round(sessions: sessionmaker[Session], engine: Engine) -> None:
    sign_up(sessions, ADA, BEN, CLEO)
    lines = at_once(engine, weekly_round, SIX)
    assert sorted("by somebody else just now" in line for line in lines) == [False, True]
    assert counts(sessions) == {"round": 1, "match": 1, "letter": 3}


@pytest.mark.usefixtures("both_decide_first")
def test_without_the_promise_of_one_round_per_monday_the_race_shows(
    sessions: sessionmaker[Session], engine: Engine
) -> None:
    bare = MetaData()
    for table in metadata.sorted_tables:
        copy = table.to_metadata(bare)
        copy.constraints = {guard for guard in copy.constraints if guard.name != "uq_round_monday"}
    metadata.drop_all(engine)
    bare.create_all(engine)
    sign_up(sessions, ADA, BEN, CLEO)
    at_once(engine, weekly_round, SIX)
    assert counts(sessions)["round"] == 2
    assert counts(sessions)["match"] == 2


def counts(sessions: sessionmaker[Session]) -> dict[str, int]:
    with sessions() as session:
        return {
            table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Round, Match, Letter)
        }


def test_a_crash_before_the_end_leaves_nothing_and_the_next_tick_does_it_all(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(sessions, ADA, BEN, CLEO)
    before = everything(engine)
    with monkeypatch.context() as patched:
        patched.setattr(Letters, "nobody_this_week", crash)
        with pytest.raises(KeyboardInterrupt):
            weekly_round(sessions, settings, SIX)
    assert everything(engine) == before
    weekly_round(sessions, settings, at("mon 06:01"))
    assert counts(sessions) == {"round": 1, "match": 1, "letter": 3}


def crash(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("change", ["leaves", "is barred"])
def test_what_changes_while_the_pairing_is_decided_is_heard(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    ada, ben = sign_up(sessions, ADA, BEN)

    def arrange_slowly(known: Known, round_: Round, now: datetime, wishes: Wishes) -> Arrangement:
        with sessions.begin() as session:
            if change == "leaves":
                member_named(session, "Ada").leave(SIX)
            else:
                keep_apart(session, ada, ben, "reported", SIX)
        return arrange(known, round_, now, wishes)

    monkeypatch.setattr(jobs.weekly_round, "arrange", arrange_slowly)
    weekly_round(sessions, settings, SIX)
    assert together(sessions) == set()
    assert told(sessions) == {}


def test_only_the_promise_of_the_round_is_taken_for_a_lost_race(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_another_promise(*_: object) -> int:
        raise IntegrityError("", {}, Exception("another promise"))

    sign_up(sessions, ADA, BEN)
    monkeypatch.setattr(jobs.weekly_round, "announce", break_another_promise)
    with pytest.raises(IntegrityError):
        weekly_round(sessions, settings, SIX)
