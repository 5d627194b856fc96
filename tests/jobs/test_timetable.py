"""The timetable: what runs, that nothing ends it but a signal, and that it ends cleanly."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session, sessionmaker

import jobs.timetable
from jobs.timetable import SIGNALS, TIMETABLE, Tick, run_timetable
from web.settings import Settings

NOTHING: sessionmaker[Session] = sessionmaker()


@pytest.fixture(autouse=True)
def signals_come_through() -> Iterator[None]:
    """The timetable blocks signals for the rest of its process; the tests' process goes on."""
    yield
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def test_every_job_of_the_week_stands_in_the_timetable() -> None:
    names = [job.__name__ for job, _ in TIMETABLE]
    assert names == ["weekly_round", "rematch", "reminders", "retrain", "post_letters", "tidy"]


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
def test_a_signal_ends_it_after_the_job_at_work_has_finished(
    monkeypatch: pytest.MonkeyPatch, ending: signal.Signals
) -> None:
    at_work, may_finish, finished = threading.Event(), threading.Event(), []

    def slow(*_: object) -> str:
        at_work.set()
        may_finish.wait(5)
        finished.append(1)
        return "done"

    def broken(*_: object) -> str:
        raise RuntimeError

    def send_the_signal() -> None:
        at_work.wait(5)
        os.kill(os.getpid(), ending)
        may_finish.set()

    every = {"minutes": 1}
    monkeypatch.setattr(jobs.timetable, "TIMETABLE", ((slow, every), (broken, every)))
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    threading.Thread(target=send_the_signal).start()
    run_timetable(NOTHING, Settings())
    assert finished == [1]
