"""How far a share of a few can be trusted: the interval in which the true share lies, nineteen times of twenty.

E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
Statistical Association 22 (1927), pages 209-212. It holds for few and for shares near 0 or 1, where the usual
"plus or minus two standard errors" does not.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

SURE = 1.959964  # standard errors: the middle 95 % of a normal distribution


class Share(NamedTuple):
    """A share as it was counted, and the interval it stands for; all between 0 and 1."""

    share: float
    low: float
    high: float


def share_of(part: int, whole: int) -> Share:
    """Return the share of `part` in `whole`, with its 95 % interval; of nothing nothing is known: 0, from 0 to 1.

    Each is taken for a draw of its own. Raises ValueError for a part that is not in the whole.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    if whole == 0:
        return Share(0.0, 0.0, 1.0)
    share, square = part / whole, SURE * SURE
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = SURE / (1 + square / whole) * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    return Share(share, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)))
