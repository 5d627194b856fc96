"""Lets several visitors press at one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")


def at_once(presses: list[Callable[[], Answer]]) -> list[Answer]:
    """Start all presses together, each on its own thread, and return their answers in order."""
    barrier = threading.Barrier(len(presses))

    def wait_and(press: Callable[[], Answer]) -> Answer:
        barrier.wait(timeout=10)
        return press()

    with ThreadPoolExecutor(len(presses)) as threads:
        return list(threads.map(wait_and, presses))
