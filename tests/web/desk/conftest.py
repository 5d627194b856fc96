"""What tests of the desk share: Olga, who looks after the community, and her browser."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.act import latest_acts
from data.member import Member
from tests.cast import OLGA, join
from tests.web.conftest import Browser, SigningIn


@pytest.fixture
def olga(session: Session) -> Member:
    """An organiser."""
    return join(session, OLGA, role="organiser")


@pytest.fixture
def olgas(signed_in: SigningIn, olga: Member) -> Browser:
    """Her browser, signed in."""
    return signed_in(olga)


def deeds(session: Session) -> list[tuple[str, str, str]]:
    """Return what the log says: the deed, about what, why; the newest first."""
    acts = [(act.deed, act.about, act.why) for act in latest_acts(session, 50)]
    session.commit()
    return acts
