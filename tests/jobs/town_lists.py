"""Enough of the lists for a small town: the places of the demo and a few titles."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.occupations import Occupation, OccupationTitle, TitleMeaning
from data.places import Place
from jobs.town import FAR_AWAY
from tests.cast import place

TITLES = (
    "Nurse", "Veterinarian", "Bookkeeper", "Gardener", "Bridge Engineer", "Sound Engineer", "Baker", "Carpenter",
    "Librarian", "Bus Driver", "Optician", "Teacher", "A Title Far Too Long To Put On A Card", "Chef (Head)",
)  # fmt: skip
OWN = "Librarian"  # as the list calls the whole occupation, not what one of them says
ZONES = ("Europe/Lisbon", "Asia/Tokyo", "America/New_York", "Pacific/Auckland")


def fill_lists(session: Session) -> None:
    """List the places of the cast, the demo's places far away, and fourteen titles of one occupation."""
    for name in ("Copenhagen", "Malmö", "Aarhus"):
        place(session, name)
    for number, code in enumerate(FAR_AWAY):
        session.add(
            Place(
                id=code, name=f"Far away {number}", region="", country_code="XX", country="Elsewhere", population=50_000,
                latitude=-40.0 + 6 * number, longitude=-170.0 + 29 * number, time_zone=ZONES[number % len(ZONES)],
            )
        )  # fmt: skip
    session.add(Occupation(code="11-1111.00", title="Everybody", description=""))
    for number, title in enumerate(TITLES, start=1):
        session.add(OccupationTitle(id=number, title=title, key=title.lower(), own=title == OWN))
        session.flush()
        session.add(TitleMeaning(title_id=number, occupation_code="11-1111.00"))
    session.flush()
