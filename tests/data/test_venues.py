"""Venues, and how often each is used in a week."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.venue_use import meetings_given
from data.venues import SuggestedVenue, Venue, count_named, venues_named, venues_numbered
from tests.cast import ADA, BEN, CLEO, DAN, at, bring_together, join, run_round


def cafe(session: Session, name: str = "Café Europa", address: str = "Amagertorv 1") -> Venue:
    venue = Venue(kind="cafe", name=name, address=address, latitude=55.68, longitude=12.58)
    session.add(venue)
    session.flush()
    return venue


def test_a_venue_is_said_with_its_address_if_it_has_one(session: Session) -> None:
    assert cafe(session).in_words == "Café Europa, Amagertorv 1"
    assert cafe(session, address="").in_words == "Café Europa"


def test_a_venue_hidden_twice_is_hidden_since_the_first_time_and_can_be_shown_again(session: Session) -> None:
    venue = cafe(session)
    venue.hide(at("mon 06:00"))
    venue.hide(at("tue 06:00"))
    assert venue.hidden_at == at("mon 06:00")
    venue.show()
    assert venue.hidden_at is None


def test_venues_are_found_by_number_and_by_name_without_accents(session: Session) -> None:
    europa, oresund = cafe(session), cafe(session, "Øresund Bar", "")
    assert venues_numbered(session, [oresund.id, europa.id, 999]) == [europa, oresund]
    assert venues_named(session, "cafe") == [europa]
    assert venues_named(session, "AMAGER") == [europa]
    assert venues_named(session, "") == [europa, oresund]
    assert venues_named(session, "", most=1) == [europa]
    assert [count_named(session, words) for words in ("ø", "bar", "nowhere")] == [2, 1, 0]


def test_a_week_counts_the_first_of_the_places_each_match_was_offered(session: Session) -> None:
    europa, norden = cafe(session), cafe(session, "Café Norden")
    members = [join(session, role) for role in (ADA, BEN, CLEO, DAN)]
    this_week, next_week = run_round(session), run_round(session, weeks=1)
    for round_, pair in ((this_week, members[:2]), (this_week, members[2:]), (next_week, members[:2])):
        match = bring_together(session, round_, *pair)
        match.suggestions = [SuggestedVenue(rank=1, venue_id=europa.id), SuggestedVenue(rank=2, venue_id=norden.id)]
    session.flush()
    assert meetings_given(session, this_week.id) == {europa.id: 2}
    assert meetings_given(session, next_week.id) == {europa.id: 1}
    assert meetings_given(session, 999) == {}
