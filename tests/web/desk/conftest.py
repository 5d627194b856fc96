"""What tests of the desk share: who sits at it."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.member import Member
from tests.cast import OLGA, join
from tests.web.conftest import Browser, SigningIn


@pytest.fixture
def olga(session: Session) -> Member:
    """She looks after the community."""
    return join(session, OLGA, role="organiser")


@pytest.fixture
def olgas(signed_in: SigningIn, olga: Member) -> Browser:
    """Her browser."""
    return signed_in(olga)
