"""A token opens what it was made for, until it ends; nobody reads it from the database."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from data.api_token import count_use, good_tokens, lock_token, make_token, next_minute, token_with
from tests.cast import ADA, at, join

NOW = at("mon 12:00") + timedelta(seconds=59, milliseconds=999)


def test_only_its_digest_is_kept(session: Session) -> None:
    token = make_token(session, "Newsletter", join(session, ADA).id, NOW)
    session.commit()
    assert token not in str(session.execute(text("SELECT * FROM api_token")).all())
    assert token.startswith("hello_")
    found = token_with(session, token)
    assert found
    assert found.name == "Newsletter"
    for other in (token[:-1], token + " ", token.upper(), "", "hello_\udcff"):
        assert token_with(session, other) is None


def test_an_ended_one_is_not_there(session: Session) -> None:
    token = make_token(session, "Newsletter", join(session, ADA).id, NOW)
    found = lock_token(session, 1)
    assert found
    found.ended_at = NOW
    session.flush()
    assert token_with(session, token) is None
    assert lock_token(session, 1) is None
    assert good_tokens(session) == []
    assert count_use(session, 1, NOW) == 0


def test_uses_are_counted_anew_each_minute(session: Session) -> None:
    make_token(session, "Newsletter", join(session, ADA).id, NOW)
    session.flush()
    moments = [NOW, NOW, NOW + timedelta(milliseconds=1), NOW + timedelta(minutes=9), NOW + timedelta(minutes=9)]
    assert [count_use(session, 1, moment) for moment in moments] == [1, 2, 1, 1, 2]
    assert next_minute(NOW) == timedelta(milliseconds=1)
