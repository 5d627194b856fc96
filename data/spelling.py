"""Tells whether two words may be the same but for one slip of the finger."""

from __future__ import annotations


def one_slip_apart(one: str, other: str) -> bool:
    """Whether a single letter was added, left out, mistaken or swapped with its neighbour."""
    short, long = sorted((one, other), key=len)
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) - len(short) == 1:
        return short[same:] == long[same + 1 :]
    swapped = short[same + 1 : same + 2] + short[same : same + 1]
    rests = {short[same + 1 :] == long[same + 1 :], swapped + short[same + 2 :] == long[same:]}
    return len(long) == len(short) and one != other and True in rests
