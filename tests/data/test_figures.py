"""The figures everybody may know are counted from what people have told."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.feedback import Feedback
from data.figures import Figures, figures_of
from data.match import Match
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, at, bring_together, join, run_round


def told(session: Session, match: Match, place: int, met: str, learned: str = "") -> None:
    seat = match.seats[place]
    session.add(Feedback(seat_id=seat.id, given_at=at("sat 12:00"), met=met, rating=5, learned=learned))


def test_an_empty_community_has_no_figures(session: Session) -> None:
    assert figures_of(session, at("sun 12:00")) == Figures(0, 0, 0, 0)
    assert figures_of(session, at("sun 12:00")).held_share == 0


def test_a_meeting_counts_once_and_only_when_it_was_on_and_is_over(session: Session) -> None:
    round_ = run_round(session)
    fixed = {"meets_at": at("thu 17:00"), "on_at": at("tue 09:00")}
    held = bring_together(session, round_, join(session, ADA), join(session, BEN), **fixed)
    missed = bring_together(session, round_, join(session, CLEO), join(session, DAN), **fixed)
    ahead = bring_together(session, round_, join(session, EVA), join(session, FINN), meets_at=at("thu 17:00"))
    for place, learned in enumerate(("Bread needs time.", "")):
        told(session, held, place, "yes", learned)
    told(session, missed, 0, "they_did_not_come")
    told(session, ahead, 0, "yes")
    join(session, ADA, email="new@example.org", confirmed_at=None)
    session.flush()
    figures = figures_of(session, at("sun 12:00"))
    assert figures == Figures(members=6, held=1, told=2, lessons=1)
    assert figures.held_share == 0.5
    assert figures_of(session, at("thu 16:00")).told == 0
