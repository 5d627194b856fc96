"""Reads the files of the reference lists, and tells one that is missing or not as it was shipped."""

from __future__ import annotations

import hashlib
import lzma
from pathlib import Path

REFERENCE = Path(__file__).parent / "reference"
MANIFEST = "manifest.tsv"  # each file with its number of rows and the SHA-256 of its bytes

Rows = list[dict[str, str]]


class MissingReference(Exception):
    """A reference file is missing; get the folder data/reference as it was shipped."""


class BrokenReference(Exception):
    """A reference file is not as it was shipped; get the folder data/reference again."""


def read_rows(name: str, folder: Path = REFERENCE) -> Rows:
    """Return the rows of a list, compressed or not, each as its cells by the names in the first line.

    Raises MissingReference or BrokenReference, each naming the file.
    """
    content = read_file(name, folder)
    text = (lzma.decompress(content) if name.endswith(".xz") else content).decode()
    header, *rows = (line.split("\t") for line in text.rstrip("\n").split("\n"))
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_file(name: str, folder: Path = REFERENCE) -> bytes:
    """Return the bytes of a reference file, just as they were shipped.

    Raises MissingReference or BrokenReference, each naming the file.
    """
    shipped = _digests(folder).get(name)
    content = _bytes(name, folder)
    if hashlib.sha256(content).hexdigest() != shipped:
        raise BrokenReference(f"The reference file {name} is not as it was shipped; get data/reference again.")
    return content


def check_files(folder: Path = REFERENCE) -> None:
    """Read every file once, so that what is wrong is told before anything is written.

    Raises MissingReference or BrokenReference, each naming the file.
    """
    for name in _digests(folder):
        read_file(name, folder)


def _digests(folder: Path) -> dict[str, str]:
    lines = _bytes(MANIFEST, folder).decode(errors="replace").splitlines()[1:]
    return {name: digest for name, _, digest in (line.split("\t") for line in lines if line.count("\t") == 2)}


def _bytes(name: str, folder: Path) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise MissingReference(
            f"The reference file {name} is missing; get data/reference as it was shipped."
        ) from error
