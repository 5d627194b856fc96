"""The timetable: what happens by itself, and how often it is looked for. Each job finds for itself what is due."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.orm import Session, sessionmaker

from jobs.count import count
from jobs.do_tasks import do_tasks
from jobs.post_letters import post_letters
from jobs.post_webhooks import post_webhooks
from jobs.receive_mail import receive_mail
from jobs.rematch import rematch
from jobs.reminders import reminders
from jobs.retrain import retrain
from jobs.signals import hear_signals
from jobs.tidy import tidy
from jobs.weekly_round import weekly_round
from web.settings import Settings

Job = Callable[[sessionmaker[Session], Settings, datetime], str]

TIMETABLE: tuple[tuple[Job, dict[str, int]], ...] = (
    (weekly_round, {"minutes": 1}),
    (rematch, {"minutes": 1}),
    (receive_mail, {"minutes": 1}),
    (reminders, {"minutes": 1}),
    (retrain, {"minutes": 10}),
    (post_letters, {"seconds": 10}),
    (post_webhooks, {"seconds": 10}),
    (do_tasks, {"seconds": 5}),
    (count, {"minutes": 2}),
    (tidy, {"hours": 6}),
)
log = logging.getLogger("jobs")


def run_timetable(sessions: sessionmaker[Session], settings: Settings) -> None:
    """Run every job as often as the timetable says, until SIGTERM or SIGINT; then end after the jobs at work.

    A job that is still at work is not started again; one that was late runs once, however late.
    """
    told = hear_signals()
    scheduler = BackgroundScheduler(timezone=UTC)
    for job, every in TIMETABLE:
        tick = Tick(job, sessions, settings)
        start = {"id": job.__name__, "next_run_time": datetime.now(UTC)}
        once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        scheduler.add_job(tick, "interval", **every, **start, **once)
    scheduler.start()
    log.info("The timetable is running; Ctrl-C ends it")
    os.read(told, 1)
    log.info("Ending after the jobs at work")
    scheduler.shutdown(wait=True)


class Tick:
    """One job as the metronome calls it: told the time, never ending the process, heard only when it has news."""

    def __init__(self, job: Job, sessions: sessionmaker[Session], settings: Settings) -> None:
        self.job, self.sessions, self.settings = job, sessions, settings
        self.said = ""

    def __call__(self) -> None:
        """Run the job now. What goes wrong is logged, and tried again at the next tick."""
        try:
            line = self.job(self.sessions, self.settings, datetime.now(UTC))
        except Exception:
            log.exception("%s failed; it is tried again soon", self.job.__name__)
            self.said = ""
            return
        if line != self.said:
            log.info("%s: %s", self.job.__name__, line)
        self.said = line
