"""The people of the demo: a made-up community in real towns, with real professions; the same seed makes the same town."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.member import REACHES_KM, Member
from data.occupations import OccupationTitle, TitleMeaning
from data.places import Place
from data.reference_files import read_rows
from data.search_keys import fold
from jobs.town_words import FIRST_NAMES, SKILLS, TOPICS
from matcher.geography import distance_km

COPENHAGEN, AARHUS = 2618425, 2624652  # GeoNames numbers, as all below
AROUND_KM = 30.0  # holds Malmö, across the bridge
# Lisbon, Reykjavík, London, Berlin, Nairobi, Mumbai, Tokyo, Sydney, Auckland, São Paulo, New York, Vancouver
FAR_AWAY = (
    2267057, 3413829, 2643743, 2950159, 184745, 1275339, 1850147, 2147714, 2193733, 3448439, 5128581, 6173331,
)  # fmt: skip
LONGEST_TITLE = 28  # characters: long titles are lists of titles
COMMON = 0.7  # of the people; the others show how odd a profession can be
HERE_SINCE = timedelta(weeks=6)


@dataclass(frozen=True)
class Town:
    """How many live where, and the seed of all chance."""

    seed: int = 1
    copenhagen: int = 400
    aarhus: int = 40
    far_away: int = 12


def settle(session: Session, town: Town, now: datetime) -> list[Member]:
    """Sign up a whole community, confirmed for weeks by `now`; return it. The places are to be listed. Does not commit."""
    chance = Random(town.seed)  # noqa: S311  a town, not a secret
    homes = list(_homes(session, town, chance))
    titles = _titles(session, len(homes), chance)
    members = [_person(number, *life, chance) for number, life in enumerate(zip(homes, titles, strict=True), start=1)]
    for member in members:
        member.signed_up_at = member.confirmed_at = now - HERE_SINCE
    session.add_all(members)
    session.flush()
    return members


def _homes(session: Session, town: Town, chance: Random) -> Iterator[Place]:
    """Around Copenhagen people live where people live: in proportion to the towns' populations."""
    centre, aarhus = session.get_one(Place, COPENHAGEN), session.get_one(Place, AARHUS)
    box = func.abs(Place.latitude - centre.latitude) < 0.5, func.abs(Place.longitude - centre.longitude) < 1.0
    near = list(session.scalars(select(Place).where(*box).order_by(Place.id)))
    km = [float(distance_km(centre.latitude, centre.longitude, place.latitude, place.longitude)) for place in near]
    around = [place for place, far in zip(near, km, strict=True) if far <= AROUND_KM]
    yield from chance.choices(around, [place.population for place in around], k=town.copenhagen)
    yield from [aarhus] * town.aarhus
    for number in range(town.far_away):
        yield session.get_one(Place, FAR_AWAY[number % len(FAR_AWAY)])


def _titles(session: Session, count: int, chance: Random) -> list[tuple[str, str]]:
    """Titles short enough for a card, most of them common, each with one occupation it names."""
    named = select(OccupationTitle.title, func.min(TitleMeaning.occupation_code)).group_by(OccupationTitle.id)
    named = named.join(TitleMeaning, TitleMeaning.title_id == OccupationTitle.id).order_by(OccupationTitle.id)
    short = (
        ~OccupationTitle.own,
        func.length(OccupationTitle.title) <= LONGEST_TITLE,
        ~OccupationTitle.title.contains("("),
    )
    every = [(title, code) for title, code in session.execute(named.where(*short))]
    usual = {fold(row["title"]) for row in read_rows("usual_meanings.tsv")}
    common = [named for named in every if fold(named[0]) in usual] or every
    return [chance.choice(common if chance.random() < COMMON else every) for _ in range(count)]


def _person(number: int, home: Place, title: tuple[str, str], chance: Random) -> Member:
    skills = chance.sample(SKILLS, 4)
    offers, wants = skills[: chance.randint(1, 2)], skills[2 : 2 + chance.randint(1, 2)]
    first_name = chance.choice(FIRST_NAMES)
    member = Member(
        email=f"member{number}@example.org",
        first_name=first_name,
        profession=title[0],
        occupation_code=title[1],
        reach_km=chance.choices(REACHES_KM, [1, 4, 4, 2])[0],
        meets=chance.choices(["either", "in_person", "call"], [16, 3, 1])[0],
        trio_ok=chance.random() < 0.6,
        offers=", ".join(offers),
        wants=", ".join(wants),
        topics=", ".join(chance.sample(TOPICS, chance.randint(1, 3))),
        teams_name=f"{first_name}.{number}" if chance.random() < 0.3 else "",
    )
    member.settle_in(home)
    return member
