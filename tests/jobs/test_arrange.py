"""Arranging meetings: from what is known to matches with a time, a place and a reason."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from data.availability import span_of
from data.letter import Letter
from data.match import Match
from data.member import Member
from data.round import Round
from jobs.arrange import Arrangement, announce, arrange, gather
from matcher.pairing import CALL, NEARBY
from tests.cast import ADA, BEN, CLEO, DAN, EVA, MONDAY, Role, at, bring_together, join, run_round
from web.letters import Letters
from web.settings import Settings

NOW = at("mon 06:00")


def arranged(session: Session, *members: Member) -> Arrangement:
    round_ = Round(monday=MONDAY, seed=7, started_at=NOW)
    return arrange(gather(session, members, round_, span_of(round_, NOW), NOW), round_, NOW)


def offered(match: Match) -> list[datetime]:
    return [time.starts_at for time in match.times]


def test_nothing_is_stored_before_it_is_announced(session: Session) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    arrangement = arranged(session, ada, ben)
    assert session.query(Match).count() == 0
    assert announce(session, arrangement.matches, Letters(Settings()), NOW) == 2
    (match,) = session.query(Match)
    assert [seat.round_id for seat in match.seats] == [match.round_id] * 2
    assert session.query(Letter).count() == 2


def test_ada_and_dan_meet_in_the_larger_town_between_them(session: Session) -> None:
    (match,) = arranged(session, join(session, ADA, reach_km=50), join(session, DAN, reach_km=50)).matches
    assert match.mode == "in_person"
    assert "Copenhagen" in match.meeting_place
    assert (match.minutes, match.meets_at) == (45, None)
    assert offered(match) == [at(f"{day} 17:00") for day in ("wed", "thu", "fri")] + [
        at("sat 15:00"), at("sun 15:00"), at("mon 17:00", weeks=1),
    ]  # fmt: skip


def test_two_out_of_all_towns_reach_agree_on_a_public_place(session: Session) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    for member in (ada, ben):
        member.latitude, member.longitude = 10.0, -30.0  # in mid-ocean, ten kilometres of reach
    (match,) = arranged(session, ada, ben).matches
    assert match.meeting_place == "A public café that is easy to reach for all of you"


def test_a_call_has_a_room_nobody_can_guess_and_no_place(session: Session) -> None:
    arrangement = arranged(session, join(session, ADA, meets="call"), join(session, EVA))
    announce(session, arrangement.matches, Letters(Settings()), NOW)
    (match,) = arrangement.matches
    assert (match.mode, match.meeting_place) == ("call", "")
    assert len(match.room) >= 43


def test_a_trio_has_three_seats_and_a_reason(session: Session) -> None:
    people = [join(session, role, trio_ok=True) for role in (ADA, BEN, CLEO)]
    (match,) = arranged(session, *people).matches
    assert {seat.member.first_name for seat in match.seats} == {"Ada", "Ben", "Cleo"}
    assert match.reason.endswith(".")
    assert 0 < match.value < 1


def test_an_exhausted_pool_meets_again_and_is_told_so(session: Session) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    bring_together(session, run_round(session, weeks=-3), ada, ben, on_at=NOW - timedelta(weeks=3))
    (match,) = arranged(session, ada, ben).matches
    assert match.reason.startswith("You have met before")


def test_whoever_has_no_place_yet_is_not_among_those_known(session: Session) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    ben.place = ben.place_id = ben.latitude = ben.longitude = None
    session.flush()
    arrangement = arranged(session, ada, ben)
    assert arrangement.matches == []
    assert arrangement.left_over == [ada]


@pytest.mark.parametrize("hostile", ["{{7*7}}", "<script>alert(1)</script>", "a\r\nBcc: x@example.org", "\u202egnimac"])
def test_a_hostile_profile_stops_nobodys_letter(session: Session, hostile: str) -> None:
    people = [join(session, role) for role in (ADA, CLEO, DAN)]
    people.append(join(session, Role("Eve", hostile, offers=hostile, wants=hostile, topics=hostile)))
    people.append(join(session, BEN, topics=hostile))
    matches = arranged(session, *people).matches
    assert announce(session, matches, Letters(Settings()), NOW) == 4
    for letter in session.query(Letter):
        assert "\n" not in letter.subject
        assert "49" not in letter.text.split("http")[0]


def test_modes_are_the_matchers() -> None:
    assert (NEARBY, CALL) == (0, 1)
