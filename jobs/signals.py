"""How a process that lasts is told to end: through a pipe, whichever thread the signal reaches."""

from __future__ import annotations

import os
import signal

SIGNALS = {signal.SIGTERM, signal.SIGINT}


def hear_signals() -> int:
    """Return a pipe that can be read as soon as a signal asks the process to end.

    The interpreter writes into it from whichever thread the kernel chose, those of numeric libraries included; no
    lock is in its way, and nothing is raised in the middle of a job.
    """
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell)
    for ending in SIGNALS:
        signal.signal(ending, lambda *_: None)
    return told
