"""Columns of numbers: copied to their types, and refused by name and row when a number makes no sense."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def column(name: str, given: Any, dimensions: int) -> NDArray[Any]:
    """Return what was given as an array of finite numbers with so many dimensions."""
    array = np.asarray(given)
    if array.ndim != dimensions:
        raise ValueError(f"{name} has {array.ndim} dimensions, not {dimensions}")
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} holds {array.dtype}, not numbers")
    refuse(~np.isfinite(array), name, "is not a finite number")
    return array


def typed(array: NDArray[Any], name: str, kind: type[np.generic]) -> NDArray[Any]:
    """Return a copy as `kind` that cannot be written to; whole numbers and yes or no must fit exactly."""
    copy = array.astype(kind)
    if copy.dtype.kind != "f":
        refuse(np.asarray(copy != array, bool), name, f"does not fit {copy.dtype}")
    copy.flags.writeable = False
    return copy


def pairs(name: str, given: Any) -> NDArray[np.int32]:
    """Return pairs of people, int32 (m, 2); none may be given as any empty array."""
    array = np.asarray(given)
    array = column(name, array.reshape(0, 2) if array.size == 0 else array, 2).astype(np.int32)
    if array.shape[1] != 2:
        raise ValueError(f"{name} has {array.shape[1]} columns, not 2")
    refuse(array < 0, name, "is negative")
    refuse(np.asarray(array[:, 0] == array[:, 1]), name, "names one person twice")
    return array


def refuse(bad: NDArray[np.bool_], name: str, why: str) -> None:
    """Raise ValueError naming the first row (counted from 0) in which something is bad."""
    if bad.any():
        row = int(np.argmax(bad.reshape(len(bad), -1).any(axis=1)))
        raise ValueError(f"{name}, row {row}: {why}")
