"""What is erased when somebody leaves, and what others keep."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.busy_day import BusyDay, keep_free
from data.feedback import Feedback
from data.free_hours import USUAL_HOURS
from data.leaving import ERASED, erase
from data.letter import Letter
from data.match import Match
from data.member import Member
from data.move import Move, add_trip
from data.note import Note
from data.old import forget_words_of_reports
from data.report import write_report
from data.sign_in import SignIn
from data.trip import Trip
from tests.cast import ADA, BEN, CLEO, DAN, MONDAY, at, bring_together, join, place, run_round

NOW = at("tue 10:00")


def test_adas_letters_go_and_letters_about_her_lose_their_words(session: Session) -> None:
    ada, ben, cleo, dan = (join(session, role) for role in (ADA, BEN, CLEO, DAN))
    round_ = run_round(session)
    theirs, others = bring_together(session, round_, ada, ben), bring_together(session, round_, cleo, dan)
    posted, waiting = _letter(session, ben, theirs, posted_at=NOW), _letter(session, ben, theirs, occasion="later")
    report, elsewhere = _letter(session, None, theirs, kind="report"), _letter(session, cleo, others)
    to_ada = _letter(session, ada, theirs).id
    session.add(SignIn(member=ada, member_id=ada.id, code_digest="", asked_at=NOW))
    feedback = [Feedback(seat_id=seat.id, given_at=NOW, met="yes", learned="bread", note="x") for seat in theirs.seats]
    session.add_all(feedback)
    session.add_all(Note(seat_id=seat.id, text="Hello", written_at=NOW) for seat in theirs.seats)
    for seat in theirs.seats:
        seat.place_proposed = seat.word = "Below my window"
    erase(session, ada, NOW)
    session.flush()
    session.expire_all()
    assert ada.left_at == NOW
    assert session.get(Letter, to_ada) is None
    assert (posted.calendar, elsewhere.calendar) == ("", "BEGIN:VCALENDAR")
    assert (posted.text, posted.given_up_at, waiting.text, waiting.given_up_at) == (ERASED, None, ERASED, NOW)
    assert "Ada" in report.text
    assert "Ada" in elsewhere.text
    assert [said.learned for said in feedback] == ["", "bread"]
    assert session.scalars(select(SignIn)).all() == []
    assert session.scalars(select(Note.seat_id)).all() == [theirs.seats[1].id]
    assert [(seat.place_proposed, seat.word) for seat in theirs.seats] == [("", ""), ("Below my window",) * 2]


def test_when_and_where_she_was_and_what_she_wrote_to_others_goes_with_her(session: Session) -> None:
    ada, ben = (
        join(session, ADA, free_hours=1, step_free=True, calendar_key="k" * 43, in_for=MONDAY),
        join(session, BEN),
    )
    match = bring_together(session, run_round(session), ada, ben)
    for seat in match.seats:
        seat.word, seat.place_proposed = "sorry", "The library"
        session.add(Note(seat_id=seat.id, written_at=NOW, text="Red hat"))
        keep_free(session, seat.member_id, [MONDAY], [MONDAY])
        add_trip(session, Trip.to(seat.member, place(session, "Aarhus"), MONDAY, MONDAY), NOW)
    invited = _letter(session, ben, match, calendar="DESCRIPTION:You meet Ada")
    erase(session, ada, NOW)
    session.flush()
    session.expire_all()
    assert (ada.free_hours, ada.step_free, ada.calendar_key, ada.in_for) == (USUAL_HOURS, False, None, None)
    assert [(seat.word, seat.place_proposed) for seat in match.seats] == [("", ""), ("sorry", "The library")]
    assert list(session.scalars(select(Note.seat_id))) == [match.seats[1].id]
    assert invited.calendar == ""
    for owner in (BusyDay.member_id, Trip.member_id, Move.member_id):
        assert list(session.scalars(select(owner))) == [ben.id]


def test_what_she_reported_loses_its_words_once_somebody_has_handled_it_and_stays_until_then(session: Session) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    mine, theirs = bring_together(session, run_round(session), ada, ben).seats
    notes = [Note(seat_id=mine.id, written_at=NOW, text=text) for text in ("handled", "open", "never reported")]
    session.add_all(notes)
    session.flush()
    reports = [
        write_report(session, theirs, ada.id, "She wrote this.", NOW, note=notes[0]),
        write_report(session, theirs, ada.id, "And this.", NOW, note=notes[1]),
        write_report(session, mine, ben.id, "He shouted.", NOW),
        write_report(session, mine, ben.id, "He shouted again.", NOW),
    ]
    for report in (reports[0], reports[2]):
        report.handle("nothing", NOW)
    erase(session, ada, NOW)
    session.flush()
    session.expire_all()
    assert [report.words for report in reports] == ["She wrote this.", "And this.", "", "He shouted again."]
    assert [note.text for note in session.scalars(select(Note))] == ["open"]
    assert [bool(report.note_id) for report in reports] == [False, True, False, False]
    for report in (reports[1], reports[3]):
        report.handle("nothing", NOW)
    session.flush()
    assert forget_words_of_reports(session, NOW) == 1
    session.expire_all()
    assert [report.words for report in reports] == ["She wrote this.", "And this.", "", ""]
    assert session.scalars(select(Note)).all() == []


def _letter(session: Session, reader: Member | None, match: Match, **changes: object) -> Letter:
    columns: dict[str, object] = {
        "member_id": reader.id if reader else None,
        "match_id": match.id,
        "kind": "it_is_on",
        "occasion": "on",
        "address": "somebody@example.org",
        "subject": "Ada",
        "text": "You meet Ada.",
        "calendar": "BEGIN:VCALENDAR",
        "message_id": "<1@example.org>",
        "written_at": NOW,
        "try_after": NOW,
    }
    letter = Letter(**(columns | changes))
    session.add(letter)
    session.flush()
    return letter
