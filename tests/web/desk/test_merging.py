"""Before two are made one the desk says what will happen; then it happens once, all of it or nothing."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy.orm import Session

from data.match import Match
from data.member import Member
from tests.cast import ADA, BEN, CLEO, at, bring_together, join, run_round
from tests.web.conftest import Browser, SigningIn, fresh, main_of, one_database, words_of
from tests.web.desk.conftest import deeds
from tests.web.racing import at_once


@pytest.fixture
def adas(session: Session) -> tuple[Member, Member]:
    """Ada, who has signed up twice."""
    return join(session, ADA), join(session, ADA, email="ada2@example.org", role="host")


@pytest.fixture
def seats(session: Session, adas: tuple[Member, Member]) -> tuple[Match, Match]:
    """Of last week, when only the second was here, and of this one, in which both have somebody to meet."""
    first, second = adas
    ben, cleo = join(session, BEN), join(session, CLEO)
    past = bring_together(session, run_round(session, weeks=-1), second, ben)
    this_week = run_round(session)
    bring_together(session, this_week, first, ben)
    now = bring_together(session, this_week, second, cleo)
    session.commit()
    return past, now


def test_the_page_says_what_will_happen_and_the_button_does_it_once(
    session: Session, desk: Browser, adas: tuple[Member, Member], seats: tuple[Match, Match]
) -> None:
    first, second = adas
    page = desk.open(f"/desk/people/{first.id}/merge?merge-other=ada2%40example.org").text
    for told in ("1 seat of the second goes to the first", "1 seat of the second is given up", "role ends: Host."):
        assert told in words_of(main_of(page))
    fresh(session, second)
    assert second.is_confirmed
    for _ in range(2):
        answer = desk.press(f"/desk/people/{first.id}/merge/{second.id}", {"why": "Same phone"}, follow=True)
        assert answer.status_code == 200
    fresh(session, second, seats[0].seats[0], seats[1].seats[0])
    assert second.left_at == at("mon 12:00")
    assert seats[0].seats[0].member_id == first.id
    assert seats[1].seats[0].declined_at == at("mon 12:00")
    assert deeds(session) == [
        ("merged_into", f"member {second.id}", "Same phone"),
        ("merge_members", f"member {first.id}", "Same phone"),
    ]


def test_two_organisers_merge_them_both_ways_at_once_and_one_of_the_two_stays(
    session: Session, signed_in: SigningIn, olga: Member, adas: tuple[Member, Member], seats: tuple[Match, Match]
) -> None:
    assert seats
    first, second = adas
    browsers = [signed_in(olga), signed_in(join(session, BEN, email="ben2@example.org", role="organiser"))]
    paths = [f"/desk/people/{first.id}/merge/{second.id}", f"/desk/people/{second.id}/merge/{first.id}"]
    answers = at_once([partial(_press, *pressing) for pressing in zip(browsers, paths, strict=True)])
    assert sorted(answers) == [303, 404]
    fresh(session, first, second)
    assert [first.left_at, second.left_at].count(None) == 1
    assert len(deeds(session)) == 2


def _press(browser: Browser, path: str) -> int:
    return browser.press(path).status_code


def test_when_something_stands_in_the_way_nothing_is_done(
    session: Session,
    desk: Browser,
    adas: tuple[Member, Member],
    seats: tuple[Match, Match],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = adas
    leave = Member.leave

    def leave_badly(member: Member, now: object) -> None:
        leave(member, now)  # type: ignore[arg-type]  # passed on as it came
        member.rhythm_weeks = 7  # a promise of the database is broken at the very end

    monkeypatch.setattr(Member, "leave", leave_badly)
    page = desk.press(f"/desk/people/{first.id}/merge/{second.id}", follow=True).text
    assert "nothing was done" in page
    fresh(session, second, seats[0].seats[0], seats[1].seats[0])
    assert second.is_confirmed
    assert (seats[0].seats[0].member_id, seats[1].seats[0].declined_at) == (second.id, None)
    assert deeds(session) == []


@one_database
def test_each_refusal_stands_at_its_field(
    session: Session, desk: Browser, olga: Member, adas: tuple[Member, Member]
) -> None:
    first, second = adas
    session.commit()
    for typed, said in {
        "": "Please say who the other one is.",
        "nobody@example.org": "Nobody here has this number or address.",
        str(first.id): "This is the same person.",
        str(olga.id): "This is you, and the second one leaves.",
    }.items():
        answer = desk.open(f"/desk/people/{first.id}/merge?merge-other={typed}")
        assert (answer.status_code, said in answer.text) == (422, True), typed
    second.confirmed_at = None
    session.commit()
    answer = desk.open(f"/desk/people/{second.id}/merge?merge-other={first.id}")
    assert (answer.status_code, "this one has not confirmed the address" in answer.text) == (422, True)
    for one, other in ((first.id, olga.id), (first.id, first.id), (second.id, first.id), (first.id, 999)):
        assert desk.press(f"/desk/people/{one}/merge/{other}").status_code == 404
    answer = desk.press(f"/desk/people/{first.id}/merge/{second.id}", {"why": "x" * 501})
    assert (answer.status_code, "500 characters" in answer.text) == (422, True)
    assert deeds(session) == []
