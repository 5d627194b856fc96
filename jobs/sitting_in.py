"""Hosts who sit in: out of the ordinary pairing, they meet whoever would be left over, and never each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import chain, combinations

from data.round import Round
from jobs.arrange import Arrangement
from jobs.arrange import arrange as arrange_all
from jobs.known import Known
from jobs.wishes import NONE, Wishes


def arrange(known: Known, round_: Round, now: datetime, wishes: Wishes = NONE) -> Arrangement:
    """Decide as `jobs.arrange` does, and once more among the left over and the hosts who sit in. Pure: stores nothing.

    A host an organiser wants in a match is in it like everybody else.

    As no two hosts meet, each of them who sits in takes somebody off the list: no more sit in than are needed. Whom
    nobody needs is not left over, and is in no figure.
    """
    wanted = {*chain(*wishes.together), *chain(*(pair.members for pair in wishes.settled))}
    hosts = {one.member.id for one in known.available if one.member.only_sits_in} - wanted
    ordinary = [one for one in known.available if one.member.id not in hosts]
    first = arrange_all(replace(known, available=ordinary), round_, now, wishes)
    left = {member.id for member in first.left_over}
    if not left or not hosts:
        return first
    again = [one for one in known.available if one.member.id in left | hosts]
    apart = [*known.apart, *combinations(sorted(hosts), 2)]
    return _joined(first, arrange_all(replace(known, available=again, apart=apart), round_, now))


def _joined(first: Arrangement, second: Arrangement) -> Arrangement:
    left_over = [member for member in second.left_over if not member.only_sits_in]
    spared = len(second.left_over) - len(left_over)
    sat_in = sum(seat.member.only_sits_in for match in second.matches for seat in match.seats)
    figures = {name: number + second.figures.get(name, 0) for name, number in first.figures.items()}
    figures["people"] -= len(first.left_over) + spared  # they were asked twice, or for nothing
    figures |= {"left_over": len(left_over), "sat_in": sat_in}
    matches, groups = [*first.matches, *second.matches], [*first.groups, *second.groups]
    return Arrangement(matches, left_over, figures, groups, first.refused)
