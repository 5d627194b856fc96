"""Tidying: what is old goes, what is needed stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker, undefer

from data.avoidance import keep_apart
from data.busy_day import BusyDay
from data.letter import Letter
from data.member import Member
from data.move import Move
from data.report import Report, write_report
from data.sign_in import SignIn
from data.task import Task
from data.trip import Trip
from data.webhook import Delivery, Webhook
from jobs.received_folder import KEPT_FOR, ReceivedFolder
from jobs.tidy import tidy
from tests.cast import ADA, BEN, CLEO, DAN, MONDAY, at, bring_together, join, place, run_round
from tests.jobs.stage import at_once, everything, sign_up
from web.letters import Letters
from web.settings import Settings

NOW = at("mon 06:00")


def names(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        return [member.first_name for member in session.scalars(select(Member).order_by(Member.id))]


def test_sign_ups_never_confirmed_go_with_all_that_was_sent_there(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    long_ago, lately = NOW - timedelta(days=14, minutes=1), NOW - timedelta(days=13)
    with sessions.begin() as session:
        for role, since in ((ADA, long_ago), (BEN, lately)):
            member = join(session, role, confirmed_at=None, signed_up_at=since)
            session.add(SignIn(member=member, code_digest="", asked_at=since))
            Letters(settings).confirm(session, member, since)
        join(session, CLEO, signed_up_at=long_ago)
        join(session, DAN, confirmed_at=None, signed_up_at=long_ago).leave(lately)  # keeps a number, for the others
    line = tidy(sessions, settings, NOW)
    assert "2 old sign-ins, 1 sign-ups never confirmed, the words of 0 letters" in line
    assert names(sessions) == ["Ben", "Cleo", "Somebody"]
    with sessions() as session:
        assert [letter.address for letter in session.scalars(select(Letter))] == ["ben@example.org"]


def test_sign_ins_are_kept_for_a_day(sessions: sessionmaker[Session], settings: Settings) -> None:
    with sessions.begin() as session:
        ada = join(session, ADA)
        for hours in (23, 25):
            session.add(SignIn(member=ada, code_digest=str(hours), asked_at=NOW - timedelta(hours=hours)))
    tidy(sessions, settings, NOW)
    with sessions() as session:
        assert [sign_in.code_digest for sign_in in session.scalars(select(SignIn))] == ["23"]


def test_a_goodbye_is_forgotten_once_it_is_posted(sessions: sessionmaker[Session], settings: Settings) -> None:
    with sessions.begin() as session:
        posted, waiting = join(session, ADA), join(session, BEN)
        for member, posted_at in ((posted, NOW), (waiting, None)):
            letter = Letters(settings).goodbye(session, member, member.email or "", member.first_name, NOW)
            assert letter is not None
            letter.posted_at = posted_at
            member.leave(NOW)
    tidy(sessions, settings, NOW)
    with sessions() as session:
        assert [letter.address for letter in session.scalars(select(Letter).order_by(Letter.id))] == [
            "",
            "ben@example.org",
        ]


def test_the_words_of_old_letters_go_and_that_they_were_written_stays(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    ages = {"posted long ago": 61, "posted lately": 59, "given up long ago": 61, "waiting": None}
    with sessions.begin() as session:
        ada = join(session, ADA)
        for weeks, (what, days) in enumerate(ages.items()):
            letter = Letters(settings).next_week(session, ada, MONDAY - timedelta(weeks=weeks), NOW)
            assert letter is not None
            letter.subject, letter.calendar = what, "BEGIN:VCALENDAR"
            if days is not None:
                done = NOW - timedelta(days=days)
                letter.posted_at, letter.given_up_at = (None, done) if "given" in what else (done, None)
    assert "the words of 2 letters" in tidy(sessions, settings, NOW)
    with sessions() as session:
        letters = list(session.scalars(select(Letter).order_by(Letter.id)))
    assert [(letter.subject, bool(letter.text), letter.address) for letter in letters] == [
        ("", False, ""),
        ("posted lately", True, "ada@example.org"),
        ("", False, ""),
        ("waiting", True, "ada@example.org"),
    ]
    assert [bool(letter.calendar) for letter in letters] == [False, True, False, True]
    assert all(letter.occasion and letter.message_id for letter in letters)


def test_trips_and_busy_days_long_past_go_and_so_does_where_somebody_lived(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    with sessions.begin() as session:
        ada, aarhus = join(session, ADA), place(session, "Aarhus")
        for days in (61, 60, 1):
            day = (NOW - timedelta(days=days)).date()
            session.add(BusyDay(member_id=ada.id, day=day))
            session.add(Trip.to(ada, aarhus, day - timedelta(days=9), day))
        for days in (15, 13):
            session.add(Move(member_id=ada.id, moved_at=NOW - timedelta(days=days), left_id=aarhus.id))
    assert "3 trips, busy days and moves long past" in tidy(sessions, settings, NOW)
    with sessions() as session:
        last_days = list(session.scalars(select(Trip.last_day).order_by(Trip.id)))
        assert [(NOW.date() - day).days for day in last_days] == [60, 1]
        assert list(session.scalars(select(BusyDay.day).order_by(BusyDay.day))) == last_days
        assert [(NOW - move.moved_at).days for move in session.scalars(select(Move))] == [13]


def test_the_words_of_a_report_go_a_year_after_somebody_has_handled_it(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    with sessions.begin() as session:
        ada, ben = bring_together(session, run_round(session), join(session, ADA), join(session, BEN)).seats
        for days in (366, 364, None):
            report = write_report(session, ada, ben.member_id, f"{days}", NOW - timedelta(days=900))
            if days:
                report.handle("spoken_to", NOW - timedelta(days=days))
    assert "the words of 1 reports" in tidy(sessions, settings, NOW)
    with sessions() as session:
        reports = session.scalars(select(Report).order_by(Report.id)).all()
        assert [(report.words, report.outcome) for report in reports] == [
            ("", "spoken_to"),
            ("364", "spoken_to"),
            ("None", None),
        ]


def test_the_files_of_a_task_go_and_that_it_was_done_stays(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine
) -> None:
    with sessions.begin() as session:
        for days in (15, 13, None):
            ended = NOW - timedelta(days=days) if days else None
            session.add(Task(kind="import", asked_at=NOW - timedelta(days=30), ended_at=ended, outcome="All done",
                             file_name="list.csv", file=b"Ada", result_name="left.csv", result=b"Ben",
                             report=["line 3: Cleo"]))  # fmt: skip
    assert "the files of 1 tasks" in tidy(sessions, settings, NOW)
    before = everything(engine)
    assert "the files of 0 tasks" in tidy(sessions, settings, NOW)
    assert everything(engine) == before
    with sessions() as session:
        tasks = session.scalars(select(Task).order_by(Task.id)).all()
        assert [(task.file_name, task.file, task.result_name, task.result, task.report) for task in tasks] == [
            ("", None, "", None, []),
            *[("list.csv", b"Ada", "left.csv", b"Ben", ["line 3: Cleo"])] * 2,
        ]
        assert {task.outcome for task in tasks} == {"All done"}


def test_what_other_programs_were_told_is_kept_for_a_month(sessions: sessionmaker[Session], settings: Settings) -> None:
    with sessions.begin() as session:
        webhook = Webhook(url="https://example.org", events=[], made_at=NOW)
        for days, ended in ((31, "delivered_at"), (31, "given_up_at"), (29, "delivered_at"), (31, "")):
            then = NOW - timedelta(days=days)
            told = Delivery(webhook=webhook, event=ended, facts={}, happened_at=then, try_after=then)
            if ended:
                setattr(told, ended, then)
            session.add(told)
    assert "2 deliveries" in tidy(sessions, settings, NOW)
    with sessions() as session:
        assert [told.event for told in session.scalars(select(Delivery).order_by(Delivery.id))] == ["delivered_at", ""]


def test_tidying_twice_or_at_once_changes_nothing_more(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine
) -> None:
    sign_up(sessions, ADA, confirmed_at=None, signed_up_at=NOW - timedelta(days=30))
    sign_up(sessions, BEN)
    lines = at_once(engine, tidy, NOW)
    assert sum("1 sign-ups" in line for line in lines) == 1
    before = everything(engine)
    tidy(sessions, settings, NOW)
    assert everything(engine) == before
    assert names(sessions) == ["Ben"]


def test_mail_read_long_ago_goes(sessions: sessionmaker[Session], settings: Settings, tmp_path: Path) -> None:
    settings = replace(settings, received_folder=tmp_path)
    folder, long_ago = ReceivedFolder(tmp_path), NOW - KEPT_FOR - timedelta(hours=1)
    folder.put(b"Hello?", long_ago)
    for taken in folder.take_each(long_ago):
        folder.put_away(taken, "kept")
    assert tidy(sessions, settings, NOW).endswith(", 1 received messages")
    assert list((tmp_path / "cur").iterdir()) == []


def test_files_of_long_work_go_after_two_weeks_and_what_came_of_it_stays(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    ends = [NOW - timedelta(days=14, minutes=1), NOW - timedelta(days=13)]
    with sessions.begin() as session:
        columns = {"asked_at": NOW - timedelta(days=15), "result_name": "left.csv", "report": ["line 3: ada at home"]}
        session.add_all(Task(kind="import", outcome="One of two", result=b"a", ended_at=end, **columns) for end in ends)
    assert "the files of 1 tasks" in tidy(sessions, settings, NOW)
    with sessions() as session:
        tasks = session.scalars(select(Task).options(undefer(Task.result)).order_by(Task.id))
        assert [(one.outcome, one.result, one.result_name, one.report) for one in tasks] == [
            ("One of two", None, "", []),
            ("One of two", b"a", "left.csv", ["line 3: ada at home"]),
        ]


def test_an_organiser_who_kept_somebody_apart_does_not_keep_them_here(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    long_ago = NOW - timedelta(days=15)
    with sessions.begin() as session:
        ada = join(session, ADA, confirmed_at=None, signed_up_at=long_ago)
        keep_apart(session, ada.id, join(session, BEN).id, "organiser", NOW)
    assert "1 sign-ups never confirmed" in tidy(sessions, settings, NOW)
    assert names(sessions) == ["Ben"]
