"""Everything about me as a file, and of others only what I was shown."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.busy_day import keep_free
from data.feedback import Feedback
from data.match import Match
from data.meeting_time import MeetingTime, Tick
from data.move import add_trip
from data.note import Note
from data.report import write_report
from data.trip import Trip
from data.venues import SuggestedVenue, Venue
from data.wall import share
from tests.cast import MONDAY, at, place, say_yes
from tests.web.conftest import SigningIn


def test_ada_takes_her_data_along(session: Session, signed_in: SigningIn, ada_and_ben: Match) -> None:
    ada, ben = ada_and_ben.seats
    for seat in (ada, ben):
        say_yes(seat, at("mon 10:00"))
    for seat, learned in ((ada, "bread"), (ben, "his secret")):
        session.add(Feedback(seat_id=seat.id, given_at=at("fri 10:00"), met="yes", rating=5, learned=learned))
    cafe = Venue(kind="cafe", name="Café Europa", address="Amagertorv 1", latitude=55.7, longitude=12.6)
    ada_and_ben.suggestions.append(SuggestedVenue(rank=1, venue=cafe))
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
    assert match["suggested_venues"] == ["Café Europa, Amagertorv 1"]
    assert answer.json["expected_to_keep_of_100"] == 90
    assert [letter["kind"] for letter in answer.json["letters"]] == ["sign_in"]
    assert len(answer.json["sign_ins"]) == 1
    assert answer.json["profile"]["free_hours"] == "Weekdays at lunch and after work; Saturday and Sunday until 17:00"
    for secret in ("ben@example.org", "his secret", "+45 99 99", "session_key", "calendar_key", "code_digest"):
        assert secret not in answer.text


def test_ada_takes_along_when_and_where_she_is_and_of_a_match_only_her_own_part(
    session: Session, signed_in: SigningIn, ada_and_ben: Match
) -> None:
    ada, ben = ada_and_ben.seats
    propose_after_a_yes(ada_and_ben)
    venue = Venue(kind="cafe", name="Café Europa", address="Amagertorv 1", latitude=55.7, longitude=12.6)
    ada_and_ben.suggestions.append(SuggestedVenue(rank=1, venue=venue))
    ada.word, ada_and_ben.questions, ada_and_ben.sign = "sorry", ["What did you unlearn?"], "a yellow leaf"
    keep_free(session, ada.member_id, [MONDAY], [MONDAY])
    add_trip(session, Trip.to(ada.member, place(session, "Aarhus"), MONDAY, MONDAY), at("mon 10:00"))
    session.add_all(
        Note(seat_id=seat.id, written_at=at("tue 10:00"), text=text)
        for seat, text in ((ada, "Red hat"), (ben, "Own note"))
    )
    for seat, words in ((ada, "Bread needs time."), (ben, "Horses sleep standing.")):
        share(session, seat, words, at("fri 10:00"), signed=False)
        seat.memo = f"To myself: {words}"
    file = signed_in(ada.member).open("/profile/hello-stranger.json")
    assert file.json is not None
    assert file.json["busy_days"] == ["2026-11-23"]
    assert [(trip["place"], trip["first_day"]) for trip in file.json["trips"]] == [
        ("Aarhus, Central Jutland, Denmark", "2026-11-23")
    ]
    assert [move["moved_at"] for move in file.json["moves"]] == ["2026-11-23T10:00:00+00:00"]
    [match] = file.json["matches"]
    assert match["suggested_venues"] == []  # nobody learns of places before both have said yes
    assert [note["text"] for note in file.json["notes"]] == ["Red hat"]
    assert [line["words"] for line in file.json["wall_lines"]] == ["Bread needs time."]
    assert "To myself: Bread" in file.text
    assert "Horses" not in file.text
    assert [(time["proposed_by_me"], time["ticked_by_me"]) for time in match["times"]] == [
        (False, True),
        (False, False),
    ]
    assert (match["questions"], match["sign"], match["my_answer"]["word"]) == (["What did you unlearn?"], None, "sorry")
    assert "Own note" not in file.text


def test_ada_takes_along_what_she_reported_and_nothing_that_was_reported_about_her(
    session: Session, signed_in: SigningIn, ada_and_ben: Match
) -> None:
    ada, ben = ada_and_ben.seats
    for seat, other, words in ((ada, ben, "He shouted."), (ben, ada, "She laughed.")):
        report = write_report(session, seat, other.member_id, words, at("mon 11:00"))
        report.handle("spoken_to", at("mon 11:30"))
    file = signed_in(ada.member).open("/profile/hello-stranger.json")
    assert file.json is not None
    assert file.json["reports"] == [{"words": "He shouted.", "reported_at": "2026-11-23T11:00:00+00:00"}]
    for unsaid in ("She laughed", "spoken_to"):
        assert unsaid not in file.text


def propose_after_a_yes(match: Match) -> None:
    """Ada has ticked the first time, and Ben has put forward another one of his own."""
    ada, ben = match.seats
    say_yes(ada, at("mon 10:00"))
    theirs = MeetingTime(starts_at=at("sat 10:00"), proposed_by_id=ben.id)
    theirs.ticks = [Tick(seat_id=ben.id)]
    match.times.append(theirs)
