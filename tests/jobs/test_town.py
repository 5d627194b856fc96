"""The people of the demo."""

from __future__ import annotations

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from data.member import REACHES_KM, Member
from data.member_words import MemberWord
from data.readiness import ready_members
from jobs.town import Town, settle
from jobs.town_words import FIRST_NAMES, SKILLS, TOPICS
from tests.cast import at
from tests.jobs.town_lists import OWN, TITLES, fill_lists

NOW = at("mon 06:00")
SMALL = Town(seed=3, copenhagen=60, aarhus=4, far_away=5)


@pytest.fixture
def town(session: Session) -> list[Member]:
    fill_lists(session)
    return settle(session, SMALL, NOW)


def looks(members: list[Member]) -> list[tuple[object, ...]]:
    return [(m.email, m.first_name, m.profession, m.place_id, m.reach_km, m.meets, m.offers, m.topics) for m in members]


def test_people_live_where_people_live(town: list[Member]) -> None:
    homes = [member.place.name for member in town if member.place]
    assert homes.count("Aarhus") == 4
    assert sum(home.startswith("Far away") for home in homes) == 5
    assert homes.count("Copenhagen") > homes.count("Malmö") > 0
    assert len(homes) == 69


def test_everybody_is_ready_and_has_something_to_say(session: Session, town: list[Member]) -> None:
    assert len(ready_members(session, NOW.date())) == len(town)
    assert len({member.email for member in town}) == len(town)
    assert {member.first_name for member in town} <= set(FIRST_NAMES)
    for member in town:
        offers, wants = set(member.offers.split(", ")), set(member.wants.split(", "))
        assert offers <= set(SKILLS)
        assert wants <= set(SKILLS)
        assert offers.isdisjoint(wants)
        assert set(member.topics.split(", ")) <= set(TOPICS)
        assert member.reach_km in REACHES_KM
    assert {member.meets for member in town} == {"either", "in_person", "call"}


def test_professions_are_titles_of_the_list_that_fit_on_a_card(town: list[Member]) -> None:
    assert {member.profession for member in town} <= set(TITLES[:-2]) - {OWN}
    assert {member.occupation_code for member in town} == {"11-1111.00"}


def forget(session: Session, members: list[Member]) -> None:
    """Take members away, and the words by which they are found."""
    session.execute(delete(MemberWord))
    for member in members:
        session.delete(member)
    session.flush()


def test_the_same_seed_makes_the_same_town_and_another_another(session: Session, town: list[Member]) -> None:
    before = looks(town)
    forget(session, town)
    again = looks(settle(session, SMALL, NOW))
    assert again == before
    forget(session, session.query(Member).all())
    assert looks(settle(session, Town(4, 60, 4, 5), NOW)) != before


def test_the_lists_hold_enough_to_choose_from_and_nothing_twice() -> None:
    for words, least in ((FIRST_NAMES, 150), (SKILLS, 40), (TOPICS, 40)):
        assert len(words) == len(set(words)) >= least
