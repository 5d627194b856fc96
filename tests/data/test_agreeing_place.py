"""Another public place: who proposes, who agrees, and that nobody agrees to words they have not read."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.agreeing_place import (
    CannotPropose,
    NoLongerProposed,
    agree_to_place,
    may_propose_place,
    proposals_to,
    propose_place,
    sounds_like_home,
)
from data.answering import ask_to_move, decline
from data.match import Match
from tests.cast import ADA, BEN, CLEO, at, bring_together, join, run_round, say_yes
from tests.conftest import NewDatabase

NOW = at("mon 10:00")
LIBRARY, HARBOUR = "Main library, Krystalgade 15", "Harbour Café, Kajen 2"


@pytest.fixture
def database_url(new_sqlite: NewDatabase) -> str:
    """Pure rules over rows: what the databases do with them at one moment is tested in tests/web."""
    return new_sqlite()


@pytest.fixture
def pair(session: Session) -> Match:
    """Ada and Ben, who have both said yes."""
    return _on(bring_together(session, run_round(session), join(session, ADA), join(session, BEN)))


@pytest.fixture
def trio(session: Session) -> Match:
    """Ada, Ben and Cleo, who have all said yes."""
    return _on(bring_together(session, run_round(session), *(join(session, role) for role in (ADA, BEN, CLEO))))


def _on(match: Match) -> Match:
    for seat in match.seats:
        say_yes(seat, NOW)
    assert match.is_on
    return match


def test_a_proposal_changes_nothing_until_the_other_says_yes(pair: Match) -> None:
    ada, ben = pair.seats
    before, sequence = pair.meeting_place, pair.sequence
    assert propose_place(ada, LIBRARY, NOW) == "proposed"
    assert (pair.meeting_place, pair.sequence) == (before, sequence)
    assert proposals_to(ben) == {LIBRARY: [ada]}
    assert proposals_to(ada) == {}
    assert agree_to_place(ben, LIBRARY, NOW) == "agreed"
    assert (pair.meeting_place, pair.sequence) == (LIBRARY, sequence + 1)
    assert [seat.place_proposed for seat in pair.seats] == ["", ""]


def test_nobody_agrees_to_a_place_that_has_been_replaced_or_was_never_proposed(pair: Match) -> None:
    ada, ben = pair.seats
    propose_place(ada, LIBRARY, NOW)
    propose_place(ada, HARBOUR, NOW)
    for words in (LIBRARY, LIBRARY.upper(), "", pair.meeting_place):
        with pytest.raises(NoLongerProposed):
            agree_to_place(ben, words, NOW)
    with pytest.raises(NoLongerProposed):
        agree_to_place(ada, HARBOUR, NOW)  # her own alone
    assert agree_to_place(ben, HARBOUR, NOW) == "agreed"


def test_two_proposals_stand_side_by_side_and_either_may_be_agreed(pair: Match) -> None:
    ada, ben = pair.seats
    propose_place(ada, LIBRARY, NOW)
    assert propose_place(ben, HARBOUR, NOW) == "proposed"
    assert agree_to_place(ada, HARBOUR, NOW) == "agreed"
    assert pair.meeting_place == HARBOUR
    assert proposals_to(ben) == {}


def test_two_who_propose_the_same_have_agreed_however_they_spell_it(pair: Match) -> None:
    ada, ben = pair.seats
    propose_place(ada, LIBRARY, NOW)
    assert propose_place(ben, LIBRARY.upper(), NOW) == "agreed"
    assert pair.meeting_place == LIBRARY


def test_proposed_again_it_is_known_and_where_they_meet_already_takes_the_proposal_back(pair: Match) -> None:
    ada, ben = pair.seats
    propose_place(ada, LIBRARY, NOW)
    assert propose_place(ada, LIBRARY, NOW) == "known"
    assert propose_place(ada, pair.meeting_place, NOW) == "known"
    assert proposals_to(ben) == {}


def test_of_three_everybody_has_to_agree(trio: Match) -> None:
    ada, ben, cleo = trio.seats
    propose_place(ada, LIBRARY, NOW)
    assert agree_to_place(ben, LIBRARY, NOW) == "proposed"
    assert trio.meeting_place != LIBRARY
    assert proposals_to(cleo) == {LIBRARY: [ada, ben]}
    assert agree_to_place(cleo, LIBRARY, NOW) == "agreed"
    assert trio.meeting_place == LIBRARY


def test_two_who_agree_need_not_wait_for_a_third_who_has_gone(trio: Match) -> None:
    ada, ben, cleo = trio.seats
    propose_place(ada, LIBRARY, NOW)
    agree_to_place(ben, LIBRARY, NOW)
    cleo.free(NOW)
    assert agree_to_place(ada, LIBRARY, NOW) == "agreed"


def test_they_may_agree_while_they_look_for_a_time(pair: Match) -> None:
    ada, ben = pair.seats
    ask_to_move(ada, [at("fri 17:00")], NOW)
    sequence = pair.sequence
    propose_place(ada, LIBRARY, NOW)
    assert agree_to_place(ben, LIBRARY, NOW) == "agreed"
    assert pair.sequence == sequence  # there is nothing to tell a calendar until there is a time
    say_yes(ben, NOW)
    assert pair.is_on
    assert pair.meeting_place == LIBRARY


def test_no_place_is_agreed_for_a_call_before_all_yes_after_a_no_by_the_freed_or_once_it_has_begun(
    session: Session, pair: Match
) -> None:
    ada, ben = pair.seats
    open_match = bring_together(session, run_round(session, weeks=1), ada.member, ben.member)
    assert not may_propose_place(open_match.seats[0], NOW)
    assert may_propose_place(ada, at("thu 16:59"))
    assert not may_propose_place(ada, at("thu 17:00"))
    pair.mode = "call"
    with pytest.raises(CannotPropose):
        propose_place(ada, LIBRARY, NOW)
    pair.mode = "in_person"
    propose_place(ada, LIBRARY, NOW)
    decline(ada, NOW, "not_this_week")
    with pytest.raises(CannotPropose):
        agree_to_place(ben, LIBRARY, NOW)
    ada.free(NOW)
    assert not may_propose_place(ada, NOW)


HOMES = [
    "my place", "At My Home, 3rd floor", "our flat", "my own apartment, Nørrebro", "bei mir", "Bei uns zuhause",
    "chez moi", "Mi casa", "hos mig", "hemma hos mig", "a casa mia", "u mnie", "at mine?", "come over", "at home",
]  # fmt: skip
PUBLIC = [
    "Café Europa, Amagertorv 1", "Chez Paul, Rue de Charonne 13", "The Homestead, Main Street", "Casa Verde, Calle 5",
    "Hos Fischer, Victor Borges Plads 12", "Placebo Bar", "Flatiron Café", "Home of Coffee, Dock 3", "La Maison, Rue 2",
    "Haus der Kunst, Prinzregentenstraße 1", "Mine Café, Pit Lane", "Bedroom Records, Mill Road",
]  # fmt: skip


@pytest.mark.parametrize("words", HOMES)
def test_a_home_is_heard_in(words: str) -> None:
    assert sounds_like_home(words)


@pytest.mark.parametrize("words", PUBLIC)
def test_no_home_is_heard_in(words: str) -> None:
    assert not sounds_like_home(words)
