"""Everything about me as a file, and of others only what I was shown."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.feedback import Feedback
from data.match import Match
from tests.cast import at, say_yes
from tests.web.conftest import SigningIn


def test_ada_takes_her_data_along(session: Session, signed_in: SigningIn, ada_and_ben: Match) -> None:
    ada, ben = ada_and_ben.seats
    for seat in (ada, ben):
        say_yes(seat, at("mon 10:00"))
    for seat, learned in ((ada, "bread"), (ben, "his secret")):
        session.add(Feedback(seat_id=seat.id, given_at=at("fri 10:00"), met="yes", rating=5, learned=learned))
    ben.member.phone = "+45 99 99 99 99"
    answer = signed_in(ada.member).open("/profile/hello-stranger.json")
    assert answer.headers["Content-Disposition"] == "attachment; filename=hello-stranger.json"
    assert answer.json is not None
    assert answer.json["profile"]["email"] == "ada@example.org"
    assert answer.json["profile"]["place"] == "Copenhagen, Capital Region, Denmark"
    [match] = answer.json["matches"]
    assert match["with"] == [{"first_name": "Ben", "profession": "Veterinarian"}]
    assert match["my_answer"]["accepted_at"] == "2026-11-23T10:00:00+00:00"
    assert match["my_feedback"]["learned"] == "bread"
    assert [letter["kind"] for letter in answer.json["letters"]] == ["sign_in"]
    assert len(answer.json["sign_ins"]) == 1
    for secret in ("ben@example.org", "his secret", "+45 99 99", "session_key", "code_digest"):
        assert secret not in answer.text
