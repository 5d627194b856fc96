"""Keeps a spreadsheet from taking what somebody wrote for a formula: such a cell is given an apostrophe, and loses it again."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet computes."""
    return f"'{text}" if text.startswith(FORMULA) else text


def unguarded(cell: str) -> str:
    """Return the text a guarded cell stands for; any other as it is."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell
