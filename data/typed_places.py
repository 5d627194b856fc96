"""What a location means as people type it: "Portland/Maine/USA", "NYC", "remote"."""

from __future__ import annotations

from dataclasses import dataclass, field

from geopy.distance import great_circle
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.areas import EVERYWHERE, Area, AreaName, contains, narrowed
from data.location_parts import parts_of, phrases_of
from data.places import Place, PlaceName
from data.search_keys import begins_with, fold
from data.spelling import one_slip_apart

CLEARLY_LARGER = 4  # times the next place of that name, to be meant without its region
FAMOUS = 20  # times a place's people, for another that is only called so to be as likely meant
NEIGHBOURS_KM = 60
# Shares of the people listed in an area who live in the town of its name, for the town to be meant. Boroughs are listed
# beside their city, so that even a city state has hardly more than half.
OWN_SHARE = 0.15  # the town goes by that name itself: "Zurich", but not "Quebec"
CALLED_SHARE = 0.28  # others call the town so: "New York", but not "Mexico"
CODE_SHARE = 0.4  # it is but a code: "DC", and not "NY"
CODE_LETTERS = 3
LARGE = 100_000  # people; only so large a town is found without its region by a slip of the finger
LONG_ENOUGH = 5  # letters, to see a slip in


@dataclass(frozen=True)
class PlaceAnswer:
    """The place that was meant; when it is not sure, none, the places it may be, and why in words."""

    found: Place | None
    candidates: list[Place] = field(default_factory=list)
    why: str = ""


@dataclass(frozen=True)
class _Known:
    """What the lists have under each phrase of one location."""

    areas: dict[str, set[Area]]
    own: dict[str, list[Place]]  # places that go by the phrase, the largest first
    called: dict[str, list[Place]]  # places that others call so


def resolve_place(session: Session, text: str) -> PlaceAnswer:
    """Return the town a typed location surely means, or why none does.

    A country or region alone is not a town, unless most of its people live in the town of that name.
    """
    chosen = _labelled(session, text)
    if chosen is not None:
        return PlaceAnswer(chosen)
    parts = parts_of(text)
    known = _look_up(session, phrases_of(parts))
    towns, within = _set_areas_aside(parts, known)
    answers = [_town(session, town, within, known) for town in towns]
    found = [answer.found for answer in answers if answer.found]
    if found and all(_are_near(found[0], other) for other in found):
        return PlaceAnswer(found[0])  # of neighbours ("Brooklyn, NYC") the first is nearer to home
    candidates = found or [place for answer in answers for place in answer.candidates]
    whys = [answer.why for answer in answers if answer.why]
    return PlaceAnswer(None, candidates, "it names several towns" if found else next(iter(whys), "it names no place"))


def _labelled(session: Session, text: str) -> Place | None:
    """Return the place whose label this is, as it is when somebody picked a suggestion."""
    name = fold(text.partition(",")[0])
    called = select(Place).join(PlaceName).where(PlaceName.key == name, PlaceName.own)
    places = session.scalars(called.order_by(Place.population.desc()))
    return next((place for place in places if "," in text and fold(place.label) == fold(text)), None)


def _look_up(session: Session, phrases: set[str]) -> _Known:
    known = _Known({}, {}, {})
    areas = select(AreaName).where(AreaName.key.in_(phrases))
    for area in session.scalars(areas):
        known.areas.setdefault(area.key, set()).add((area.country_code, area.region_code))
    named = select(PlaceName.key, PlaceName.own, Place).join(Place).where(PlaceName.key.in_(phrases))
    for key, own, place in session.execute(named.order_by(Place.population.desc(), Place.id)):
        (known.own if own else known.called).setdefault(key, []).append(place)
    return known


def _set_areas_aside(parts: list[str], known: _Known) -> tuple[list[str], frozenset[Area]]:
    """Return what may be towns, and the areas they lie in: ("springfield"), and Illinois for "springfield il usa"."""
    towns, within = list(parts), EVERYWHERE
    while towns:
        *others, last = towns
        whole = narrowed(within, known.areas.get(last, ()))
        if others and whole:
            towns, within = others, whole
            continue
        town, end = _without_area(last, within, known)
        if not end:
            break
        towns[-1], within = town, end
    while len(towns) > 1 and narrowed(within, known.areas.get(towns[0], ())):
        within = narrowed(within, known.areas.get(towns.pop(0), ()))
    return towns, within


def _without_area(part: str, within: frozenset[Area], known: _Known) -> tuple[str, frozenset[Area]]:
    """Return a part without the area it ends with, and that area; none when all of it is a name of its own."""
    words = part.split()
    if not (part in known.own or part in known.called or part in known.areas):
        for end in range(1, len(words)):
            areas = narrowed(within, known.areas.get(" ".join(words[end:]), ()))
            if areas:
                return " ".join(words[:end]), areas
    return part, frozenset()


def _town(session: Session, name: str, within: frozenset[Area], known: _Known) -> PlaceAnswer:
    """Return the town of a name within the areas, or what is unsure about it."""
    own = [place for place in known.own.get(name, ()) if _lies_in(place, within)]
    called = [place for place in known.called.get(name, ()) if _lies_in(place, within)]
    areas = narrowed(within, known.areas.get(name, ()))
    if areas - within and not _has_town_of_its_name(session, name, areas, own, called):
        towns = [place for place in own + called if place.population >= LARGE]
        return PlaceAnswer(None, towns[:8], "it names a country or a region, not a town")
    if own or called:
        # "CA" is California before Canada.
        regions = frozenset(area for area in within if area[1])
        in_region = [place for place in own if _lies_in(place, regions)]
        return _largest(in_region, [], regions) if in_region else _largest(own, called, within)
    return _misspelt(session, name, within)


def _largest(own: list[Place], called: list[Place], within: frozenset[Area]) -> PlaceAnswer:
    """Return the place that is clearly meant by its size; a place's own name goes before what others call it."""
    best, *rest = own or called
    in_region = all(region for _, region in within)
    larger = 1 if in_region else CLEARLY_LARGER
    rivals = [place for place in rest if place.population * larger > best.population]
    rivals += [place for place in called if own and place.population > FAMOUS * best.population]
    if all(_are_near(best, rival) for rival in rivals):
        return PlaceAnswer(best)
    return PlaceAnswer(None, (own + called)[:8], "there are several places of that name")


def _misspelt(session: Session, name: str, within: frozenset[Area]) -> PlaceAnswer:
    """Return the one town whose name is a slip of the finger away; without a region, only a large one."""
    if len(name) < LONG_ENOUGH:
        return PlaceAnswer(None, [], "no place of that name is known")
    columns = PlaceName.key, Place.id, Place.country_code, Place.region_code
    begun = select(*columns).join(Place).where(PlaceName.own, begins_with(PlaceName.key, name[:1]))
    if not all(region for _, region in within):
        begun = begun.where(PlaceName.population >= LARGE)
    slips = {number: area for key, number, *area in session.execute(begun) if one_slip_apart(name, key)}
    alike = [number for number, (country, region) in slips.items() if _holds(within, country, region)]
    places = list(session.scalars(select(Place).where(Place.id.in_(alike)).order_by(Place.population.desc())))
    if len(places) == 1:
        return PlaceAnswer(places[0])
    return PlaceAnswer(
        None, places, "several places are spelt nearly so" if places else "no place of that name is known"
    )


def _holds(within: frozenset[Area], country: str, region: str) -> bool:
    return any(contains(area, (country, region)) for area in within)


def _lies_in(place: Place, within: frozenset[Area]) -> bool:
    return _holds(within, place.country_code, place.region_code)


def _has_town_of_its_name(
    session: Session, name: str, areas: frozenset[Area], own: list[Place], called: list[Place]
) -> bool:
    """Whether so many people of an area live in its town of the same name that the name means the town.

    Of areas of one name the one with most people counts: Montana is the state, though there is a town in Bulgaria's.
    """
    people = {area: _people_of(session, area) for area in areas}
    area = max(areas, key=lambda area: (people[area], area))
    shares = [(place, OWN_SHARE) for place in own] + [(place, CALLED_SHARE) for place in called]
    least = CODE_SHARE if len(name) <= CODE_LETTERS else 0
    return any(
        _lies_in(place, frozenset({area})) and place.population >= max(share, least) * people[area]
        for place, share in shares
    )


def _people_of(session: Session, area: Area) -> int:
    country, region = area
    people = select(func.sum(Place.population)).where(Place.country_code == country)
    return session.scalar(people.where(Place.region_code == region) if region else people) or 0


def _are_near(one: Place, other: Place) -> bool:
    positions = (one.latitude, one.longitude), (other.latitude, other.longitude)
    return bool(great_circle(*positions).km <= NEIGHBOURS_KM)
