"""A reference file is used as it was shipped, or not at all."""

from __future__ import annotations

import hashlib
import lzma
import shutil
from pathlib import Path

import pytest

from data.reference_files import (
    MANIFEST,
    REFERENCE,
    BrokenReference,
    MissingReference,
    check_files,
    read_file,
    read_rows,
)

LISTS = [line.split("\t") for line in (REFERENCE / MANIFEST).read_text(encoding="utf-8").splitlines()[1:]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one small list, like the shipped one."""
    content = lzma.compress(b"name\tcode\nAda\t1\n\tBen\n")
    (tmp_path / "cast.tsv.xz").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    (tmp_path / MANIFEST).write_text(f"file\trows\tsha256\ncast.tsv.xz\t2\t{digest}\n", encoding="utf-8")
    return tmp_path


def test_a_list_is_read_by_the_names_in_its_first_line(folder: Path) -> None:
    assert read_rows("cast.tsv.xz", folder) == [{"name": "Ada", "code": "1"}, {"name": "", "code": "Ben"}]


@pytest.mark.parametrize(("name", "rows"), [(name, int(rows)) for name, rows, _ in LISTS if ".tsv" in name])
def test_every_shipped_list_has_the_rows_its_manifest_states(name: str, rows: int) -> None:
    assert len(read_rows(name)) == rows


def test_every_shipped_file_is_in_the_manifest_and_has_its_credit() -> None:
    sources = (REFERENCE / "SOURCES.md").read_text(encoding="utf-8")
    shipped = {file.name for file in REFERENCE.iterdir()} - {MANIFEST, "SOURCES.md"}
    assert shipped == {name for name, *_ in LISTS}
    assert all(f"`{name}`" in sources for name in shipped)
    for credit in ("O\\*NET® is a trademark", "modified", "GeoNames", "OpenStreetMap", "MiniLM"):
        assert credit in sources


def test_a_file_that_was_cut_short_is_told_in_one_line(folder: Path) -> None:
    whole = (folder / "cast.tsv.xz").read_bytes()
    (folder / "cast.tsv.xz").write_bytes(whole[:-20])
    with pytest.raises(BrokenReference, match=r"cast\.tsv\.xz is not as it was shipped") as told:
        read_rows("cast.tsv.xz", folder)
    assert "\n" not in str(told.value)


def test_a_file_that_is_away_is_told_in_one_line(folder: Path) -> None:
    (folder / "cast.tsv.xz").unlink()
    with pytest.raises(MissingReference, match=r"cast\.tsv\.xz is missing"):
        read_rows("cast.tsv.xz", folder)


def test_a_file_the_manifest_does_not_know_is_not_trusted(folder: Path) -> None:
    shutil.copy(folder / "cast.tsv.xz", folder / "other.tsv.xz")
    with pytest.raises(BrokenReference):
        read_file("other.tsv.xz", folder)


def test_without_a_manifest_nothing_is_trusted(folder: Path) -> None:
    (folder / MANIFEST).unlink()
    with pytest.raises(MissingReference, match=MANIFEST):
        read_rows("cast.tsv.xz", folder)


def test_all_files_are_as_they_were_shipped() -> None:
    check_files()


def test_one_broken_file_among_them_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "reference"
    shutil.copytree(REFERENCE, copy)
    (copy / "areas.tsv.xz").write_bytes(b"cut short")
    with pytest.raises(BrokenReference, match=r"areas\.tsv\.xz is not as it was shipped"):
        check_files(copy)
