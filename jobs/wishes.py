"""What an organiser wants of a round: people who are to meet, and, once it is released, everybody as they were looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from data.draft import DraftPair
from data.match import Match
from jobs.known import Decided, Group, Known
from matcher.pairing import CALL, NEARBY

MODES = {"in_person": NEARBY, "call": CALL}
Deciding = Callable[[Known], Decided]


class Wishes(NamedTuple):
    """Who is to meet whom, whatever the matcher would say."""

    together: Sequence[Sequence[int]] = ()  # members by number
    settled: Sequence[DraftPair] = ()  # as somebody has looked at them


NONE = Wishes()


def decide_with(wishes: Wishes, known: Known, decide: Deciding) -> Decided:
    """Return who meets whom: first as was wished, where that still can be; then everybody else as `decide` says.

    Two an organiser wants together meet when the rules let them: with a common hour, within reach or by a call.
    """
    if not wishes.together and not wishes.settled:
        return decide(known)
    groups = list(_settled(wishes.settled, known))
    refused = []
    for numbers in wishes.together:
        if set(numbers) & _numbers(groups):
            continue
        two = decide(_only(known, numbers))
        groups += two.groups
        refused += [] if two.groups else [list(numbers)]
    seated = _numbers(groups)
    rest = decide(_only(known, [one.member.id for one in known.available if one.member.id not in seated]))
    return _together(groups, rest, refused)


def draft_pairs(groups: Sequence[Group], matches: Sequence[Match]) -> list[DraftPair]:
    """Return groups, and the matches they would make, as a draft keeps them."""
    return [
        DraftPair(
            **dict(zip(("first_id", "second_id", "third_id"), [one.member.id for one in group.people], strict=False)),
            mode=match.mode,
            value=match.value,
            ingredient=group.reason,
            weeks_ago=group.weeks_ago,
            reason=match.reason,
            reason_facts=match.reason_facts,
            topic=match.topic,
            topic_facts=match.topic_facts,
        )
        for group, match in zip(groups, matches, strict=True)
    ]


def _settled(pairs: Iterable[DraftPair], known: Known) -> Iterable[Group]:
    """The pairs that still stand: all are there, and nobody has said since that they are to be kept apart."""
    here = {one.member.id: one for one in known.available}
    apart = set(known.apart)
    for pair in pairs:
        stands = here.keys() >= set(pair.members)
        if stands and not any((one, other) in apart for one in pair.members for other in pair.members):
            people = [here[number] for number in pair.members]
            yield Group(people, MODES[pair.mode], pair.value, pair.ingredient, pair.weeks_ago)


def _only(known: Known, numbers: Iterable[int]) -> Known:
    wanted = set(numbers)
    return replace(known, available=[one for one in known.available if one.member.id in wanted])


def _numbers(groups: Iterable[Group]) -> set[int]:
    return {one.member.id for group in groups for one in group.people}


def _together(groups: list[Group], rest: Decided, refused: list[list[int]]) -> Decided:
    """Add what was wished to what was decided; the figures count both."""
    pairs = [group for group in groups if len(group.people) == 2]
    more = {
        "people": len(_numbers(groups)),
        "nearby": sum(group.mode == NEARBY for group in pairs),
        "calls": sum(group.mode == CALL for group in pairs),
        "trios": len(groups) - len(pairs),
        "weight": sum(group.value for group in pairs),
    }
    figures = {name: number + more.get(name, 0) for name, number in rest.figures.items()}
    return Decided([*groups, *rest.groups], rest.left_over, figures | {"wished": len(groups)}, refused)
