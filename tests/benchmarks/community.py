"""How the people of a simulated community behave: who answers, cancels, moves, stays away and travels, at known rates."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

# Rates, each with where it comes from (FIELD, part one). Where a source counts appointments that one side can spoil, a
# meeting of two is given the same chance to be spoilt, and each of the two about half of it.
SAYS_YES = 0.55  # 1d: 40 to 60 % of suggested meetings are accepted
SAYS_NO = 0.30  # the rest of those who look is silent
SUITS = 0.5  # no source: a time on offer, within hours one has ticked
CANCELS = 0.14  # 2a: 26.3 % of appointments are cancelled early, with the reminder that works
STAYS_AWAY = 0.073  # 2a: 14.2 % no-shows, with the reminder that works
MOVES = 0.05  # no source: about one meeting in ten
CONFIRMS = 0.7  # no source: another time, or one that suits the other, will do after all
TELLS = 0.8  # no source: says afterwards how it was
AGAIN = 0.5  # no source: would meet again
TRIPS_A_YEAR = 2.5  # no source: of a week each
COMES_BACK = 0.3  # no source: a week, of those paused after two silent weeks
LOOKS = 0.6  # no source: of those who have not answered, at each look at the letters
PUTS_OFF = 0.4  # no source: does at this look what they have in mind to do
SPREAD = 6.0  # people differ: their own rates are drawn from a beta distribution of this weight


@dataclass(frozen=True)
class Person:
    """One member's own rates."""

    yes: float
    no: float
    cancels: float
    stays_away: float


def person(chance: Random) -> Person:
    """Draw somebody."""

    def own(rate: float) -> float:
        return chance.betavariate(SPREAD * rate, SPREAD * (1 - rate))

    return Person(own(SAYS_YES), own(SAYS_NO), own(CANCELS), own(STAYS_AWAY))


def plan(who: Person, chance: Random) -> str:
    """Return what somebody will do about a meeting that is on: come, cancel, or ask for another time."""
    draw = chance.random()
    return "cancel" if draw < who.cancels else "move" if draw < who.cancels + MOVES else "come"
