"""The maildir: nothing that was put there is lost, and nothing is taken twice."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from jobs.received_folder import HELD_FOR, KEPT_FOR, ReceivedFolder
from tests.cast import at

NOW = at("tue 10:00")
MANY = 200


@pytest.fixture
def folder(tmp_path: Path) -> ReceivedFolder:
    return ReceivedFolder(tmp_path)


def names(folder: Path) -> dict[str, list[str]]:
    return {one.name: sorted(path.name for path in one.iterdir()) for one in folder.iterdir()}


def test_a_folder_that_is_not_there_holds_nothing_and_is_not_made(tmp_path: Path) -> None:
    assert list(ReceivedFolder(tmp_path / "none").take_each(NOW)) == []
    assert not (tmp_path / "none").exists()


def test_what_is_put_there_is_taken_once_and_kept(tmp_path: Path, folder: ReceivedFolder) -> None:
    folder.put(b"one", NOW)
    folder.put(b"two", NOW + timedelta(seconds=1))
    first, second = folder.take_each(NOW)
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert list(folder.take_each(NOW)) == []
    folder.put_away(first, "heard")
    folder.put_away(second, "kept")
    assert names(tmp_path) == {
        "new": [], "tmp": [], "taken": [], "cur": [f"{first.name}:2,S", f"{second.name}:2,"],
    }  # fmt: skip


def test_what_is_no_message_stays_where_it_is(tmp_path: Path, folder: ReceivedFolder) -> None:
    (tmp_path / "new" / "folder").mkdir(parents=True)
    os.mkfifo(tmp_path / "new" / "pipe")
    (tmp_path / "new" / "link").symlink_to("/dev/zero")
    (tmp_path / "new" / ".hidden").write_bytes(b"")
    assert list(folder.take_each(NOW)) == []
    assert names(tmp_path)["new"] == [".hidden", "folder", "link", "pipe"]


def test_what_whoever_took_it_never_put_away_is_taken_again(folder: ReceivedFolder) -> None:
    folder.put(b"one", NOW)
    [taken] = folder.take_each(NOW)
    assert list(folder.take_each(NOW + HELD_FOR)) == []
    [again] = folder.take_each(NOW + HELD_FOR + timedelta(seconds=1))
    assert again.read_bytes() == b"one"
    folder.put_away(again, "heard")
    folder.put_away(taken, "kept")  # by a process that had only slept: no harm
    folder.give_back(taken)
    assert list(folder.take_each(NOW + 2 * HELD_FOR)) == []


def test_what_is_given_back_is_taken_again(folder: ReceivedFolder) -> None:
    folder.put(b"one", NOW)
    [taken] = folder.take_each(NOW)
    folder.give_back(taken)
    assert [path.name for path in folder.take_each(NOW)] == [taken.name]


def test_what_was_read_long_ago_is_thrown_away(tmp_path: Path, folder: ReceivedFolder) -> None:
    for raw, read_at in ((b"old", NOW), (b"young", NOW + timedelta(days=1))):
        folder.put(raw, NOW)
        (taken,) = folder.take_each(read_at)
        folder.put_away(taken, "kept")
    assert folder.throw_away_old(NOW + KEPT_FOR) == 0
    assert folder.throw_away_old(NOW + KEPT_FOR + timedelta(hours=1)) == 1
    assert [path.read_bytes() for path in (tmp_path / "cur").iterdir()] == [b"young"]


def test_two_at_once_take_each_message_once(tmp_path: Path) -> None:
    taken = taken_at_once(tmp_path, ReceivedFolder._take)
    assert len(taken) == len(set(taken)) == MANY


def test_without_the_renaming_two_take_the_same(tmp_path: Path) -> None:
    def look_only(folder: ReceivedFolder, name: str, _now: object) -> Path | None:
        return folder._new / name

    taken = taken_at_once(tmp_path, look_only)
    assert len(taken) == 2 * MANY


def taken_at_once(place: Path, take: Callable[..., Path | None]) -> list[str]:
    """Return what two processes' worth of folders take at one moment."""
    for _ in range(MANY):
        ReceivedFolder(place).put(b"", NOW)
    start = Barrier(2)

    class Folder(ReceivedFolder):
        """The same, but for how it takes."""

        _take = take

    def run(_: int) -> list[str]:
        start.wait(timeout=10)
        return [path.name for path in Folder(place).take_each(NOW)]

    with ThreadPoolExecutor(2) as processes:
        return [name for names in processes.map(run, range(2)) for name in names]
