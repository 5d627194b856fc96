"""Two who avoid each other are kept apart, whoever said so and however often."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.avoidance import Avoidance, avoided_pairs, keep_apart
from tests import cast


def test_it_works_both_ways_and_is_kept_once(session: Session) -> None:
    ada, ben = cast.join(session, cast.ADA), cast.join(session, cast.BEN)
    keep_apart(session, ben.id, ada.id, "barred", cast.at("fri 10:00"))
    keep_apart(session, ada.id, ben.id, "barred", cast.at("sat 10:00"))
    keep_apart(session, ada.id, ben.id, "reported", cast.at("sat 10:00"))
    session.flush()
    assert avoided_pairs(session) == [(ada.id, ben.id)]


def test_nobody_avoids_themselves(session: Session) -> None:
    ada = cast.join(session, cast.ADA)
    session.add(Avoidance(first_id=ada.id, second_id=ada.id, why="barred", since=cast.at("fri 10:00")))
    with pytest.raises(IntegrityError):
        session.flush()
