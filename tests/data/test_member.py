"""Members come and go, pause and return, and leave nothing behind when they leave."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.cells import snap
from data.member import count_members, member_by_email
from data.readiness import is_ready, ready_members
from tests import cast

NEXT_MONDAY = cast.MONDAY + timedelta(weeks=1)


def test_ada_is_found_by_her_address_however_it_is_typed(session: Session) -> None:
    ada = cast.join(session, cast.ADA)
    assert member_by_email(session, " Ada@Example.org ") is ada


def test_one_address_is_one_member(session: Session) -> None:
    cast.join(session, cast.ADA)
    with pytest.raises(IntegrityError):
        cast.join(session, cast.BEN, email="ada@example.org")


def test_only_the_cell_of_a_place_is_kept(session: Session) -> None:
    ada = cast.join(session, cast.ADA)
    assert ada.place is not None
    assert (ada.latitude, ada.longitude) == snap(ada.place.latitude, ada.place.longitude)
    assert (ada.latitude, ada.longitude) != (ada.place.latitude, ada.place.longitude)


def test_whoever_has_not_confirmed_is_not_ready(session: Session) -> None:
    ada = cast.join(session, cast.ADA, confirmed_at=None)
    assert ready_members(session, cast.MONDAY) == []
    ada.confirm(cast.at("sun 10:00", weeks=-1))
    session.flush()
    assert ready_members(session, cast.MONDAY) == [ada]


def test_confirming_twice_keeps_the_first_time(session: Session) -> None:
    ada = cast.join(session, cast.ADA, confirmed_at=None)
    ada.confirm(cast.at("mon 10:00"))
    ada.confirm(cast.at("tue 10:00"))
    assert ada.confirmed_at == cast.at("mon 10:00")


def test_a_pause_ends_by_itself(session: Session) -> None:
    ada = cast.join(session, cast.ADA)
    ada.pause_until(NEXT_MONDAY)
    session.flush()
    assert ready_members(session, cast.MONDAY) == []
    assert ready_members(session, NEXT_MONDAY) == [ada]
    assert not is_ready(session, ada, cast.MONDAY)
    assert is_ready(session, ada, NEXT_MONDAY)


def test_whoever_unsubscribes_meets_nobody_until_they_resume(session: Session) -> None:
    ada = cast.join(session, cast.ADA)
    ada.unsubscribe(cast.at("mon 05:00"))
    session.flush()
    assert ready_members(session, cast.MONDAY) == []
    ada.resume(cast.at("mon 05:30"))
    session.flush()
    assert ready_members(session, cast.MONDAY) == [ada]


def test_leaving_forgets_everything_but_a_number(session: Session) -> None:
    ada = cast.join(
        session, cast.ADA, skype_name="ada.l", teams_name="ada", phone="+45 12345678", call_link="https://a"
    )
    key = ada.session_key
    ada.leave(cast.at("mon 05:00"))
    session.flush()
    session.expire_all()
    row = {column.name: getattr(ada, column.name) for column in ada.__table__.columns}
    for word in ("ada", "nurse", "first aid", "sourdough", "12345678", "https"):
        assert word not in str(row).lower()
    assert (ada.latitude, ada.longitude, ada.place_id) == (None, None, None)
    assert ada.session_key != key
    assert count_members(session) == 0
    assert ready_members(session, cast.MONDAY) == []


def test_an_address_is_free_again_after_leaving(session: Session) -> None:
    cast.join(session, cast.ADA).leave(cast.at("mon 05:00"))
    assert cast.join(session, cast.ADA).id is not None
