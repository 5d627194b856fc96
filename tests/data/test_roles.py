"""At least one organiser stays, even when all of them step down at one moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from data.database import connect, sessions_of
from data.member import Member
from data.roles import LastOrganiser, give_role, lock_organisers, locked_member
from tests.cast import ADA, BEN, join


def test_the_last_organiser_cannot_step_down(session: Session) -> None:
    ada, ben = join(session, ADA, role="organiser"), join(session, BEN)
    with pytest.raises(LastOrganiser):
        give_role(ada, "host", lock_organisers(session))
    assert give_role(ben, "organiser", lock_organisers(session))
    session.flush()
    assert give_role(ada, "host", lock_organisers(session))
    assert not give_role(ada, "host", lock_organisers(session))


def step_down_together(engine: Engine, read: Callable[[Session], list[int]]) -> list[int]:
    """Ada and Ben, the two organisers, step down at one moment, each having read who they are; return who is left."""
    with sessions_of(engine).begin() as session:
        numbers = [join(session, role, role="organiser").id for role in (ADA, BEN)]
    start, both_have_read = Barrier(2), Barrier(2)

    def step_down(number: int) -> None:
        own = connect(engine.url.render_as_string(hide_password=False))
        start.wait(timeout=10)
        with suppress(LastOrganiser), sessions_of(own).begin() as session:
            organisers = read(session)
            with suppress(BrokenBarrierError):  # a guarded one never meets the other
                both_have_read.wait(timeout=0.5)
            member = locked_member(session, number)
            assert member
            give_role(member, "member", organisers)
        own.dispose()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(step_down, numbers))
    with sessions_of(engine)() as session:
        return lock_organisers(session)


def test_of_two_who_step_down_at_once_one_stays(engine: Engine) -> None:
    assert len(step_down_together(engine, lock_organisers)) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time anyway
def test_without_the_lock_nobody_would(engine: Engine) -> None:
    def read(session: Session) -> list[int]:
        return list(session.scalars(select(Member.id).where(Member.role == "organiser").order_by(Member.id)))

    assert step_down_together(engine, read) == []
