"""Members who signed up before there were words to find them by are found as well."""

from __future__ import annotations

from alembic import command
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.member_search import find_members
from data.upgrade import _config, upgrade
from tests.cast import ADA, BEN, DAN, at, join


def test_an_upgrade_writes_the_words_of_everybody_who_is_here(session: Session, engine: Engine) -> None:
    for role in (ADA, DAN):
        join(session, role)
    join(session, BEN).leave(at("mon 10:00"))
    session.commit()
    with engine.connect() as connection, connection.begin():
        command.downgrade(_config(connection), "0003")
    upgrade(engine)
    session.expire_all()
    assert [member.first_name for member in find_members(session, "malm gard", 9)] == ["Dan"]
    assert [member.first_name for member in find_members(session, "ada@example.org nurse", 9)] == ["Ada"]
    assert find_members(session, "somebody", 9) == []
