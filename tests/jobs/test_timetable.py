"""The timetable: what runs, that nothing ends it but a signal, and that it ends cleanly."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from datetime import UTC, datetime
from multiprocessing.synchronize import Event

import pytest
from sqlalchemy.orm import Session, sessionmaker

import jobs.timetable
from jobs.signals import SIGNALS
from jobs.timetable import TIMETABLE, Tick, run_timetable
from web.settings import Settings

NOTHING: sessionmaker[Session] = sessionmaker()


def test_every_job_of_the_week_stands_in_the_timetable() -> None:
    names = [job.__name__ for job, _ in TIMETABLE]
    week = ["weekly_round", "rematch", "receive_mail", "reminders", "retrain", "post_letters"]
    assert names == [*week, "post_webhooks", "do_tasks", "count", "tidy"]


def test_a_job_is_told_the_time_and_heard_only_when_it_has_news(caplog: pytest.LogCaptureFixture) -> None:
    times: list[datetime] = []
    said = iter(["first news", "first news", "second news"])

    def job(_sessions: sessionmaker[Session], _settings: Settings, now: datetime) -> str:
        times.append(now)
        return next(said)

    caplog.set_level(logging.INFO)
    tick = Tick(job, NOTHING, Settings())
    for _ in range(3):
        tick()
    assert caplog.messages == ["job: first news", "job: second news"]
    assert all(moment.tzinfo is UTC for moment in times)


def test_a_job_that_fails_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    tries = []

    def job(*_: object) -> str:
        tries.append(1)
        if len(tries) < 2:
            raise ValueError("the disk is full")
        return "done"

    caplog.set_level(logging.INFO)
    tick = Tick(job, NOTHING, Settings())
    tick()
    tick()
    assert caplog.messages == ["job failed; it is tried again soon", "job: done"]
    assert "the disk is full" in caplog.text


@pytest.mark.parametrize("ending", sorted(SIGNALS))
def test_a_signal_ends_it_after_the_job_at_work_has_finished(ending: signal.Signals) -> None:
    fresh = multiprocessing.get_context("spawn")
    at_work, may_finish, finished = fresh.Event(), fresh.Event(), fresh.Event()
    # A process of its own: a signal to the tests' own might reach a thread that knows nothing of it.
    process = fresh.Process(target=run_with_one_slow_job, args=(at_work, may_finish, finished))
    process.start()
    assert at_work.wait(60)
    assert process.pid is not None
    os.kill(process.pid, ending)
    process.join(0.2)
    assert process.is_alive()
    may_finish.set()
    process.join(60)
    assert process.exitcode == 0
    assert finished.is_set()


def run_with_one_slow_job(at_work: Event, may_finish: Event, finished: Event) -> None:
    """Run a timetable of a job that takes its time and one that always fails, until a signal comes."""

    def slow(*_: object) -> str:
        at_work.set()
        may_finish.wait(60)
        finished.set()
        return "done"

    def broken(*_: object) -> str:
        raise RuntimeError

    every = {"minutes": 1}
    jobs.timetable.TIMETABLE = ((slow, every), (broken, every))
    run_timetable(NOTHING, Settings())
