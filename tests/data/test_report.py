"""A report is kept once however often it is said, and shown to nobody it concerns."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.match import Match
from data.report import (
    count_earlier,
    count_open_reports_by,
    count_reports_about,
    count_reports_to_handle,
    lock_report,
    reports_about,
    reports_by,
    reports_to_handle,
    write_report,
)
from tests.cast import DAN, at, join, open_reports

NOW = at("mon 11:00")


@pytest.fixture
def made(session: Session, trio: Match) -> list[int]:
    """Ada reports Ben and Cleo, and Cleo reports Ben; the numbers of the three reports."""
    ada, ben, cleo = trio.seats
    reports = [
        write_report(session, seat, other.member_id, "He shouted.", NOW)
        for seat, other in ((ada, ben), (ada, cleo), (cleo, ben))
    ]
    session.flush()
    return [report.id for report in reports]


def test_the_same_said_again_is_kept_once(session: Session, trio: Match, made: list[int]) -> None:
    ada, ben, _ = trio.seats
    assert write_report(session, ada, ben.member_id, "He shouted.", at("mon 11:01")).id == made[0]
    write_report(session, ada, ben.member_id, "He shouted again.", at("mon 11:01"))
    assert len(open_reports(session)) == 4


def test_whom_a_report_concerns_is_never_given_it(session: Session, trio: Match, made: list[int]) -> None:
    ada, ben, cleo, dan = (*(seat.member_id for seat in trio.seats), join(session, DAN).id)
    to_handle = {one: [report.id for report in reports_to_handle(session, one, 9)] for one in (ada, ben, cleo, dan)}
    assert to_handle == {ada: [made[2]], ben: [made[1]], cleo: [made[0]], dan: made}
    assert [report.id for report in reports_to_handle(session, dan, 2)] == made[:2]
    assert [count_reports_to_handle(session, one) for one in (ada, ben, cleo, dan)] == [1, 1, 1, 3]
    assert [lock_report(session, made[0], one) is None for one in (ada, ben, cleo, dan)] == [True, True, False, False]


def test_what_was_handled_waits_no_longer_and_still_counts(session: Session, trio: Match, made: list[int]) -> None:
    ada, ben, cleo = (seat.member_id for seat in trio.seats)
    first, _, third = open_reports(session)
    first.handle("nothing", NOW)
    session.flush()
    assert [count_open_reports_by(session, one) for one in (ada, ben, cleo)] == [1, 0, 1]
    assert count_earlier(session, [first, third]) == {first.id: 0, third.id: 1}
    assert (count_reports_about(session, ben), reports_about(session, ben)) == (2, [made[0], made[2]])
    assert [report.id for report in reports_by(session, ada)] == made[:2]
