"""The people one has met, and what one took away from it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.feedback import Feedback
from tests.cast import ADA, BEN, CLEO, DAN, at, join, say_yes
from tests.web.conftest import Bringing, SigningIn, one_database


@one_database
def test_the_past_holds_meetings_and_what_one_learned(
    session: Session, signed_in: SigningIn, brought_together: Bringing
) -> None:
    ada, ben, cleo, dan = (join(session, role) for role in (ADA, BEN, CLEO, DAN))
    for weeks, other in ((-3, ben), (-2, cleo), (-1, dan)):
        match = brought_together(ada, other, weeks=weeks)
        for seat in match.seats:
            say_yes(seat, at("tue 10:00", weeks=weeks))
        if other is not dan:
            met = "yes" if other is ben else "they_did_not_come"
            seat_id, given_at = match.seats[0].id, at("fri 10:00", weeks=weeks)
            session.add(Feedback(seat_id=seat_id, given_at=given_at, met=met, learned="<i>how to</i> fold a map"))
    page = signed_in(ada).open("/past").text
    assert "&lt;i&gt;how to&lt;/i&gt; fold a map" in page
    assert "You did not meet" in page
    assert (
        "1 stranger so far, and something learned from them." in page
    )  # Ben; Cleo did not come, and Dan is not told of
    assert page.count("How was it?") == 1  # Dan
    assert "Nobody yet" in signed_in(join(session, ADA, email="eva@example.org")).open("/past").text
