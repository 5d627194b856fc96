"""The first organiser is made by a command; the log has it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.act import latest_acts
from data.database import sessions_of
from data.roles import LastOrganiser
from jobs.role import NobodyThere, give_role
from tests.cast import ADA, BEN, at, join
from web.settings import Settings


def test_the_first_organiser_is_made_by_a_command_once(engine: Engine, session: Session) -> None:
    ada = join(session, ADA)
    session.commit()
    give = (sessions_of(engine), Settings(), at("mon 10:00"), " Ada@Example.org", "organiser")
    assert "is now: organiser; the desk is at http://127.0.0.1:8000/desk" in give_role(*give)  # type: ignore[arg-type]
    assert "has that role already" in give_role(*give)  # type: ignore[arg-type]
    session.refresh(ada)
    assert ada.role == "organiser"
    assert [(act.by_id, act.about, act.facts) for act in latest_acts(session, 9)] == [
        (None, f"member {ada.id}", {"role": "organiser"})
    ]


def test_nobody_becomes_an_organiser_who_has_not_confirmed_their_address(engine: Engine, session: Session) -> None:
    join(session, BEN, confirmed_at=None)
    session.commit()
    for address in ("ben@example.org", "cleo@example.org"):
        with pytest.raises(NobodyThere, match="Nobody has signed up as"):
            give_role(sessions_of(engine), Settings(), at("mon 10:00"), address, "organiser")


def test_the_last_organiser_stays_one(engine: Engine, session: Session) -> None:
    join(session, ADA, role="organiser")
    session.commit()
    with pytest.raises(LastOrganiser):
        give_role(sessions_of(engine), Settings(), at("mon 10:00"), "ada@example.org", "member")
