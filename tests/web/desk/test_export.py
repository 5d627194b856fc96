"""Everything as files is asked for with a reason, once, and by an organiser."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy.orm import Session

from data.act import latest_acts
from data.member import Member
from data.task import latest_tasks
from tests.cast import OLGA, at, join
from tests.web.conftest import Browser, SigningIn, one_database
from tests.web.racing import at_once


@pytest.fixture
def olga(session: Session) -> Member:
    """Olga looks after the community."""
    return join(session, OLGA, role="organiser")


@pytest.fixture
def desk(signed_in: SigningIn, olga: Member) -> Browser:
    """Her browser."""
    return signed_in(olga)


@one_database
def test_without_a_reason_nothing_is_asked_for(desk: Browser, session: Session) -> None:
    answer = desk.press("/desk/export", {"why": " "})
    assert answer.status_code == 422
    assert "Please say what you need it for" in answer.text
    assert latest_tasks(session, 9) == []


def test_olga_asks_twice_at_once_and_gets_one_export_with_her_reason_in_the_log(
    desk: Browser, session: Session, signed_in: SigningIn, olga: Member
) -> None:
    another = signed_in(olga)
    form = {"why": "The yearly report."}
    answers = at_once([partial(browser.press, "/desk/export", form) for browser in (desk, another)])
    [task] = latest_tasks(session, 9)
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, f"/desk/work/{task.id}")] * 2
    assert (task.kind, task.asked_by_id, task.asked_at) == ("export", olga.id, at("mon 12:00"))
    [act] = latest_acts(session, 9)
    assert (act.deed, act.about, act.why) == ("ask_export", f"task {task.id}", "The yearly report.")
    session.commit()
    assert "/desk/export" in desk.open("/desk/work").text
