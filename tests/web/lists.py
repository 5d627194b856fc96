"""A few rows of the reference lists: enough to be sure of some, and unsure of others."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.occupations import Occupation, OccupationTitle, TitleMeaning
from data.places import Place, PlaceName
from data.search_keys import fold
from tests.cast import place


def list_names(session: Session) -> None:
    """List a few places and titles as they are searched for: two Springfields, one Nurse, two kinds of operator."""
    for name in ("Copenhagen", "Malmö"):
        _list_place(session, place(session, name))
    for number, region in enumerate(["Illinois", "Missouri"], start=1):
        springfield = Place(
            id=number, name="Springfield", region=region, region_code=region[:2].upper(), country_code="US",
            country="United States", latitude=39.8 - number, longitude=-89.6 - number, population=100_000 * number,
            time_zone="America/Chicago",
        )  # fmt: skip
        session.add(springfield)
        _list_place(session, springfield)
    nurse, presser, gluer = (
        Occupation(code=code, title=title, description="")
        for code, title in (
            ("29-1141.00", "Nurses"),
            ("51-4031.00", "Press operators"),
            ("51-9191.00", "Glue operators"),
        )
    )
    session.add_all([nurse, presser, gluer])
    for title, meanings in {"Nurse": [nurse], "Machine operator": [presser, gluer]}.items():
        listed = OccupationTitle(title=title, key=fold(title), own=False)
        session.add(listed)
        session.flush()
        session.add_all(TitleMeaning(title_id=listed.id, occupation_code=meaning.code) for meaning in meanings)
    session.commit()


def _list_place(session: Session, listed: Place) -> None:
    session.flush()
    key, population = fold(listed.name), listed.population
    session.add(PlaceName(place_id=listed.id, key=key, own=True, population=population))
