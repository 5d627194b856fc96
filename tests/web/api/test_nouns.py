"""What a program reads of members, rounds, matches and the funnel; and what it never reads."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from data.member import Member
from tests.cast import ADA, at, bring_together, join, run_round
from tests.web.api.conftest import Program, Town


def test_ada_is_told_of_with_her_town_and_nothing_nearer(program: Program, town: Town) -> None:
    ada = next(one for one in program.read("/api/v1/members")["members"] if one["id"] == town.ada.id)
    assert ada == {
        "id": town.ada.id,
        "first_name": "Ada",
        "profession": "Nurse",
        "occupation": "29-1141.00",
        "place": {"town": "Copenhagen", "region": "Capital Region", "country": "Denmark"},
        "language": "en",
        "role": "member",
        "signed_up_at": "2026-11-09T06:00:00+00:00",
        "confirmed_at": "2026-11-09T06:00:00+00:00",
        "paused_until": "2026-11-23",
        "standing": "in",
    }


@pytest.mark.usefixtures("town")
def test_no_address_position_or_distance_is_in_anything_that_is_read(program: Program, session: Session) -> None:
    texts = [program.get(f"/api/v1/{noun}").text for noun in ("members", "rounds", "matches", "funnel")]
    positions = {str(number) for member in session.query(Member) for number in (member.latitude, member.longitude)}
    session.commit()
    for text in texts:
        for word in ("@", "example.org", "km", "latitude", "sourdough", "Café", *(positions - {"None"})):
            assert word not in text


@pytest.mark.usefixtures("town")
def test_everybody_who_is_here_stands_somehow_towards_the_next_round(program: Program) -> None:
    members = program.read("/api/v1/members")["members"]
    standings = {one["first_name"]: one["standing"] for one in members}
    assert standings == {
        "Ada": "in",
        "Ben": "rests",
        "Cleo": "unconfirmed",
        "Dan": "in",
        "Eva": "in",
        "Finn": "in",
    }  # and nobody who has left
    assert next(one for one in members if one["first_name"] == "Dan")["place"] is None


def test_a_round_says_when_how_many_and_until_when(program: Program, town: Town) -> None:
    assert program.read("/api/v1/rounds?round=2026-11-25")["rounds"] == [
        {
            "id": town.round.id,
            "monday": "2026-11-23",
            "started_at": "2026-11-23T06:00:00+00:00",
            "people": 6,
            "pairs": 3,
            "trios": 0,
            "left_over": 0,
            "rematch_until": "2026-11-26T20:00:00+00:00",
            "over_at": "2026-12-07T12:00:00+00:00",
            "deadlines": {"answer_days": 2, "answer_hour": 20},
        }
    ]
    last = program.read("/api/v1/rounds?round=2026-11-16")["rounds"][0]
    assert (last["people"], last["pairs"], last["deadlines"]) == (None, None, None)


def test_a_match_says_how_it_stands_and_whether_it_was_held(program: Program, town: Town) -> None:
    told = {one["id"]: one for one in program.read("/api/v1/matches")["matches"]}
    for state, match in town.matches.items():
        assert told[match.id]["state"] == state
        assert told[match.id]["held"] is (True if state == "over" else None)
    assert told[town.matches["fixed"].id] == {
        "id": town.matches["fixed"].id,
        "round": "2026-11-23",
        "mode": "call",
        "members": [seat.member_id for seat in town.matches["fixed"].seats],
        "made_at": "2026-11-23T06:00:00+00:00",
        "on_at": "2026-11-23T10:00:00+00:00",
        "meets_at": "2026-11-26T17:00:00+00:00",
        "state": "fixed",
        "held": None,
    }
    this_week = program.read("/api/v1/matches?round=2026-11-23")["matches"]
    assert {one["id"] for one in this_week} == {town.matches["fixed"].id, town.matches["open"].id}


def test_a_figure_under_ten_people_is_kept_back(program: Program, town: Town) -> None:
    (last, this) = program.read("/api/v1/funnel")["funnel"]
    assert (last["funnel"], last["counted_at"], last["under_ten"]) == ({}, None, [])
    assert (this["id"], this["monday"], this["counted_at"]) == (
        town.round.id,
        "2026-11-23",
        "2026-11-23T11:00:00+00:00",
    )
    kept = {"ready": 452, "said_yes": None, "by_mode": {"call": 12, "in_person": None}, "weeks": [10, None]}
    assert this["funnel"] == kept | {"share": 0.5}
    assert sorted(this["under_ten"]) == ["by_mode.in_person", "said_yes", "weeks.1"]


def test_everything_is_read_in_parts_without_gaps_or_repeats(program: Program, session: Session) -> None:
    round_ = run_round(session)
    for number in range(6):
        couple = [join(session, ADA, email=f"{who}{number}@example.org") for who in ("one", "other")]
        bring_together(session, round_, *couple)
    session.commit()
    for noun, rows in (("members", 13), ("matches", 6), ("rounds", 1)):
        seen: list[int] = []
        after: Any = 0
        while after is not None:
            answer = program.read(f"/api/v1/{noun}?after={after}&limit=4")
            seen += [row["id"] for row in answer[noun]]
            after = answer["next_after"]
        assert len(seen) == rows
        assert seen == sorted(set(seen))


def test_a_page_costs_the_same_few_questions_however_many_are_on_it(
    program: Program, session: Session, app: Flask
) -> None:
    round_ = run_round(session)

    def questions(noun: str) -> int:
        asked: list[str] = []
        with app.app_context():
            engine = app.extensions["engine"]
            event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
            program.read(f"/api/v1/{noun}?limit=200")
        return len([statement for statement in asked if statement.startswith("SELECT")])

    def grow(start: int) -> None:
        for number in range(start, start + 4):
            couple = [
                join(session, ADA, email=f"{who}{number}@example.org", rhythm_weeks=2) for who in ("one", "other")
            ]
            bring_together(session, round_, *couple)
        session.commit()

    grow(0)
    few = {noun: questions(noun) for noun in ("members", "matches", "rounds", "funnel")}
    grow(4)
    assert {noun: questions(noun) for noun in few} == few
    assert max(few.values()) <= 5


def test_the_mode_of_a_trio_and_all_its_members_are_told(program: Program, session: Session) -> None:
    three = [join(session, ADA, email=f"{number}@example.org") for number in range(3)]
    match = bring_together(session, run_round(session), *three)
    match.seats[0].free(at("mon 10:00"))
    session.commit()
    (told,) = program.read("/api/v1/matches")["matches"]
    assert (told["members"], told["state"]) == ([one.id for one in three], "open")
