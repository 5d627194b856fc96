"""Decides about each row of a list: who is sure enough to be signed up, and what keeps the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from email_validator import EmailNotValidError, validate_email

from data.barred import digest_of
from data.member import fold_email
from data.occupations import Occupation
from data.places import Place
from data.typed_places import PlaceAnswer
from data.typed_titles import TitleAnswer
from jobs.people_list import Row
from web.fields import tidy_line

Kind = Literal["resolved", "kept as typed", "ambiguous", "unresolved", "broken", "duplicate", "member", "barred"]
SIGNED_UP: tuple[Kind, ...] = ("resolved", "kept as typed")
ADDRESSED = re.compile(r"^(?:(?:dr|prof|mr|mrs|ms|miss|mx|sir)\b\.? )+", re.IGNORECASE)
BARRED = "not signed up"
LONGEST = {"name": 60, "e-mail": 254, "job title": 120, "location": 200}
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Known:
    """Whose addresses are known already: of members, and, as digests, of those who were sent away."""

    members: Collection[str]
    barred: Collection[str] = ()


@dataclass(frozen=True)
class Person:
    """The four cells of a row, tidied and checked."""

    first_name: str
    email: str
    title: str
    location: str


@dataclass(frozen=True)
class Verdict:
    """What becomes of a row, and why; with the place and the occupation when they are sure."""

    row: Row
    kind: Kind
    why: str = ""
    candidates: list[str] = field(default_factory=list)
    person: Person | None = None
    place: Place | None = None
    occupation: Occupation | None = None


def judge(
    rows: Iterable[Row],
    known: Known,
    place_of: Callable[[str], PlaceAnswer],
    occupation_of: Callable[[str], TitleAnswer],
) -> list[Verdict]:
    """Return a verdict on every row, in order.

    A sure place is needed to be paired. A title may stay as it was typed: it says something to people, if not to us.
    """
    place_of, occupation_of = cache(place_of), cache(occupation_of)
    lines: dict[str, int] = {}
    verdicts = []
    for row in rows:
        verdict = _judge(row, known, lines, place_of, occupation_of)
        if verdict.person and verdict.kind in SIGNED_UP:
            lines[verdict.person.email] = row.line
        verdicts.append(verdict)
    return verdicts


def _judge(
    row: Row,
    known: Known,
    lines: dict[str, int],
    place_of: Callable[[str], PlaceAnswer],
    occupation_of: Callable[[str], TitleAnswer],
) -> Verdict:
    person = row.wrong or _person(row)
    if isinstance(person, str):
        return Verdict(row, "broken", person)
    if person.email in known.members:
        return Verdict(row, "member", "this address is a member's already", [], person)
    if known.barred and digest_of(person.email) in known.barred:
        return Verdict(row, "barred", BARRED, [], person)
    if person.email in lines:
        return Verdict(row, "duplicate", f"line {lines[person.email]} has this address", [], person)
    place = place_of(person.location)
    if place.found is None:
        kind: Kind = "ambiguous" if place.candidates else "unresolved"
        return Verdict(row, kind, place.why, [candidate.label for candidate in place.candidates], person)
    title = occupation_of(person.title)
    candidates = [candidate.title for candidate in title.candidates]
    kind = "resolved" if title.found else "kept as typed"
    return Verdict(row, kind, title.why, candidates, person, place.found, title.found)


def _person(row: Row) -> Person | str:
    """Return the person of a row, or what is wrong with it."""
    cells = {"name": row.name, "e-mail": row.email, "job title": row.title, "location": row.location}
    tidy = {one: tidy_line(" ".join(cell.split("\n"))) for one, cell in cells.items()}
    tidy["name"] = first_name(tidy["name"])
    for one, cell in tidy.items():
        if not cell:
            return f"there is no {one}"
        if len(cell) > LONGEST[one]:
            return f"the {one} is longer than {LONGEST[one]} characters"
        if UNPRINTABLE.search(cell):
            return f"the {one} has characters that cannot be shown"
    try:
        email = validate_email(tidy["e-mail"], check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return f"{tidy['e-mail']} is not an e-mail address"
    return Person(tidy["name"], fold_email(str(email.ascii_email)), tidy["job title"], tidy["location"])


def first_name(name: str) -> str:
    """Return the name to call somebody by: "Ada" of "Dr. Ada Lovelace" and of "Lovelace, Ada"."""
    surname, comma, given = name.partition(",")
    called = ADDRESSED.sub("", f"{given.strip()} " if comma else f"{surname.strip()} ").split()
    return called[0] if called else ""
