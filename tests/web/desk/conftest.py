"""What tests of the desk share: Olga, who looks after the community, and her browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.act import latest_acts
from data.database import sessions_of
from data.member import Member
from jobs.do_tasks import do_tasks
from jobs.weekly_round import weekly_round
from tests.cast import OLGA, join
from tests.live_site import Clock
from tests.web.conftest import Browser, SigningIn
from web.settings import Settings

pytest.register_assert_rewrite(  # the steps of a story say what they saw, as tests do
    *(f"tests.web.desk.{name}" for name in ("organiser_prepares", "organiser_looks_back", "in_browser", "keyboard"))
)


@pytest.fixture
def olga(session: Session) -> Member:
    """Olga is an organiser, and away herself this year."""
    return join(session, OLGA, role="organiser", ask_first=True)


@pytest.fixture
def desk(signed_in: SigningIn, olga: Member) -> Browser:
    """Olga's browser."""
    return signed_in(olga)


@dataclass(frozen=True)
class Jobs:
    """The jobs process, doing one thing when it is told to."""

    engine: Engine
    settings: Settings
    clock: Clock

    def work(self) -> str:
        """Do the long work that was asked for."""
        return do_tasks(sessions_of(self.engine), self.settings, self.clock.now)

    def run_round(self, now: datetime) -> str:
        """Run the round."""
        self.clock.now = now
        return weekly_round(sessions_of(self.engine), self.settings, now)


@pytest.fixture
def jobs(engine: Engine, settings: Settings, clock: Clock) -> Jobs:
    """The jobs process."""
    return Jobs(engine, settings, clock)


def deeds(session: Session) -> list[tuple[str, str, str]]:
    """Return what the log says: the deed, about what, why; the newest first."""
    acts = [(act.deed, act.about, act.why) for act in latest_acts(session, 50)]
    session.commit()
    return acts
