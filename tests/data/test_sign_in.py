"""A sign-in is good for ten minutes, five tries and one use."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.sign_in import GOOD_FOR, LETTERS_PER_HOUR, SignIn, asked_too_often, latest_sign_in
from tests import cast

NOW = cast.at("mon 10:00")


@pytest.fixture
def sign_in(session: Session) -> SignIn:
    """Ada has asked to sign in."""
    ada = cast.join(session, cast.ADA)
    asked = SignIn(member_id=ada.id, member=ada, code_digest="right", asked_at=NOW, tries=0)
    session.add(asked)
    session.flush()
    return asked


def test_the_right_code_works_once(sign_in: SignIn) -> None:
    assert sign_in.try_digest("right", NOW)
    assert not sign_in.try_digest("right", NOW)


def test_the_link_works_once(sign_in: SignIn) -> None:
    assert sign_in.use(NOW)
    assert not sign_in.use(NOW)


def test_after_five_wrong_codes_the_right_one_is_refused(sign_in: SignIn) -> None:
    for _ in range(5):
        assert not sign_in.try_digest("wrong", NOW)
    assert not sign_in.try_digest("right", NOW)
    assert not sign_in.use(NOW)


def test_after_ten_minutes_it_is_over(sign_in: SignIn) -> None:
    assert sign_in.is_open(NOW + GOOD_FOR - timedelta(seconds=1))
    assert not sign_in.try_digest("right", NOW + GOOD_FOR)


def test_only_the_newest_counts(session: Session, sign_in: SignIn) -> None:
    newer = SignIn(member_id=sign_in.member_id, code_digest="newer", asked_at=NOW)
    session.add(newer)
    session.flush()
    assert latest_sign_in(session, sign_in.member) is newer


def test_a_mailbox_is_not_flooded(session: Session, sign_in: SignIn) -> None:
    for _ in range(LETTERS_PER_HOUR - 1):
        assert not asked_too_often(session, sign_in.member, NOW)
        session.add(SignIn(member_id=sign_in.member_id, code_digest="x", asked_at=NOW))
        session.flush()
    assert asked_too_often(session, sign_in.member, NOW)
    assert not asked_too_often(session, sign_in.member, NOW + timedelta(hours=1))
