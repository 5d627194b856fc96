"""Puts envelopes into a folder, as files any mail program opens, where no mail server is configured."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from jobs.envelope import Envelope
from jobs.mail_server import NobodyThere


class LettersFolder:
    """A folder of .eml files, each named by its message: posted twice, a letter is there once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Nothing is held open."""

    def take(self, envelope: Envelope) -> None:
        """Write one envelope, whole or not at all. Raises NobodyThere when the folder cannot be written."""
        name = envelope.message_id.strip("<>")
        unfinished = self._folder / f".{name}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(envelope.message)
            unfinished.replace(self._folder / f"{name}.eml")
        except OSError as error:
            raise NobodyThere(f"The folder of letters cannot be written: {error}") from error
