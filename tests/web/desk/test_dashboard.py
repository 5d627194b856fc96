"""The overview of the desk: who needs somebody, how this week stands, and nothing about fewer than ten people."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from data.draft import Draft
from data.feedback import Feedback
from data.funnel import Funnel, Meetings, keep_funnel
from data.member import Member
from data.report import Report
from data.tally import keep_tally
from data.task import Task
from data.trained_model import TrainedModel
from data.wall import share
from jobs.friday import ANNOUNCED_AT, FRIDAY
from tests.cast import ADA, BEN, CLEO, MONDAY, at, bring_together, join, run_round
from tests.live_site import Clock
from tests.web.conftest import Browser, SigningIn, main_of, one_database, words_of
from web.desk import coming

NOW = at("mon 12:00")
MANY = Funnel(
    people=1400,
    paired=1390,
    said_yes=900,
    fixed=800,
    held=512,
    left_over=10,
    rescued=17,
    in_person=Meetings(600, 400, 300, 240, 400, 300),
    on_call=Meetings(95, 60, 50, 25, 9, 7),
    bands=(300, 200, 100, 9, 0),
)
FEW = Funnel(9, 8, 7, 6, 4, 1, 3, Meetings(4, 3, 2, 2, 4, 3), Meetings(), (2, 4, 0, 0, 0))


@pytest.fixture
def organiser(session: Session) -> Member:
    """Ada looks after the community."""
    return join(session, ADA, role="organiser")


@pytest.fixture
def desk(signed_in: SigningIn, organiser: Member) -> Browser:
    """Her browser."""
    return signed_in(organiser)


def tally(session: Session, here: int = 1712, unconfirmed: int = 9, newcomers: int = 30, **mail: int) -> None:
    """Keep what the job would have counted just now."""
    new = [{"monday": f"{MONDAY - timedelta(weeks=week)}", "people": newcomers} for week in reversed(range(26))]
    standing = {"here": here, "unconfirmed": unconfirmed, "paused": 84, "quiet": 3, "longest_wait": 2, "roles": {}}
    keep_tally(session, "members", standing | {"new": new}, NOW)
    keep_tally(session, "mail", {"waiting": 0, "late": 0, "given_up": 0} | mail, NOW)
    town = {"name": "Copenhagen", "country": "DK", "latitude": 55.68, "longitude": 12.57, "people": 1700}
    cells = [[55.67, 12.56, 900], [55.69, 12.56, 800]]
    keep_tally(session, "map", {"towns": [town], "elsewhere": 7, "cells": cells, "others": 3}, NOW)
    session.commit()


def count_rounds(session: Session, funnel: Funnel, weeks: int = 3) -> None:
    for week in range(weeks):
        keep_funnel(session, run_round(session, weeks=-week).id, funnel, NOW)
    session.commit()


def overview(browser: Browser) -> str:
    answer = browser.open("/desk")
    assert answer.status_code == 200
    return main_of(answer.text)


def said(page: str) -> str:
    return " ".join(words_of(page).split())


@one_database
def test_where_nobody_is_yet_it_says_what_to_do_first(desk: Browser, session: Session) -> None:
    for _counted in range(2):
        page = said(overview(desk))
        assert "Nobody is here yet but you" in page
        assert "Invite people" in page
        tally(session, here=1, unconfirmed=0)


@one_database
def test_where_nobody_is_yet_it_says_when_the_jobs_stand_still(desk: Browser, session: Session, clock: Clock) -> None:
    assert "Nothing has been counted lately" in said(overview(desk))
    tally(session, here=1, unconfirmed=0)
    assert "This needs somebody" not in overview(desk)
    clock.now += timedelta(minutes=16)
    page = said(overview(desk))
    assert "Nobody is here yet but you" in page
    assert "Nothing has been counted lately" in page


@one_database
def test_a_list_just_signed_up_is_not_nobody(desk: Browser, session: Session) -> None:
    tally(session, here=1, unconfirmed=400)
    page = overview(desk)
    assert "Nobody is here yet" not in page
    assert "<dt>still to confirm their address</dt><dd>400</dd>" in page


@one_database
def test_thousands_of_letters_are_written_as_numbers_are(desk: Browser, session: Session) -> None:
    tally(session, late=12500)
    assert "12,500 letters have waited" in overview(desk)


@one_database
def test_rounds_whose_meetings_may_be_ahead_lie_behind_a_veil(desk: Browser, session: Session) -> None:
    count_rounds(session, MANY, weeks=5)
    tally(session)
    page = overview(desk)
    veils = re.findall(r'class="veil" d="M([0-9.]+) [^h]*h([0-9.]+)v', page)
    assert veils == [("209.0", "147.0")]  # half of five weeks: the third is over, the fourth and fifth are not


@one_database
def test_whoever_has_just_come_is_seen_before_the_job_has_counted_them(desk: Browser, session: Session) -> None:
    tally(session, here=1, unconfirmed=0)
    join(session, BEN)
    session.commit()
    page = said(overview(desk))
    assert "Nobody is here yet but you" not in page
    assert "No round yet" in page


def test_in_a_usual_week_it_says_how_far_people_have_come(desk: Browser, session: Session) -> None:
    count_rounds(session, MANY)
    tally(session)
    page = overview(desk)
    assert "Nothing needs you now." in page
    for words, figure in (("in the round", "1,400"), ("said yes", "900"), ("met", "512"), ("left over", "10")):
        assert f"<dt>{words}</dt><dd>{figure}</dd>" in page
    assert "Nobody is paired anew in this round after this" in page
    assert "The round of Monday 30 November goes out." in page
    assert "75% (74% to 76%)" not in said(page)
    assert "76% (73% to 78%) in all" in said(page)  # 265 of 350, three times over
    assert '/desk/rounds/2026-11-16"' in page


@one_database
def test_each_picture_has_a_name_no_style_and_its_numbers_behind_it(desk: Browser, session: Session) -> None:
    count_rounds(session, MANY)
    tally(session)
    page = overview(desk)
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(pictures) == page.count("<details>") == 9
    assert all('role="img" dir="ltr"' in one and "<title>" in one for one in pictures)
    assert "style=" not in page


@one_database
def test_nothing_is_told_of_fewer_than_ten(desk: Browser, session: Session) -> None:
    count_rounds(session, FEW)
    tally(session, newcomers=4)
    page = overview(desk)
    assert page.count("<dd>under 10</dd>") == 7 + 3  # all of the round; newcomers, the quiet, the unconfirmed
    numbers = re.findall(r'<td class="number">([^<]*)</td>', page)
    told = {one for one in numbers if not re.fullmatch(r"under 10|too few to tell", one)}
    assert told == {"1,700", "900", "800", "12", "75% (47% to 91%)"}  # the map; four in each of three weeks
    funnel = page.partition("<title>How far people came</title>")[2].partition("</svg>")[0]
    assert re.findall(r'class="bar" d="M[^h]*h([0-9.]+)v', funnel) == ["360.0"] * 5  # nine are drawn as four are


def test_what_waits_stands_first(desk: Browser, session: Session, organiser: Member) -> None:
    round_ = run_round(session, weeks=-1)
    match = bring_together(session, round_, organiser, join(session, BEN), on_at=at("tue 10:00", weeks=-1))
    session.add(Feedback(seat=match.seats[0], given_at=NOW, met="yes", learned="Rye."))
    share(session, match.seats[0], "Rye takes a day.", NOW, signed=False)
    theirs = bring_together(session, run_round(session, weeks=-2), join(session, CLEO), match.seats[1].member).seats[0]
    session.add(Report(seat=theirs, about_id=match.seats[1].member_id, words="He shouted.", reported_at=NOW))
    session.add(Task(kind="export", asked_at=NOW, ended_at=NOW, failed=True, report=[]))
    tally(session, late=12, given_up=1)
    page = said(overview(desk))
    for words in (
        "1 report waits for you",
        "1 line for the wall waits for you",
        "12 letters have waited for more than 20 minutes",
        "1 letter of the last seven days was given up",
        "1 piece of long work failed",
    ):
        assert words in page
    session.add(Task(kind="export", asked_at=NOW, ended_at=NOW, report=[]))
    session.commit()
    assert "long work failed" not in said(overview(desk))


def test_a_round_that_is_held_waits_for_an_organiser(
    desk: Browser, session: Session, signed_in: SigningIn, clock: Clock
) -> None:
    draft = Draft(monday=MONDAY, seed=1, held_at=at("sun 10:00", weeks=-1), changed_at=at("sun 10:00", weeks=-1))
    session.add(draft)
    run_round(session, weeks=-1)
    tally(session)
    hosts = signed_in(join(session, BEN, role="host"))
    for now, ahead in ((at("mon 04:00"), True), (at("mon 12:00"), False)):
        clock.now = now
        page = said(overview(desk))
        assert ("What comes next" in page) == ahead
        assert "The round of Monday 23 November is held" in page
        assert "is held" not in said(overview(hosts))
    draft.released_at = at("mon 12:00")
    session.commit()
    assert "is held" not in said(overview(desk))


@one_database
def test_it_says_when_nothing_has_been_counted_lately(desk: Browser, session: Session, clock: Clock) -> None:
    count_rounds(session, MANY)
    assert "Nothing has been counted lately" in overview(desk)
    tally(session)
    assert "Nothing has been counted lately" not in overview(desk)
    clock.now += timedelta(minutes=16)
    assert "Nothing has been counted lately" in overview(desk)


@one_database
def test_before_the_first_round_and_before_it_is_counted_there_are_words(desk: Browser, session: Session) -> None:
    tally(session)
    assert "No round yet" in overview(desk)
    run_round(session)
    session.commit()
    assert "Its people are being counted" in overview(desk)


@one_database
def test_a_host_sees_how_it_goes_and_no_round_closely(signed_in: SigningIn, session: Session) -> None:
    hosts = signed_in(join(session, CLEO, role="host"))
    count_rounds(session, MANY)
    tally(session, late=3)
    page = overview(hosts)
    assert "<dd>1,400</dd>" in page
    assert "letters have waited" not in page
    assert "/desk/rounds/" not in page


@one_database
def test_the_model_is_told_in_words(desk: Browser, session: Session) -> None:
    count_rounds(session, MANY)
    tally(session)
    assert "Nothing has been learned yet" in overview(desk)
    figures = {"lessons": 4200, "held_out": 1050, "enjoyed": 0.78}
    figures |= {"loss_learned": 0.4943, "loss_in_use": 0.5276, "loss_start": 0.5447}
    columns = {"weights": {}, "figures": figures}
    session.add(TrainedModel(trained_at=at("sun 18:00", weeks=-2), in_use_from=at("sun 18:00", weeks=-2), **columns))
    session.commit()
    page = overview(desk)
    assert "learned from 4,200 meetings, since Sunday 15 November" in page
    assert "of which 78% were enjoyed, it gave what came a chance of 61%" in page
    assert "gave it 59%; one that only knows how many meetings are enjoyed gave it 58%" in page
    session.add(TrainedModel(trained_at=at("sun 18:00", weeks=-1), **(columns | {"figures": {"lessons": 60}})))
    session.commit()
    page = overview(desk)
    assert "What was learned on Sunday 22 November was not surely better" in page
    assert "a chance of" not in page


def test_it_asks_the_database_a_few_small_questions(desk: Browser, session: Session, app: object) -> None:
    count_rounds(session, MANY, weeks=26)
    tally(session)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    engine: Engine = app.extensions["engine"]  # type: ignore[attr-defined]
    event.listen(engine, "before_cursor_execute", note)
    overview(desk)
    event.remove(engine, "before_cursor_execute", note)
    assert len(asked) <= 12
    assert [one for one in asked if "FROM seat" in one or "FROM feedback" in one or "FROM letter" in one] == []


def test_friday_is_when_the_job_writes() -> None:
    assert (coming.FRIDAY, coming.ANNOUNCED_AT) == (FRIDAY, ANNOUNCED_AT)
    assert date(2026, 11, 27).weekday() == FRIDAY
