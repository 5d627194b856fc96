"""The maildir into which a mail server puts what is sent to us: a message is taken by renaming it, so by one process only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from stat import S_ISREG
from typing import Literal

HELD_FOR = timedelta(minutes=10)  # after which whoever took a message has died with it
KEPT_FOR = timedelta(days=60)  # counted from when it was read: whoever looks after the mail has seen it by then
Fate = Literal["heard", "kept"]
FLAGS = {"heard": ":2,S", "kept": ":2,"}  # an answer that was heard counts as read; the rest waits for somebody's eyes


class ReceivedFolder:
    """A maildir with one more folder in it, `taken`, for the messages that are being read."""

    def __init__(self, folder: Path) -> None:
        self._new, self._unfinished, self._done, self._taken = (
            folder / name for name in ("new", "tmp", "cur", "taken")
        )

    def put(self, raw: bytes, now: datetime) -> None:
        """Add a message, on the disk before this returns."""
        self._make()
        name = f"{int(now.timestamp())}.{token_hex(12)}.hello"
        with (self._unfinished / name).open("xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        (self._unfinished / name).rename(self._new / name)
        _sync(self._new)

    def take_each(self, now: datetime) -> Iterator[Path]:
        """Take the new messages one by one, the oldest name first; what another process has taken is passed over."""
        if not self._new.is_dir():
            return
        self._make()
        self._give_back_forgotten(now)
        for name in sorted(path.name for path in self._new.iterdir() if not path.name.startswith(".")):
            if (taken := self._take(name, now)) is not None:
                yield taken

    def put_away(self, taken: Path, fate: Fate) -> None:
        """Keep a message that has been read."""
        with suppress(FileNotFoundError):  # held for too long, and so given back
            taken.rename(self._done / f"{taken.name.partition(':')[0]}{FLAGS[fate]}")

    def throw_away_old(self, now: datetime) -> int:
        """Remove what was read long ago; return how many messages that were."""
        old = [path for path in self._done.glob("*") if path.stat().st_mtime < (now - KEPT_FOR).timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def give_back(self, taken: Path) -> None:
        """Let a message be taken again."""
        with suppress(FileNotFoundError):
            taken.rename(self._new / taken.name)

    def _take(self, name: str, now: datetime) -> Path | None:
        """Rename a message to where nobody else looks for it; none when another was quicker, or it is no file."""
        new, taken = self._new / name, self._taken / name
        try:
            if not S_ISREG(new.lstat().st_mode):
                return None
            os.utime(new, (now.timestamp(), now.timestamp()))  # since when it is held
            new.rename(taken)
        except FileNotFoundError:
            return None
        return taken

    def _give_back_forgotten(self, now: datetime) -> None:
        for taken in self._taken.iterdir():
            with suppress(FileNotFoundError):
                if taken.stat().st_mtime < (now - HELD_FOR).timestamp():
                    self.give_back(taken)

    def _make(self) -> None:
        for folder in (self._new, self._unfinished, self._done, self._taken):
            folder.mkdir(parents=True, exist_ok=True)


def _sync(folder: Path) -> None:
    """Write down on the disk what a folder holds."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
