"""What tests of the jobs share: sessions, settings, and the words in which a week is told."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from data.database import sessions_of
from web.settings import Settings


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    """A maker of sessions on a fresh database."""
    return sessions_of(engine)


@pytest.fixture
def settings() -> Settings:
    """The settings of a laptop."""
    return Settings()
