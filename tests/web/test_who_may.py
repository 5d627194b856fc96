"""Every route of the site against everybody who could ask: who may, who is asked to sign in, and who finds nothing."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from data.report import Report
from data.sign_in import SignIn
from data.task import Task
from data.trip import Trip
from data.wall import WallLine
from tests.cast import Role, at, join
from tests.live_site import Clock
from tests.screenshots.desk import INES, INES_TOO, LIVING_ROOM
from tests.screenshots.stage import NOW, Stage, set_stage
from tests.web.conftest import Browser, NewBrowser, SigningIn, one_database
from web.links import Links

# Who may ask for what; a link stands for whoever it was written to. A new route has to be put here.
EVERYBODY = "everybody"
MEMBERS = "members"
OWNER = "owner"  # Ada, whose seat or trip it is
HOSTS = "hosts"  # and organisers
ORGANISERS = "organisers"
PROGRAMS = "programs"  # with a token, which no cookie is
WHO_MAY = {
    "desk_dashboard.* desk_queue.* desk_wall.* desk_reports.handle": HOSTS,
    "desk_*": ORGANISERS,
    "api_*": PROGRAMS,
    "strangers.show this_week.* profile.* reliability.* free_hours.* taking_part.* my_data.*": MEMBERS,
    "trips.show trips.add leave.* more_about_you.* new_address.ask calendar_feed.[aem]* community.invite": MEMBERS,
    "strangers.moved pages.* api.* wall.* community.show health.* mailbox.*": EVERYBODY,
    "strangers.* report.about_stranger trips.remove": OWNER,
    "sign_in.* sign_up.* choose_language.* suggestions.* here.*": EVERYBODY,
    "matches.* notes.* another_place.* report.from_letter feedback.* next_week.* coming_back.*": EVERYBODY,
    "unsubscribe.* new_address.* calendar_feed.show": EVERYBODY,
}
ALLOWED = {
    EVERYBODY: {"nobody", "member", "the other", "ada", "host", "organiser"},
    MEMBERS: {"member", "the other", "ada", "host", "organiser"},
    OWNER: {"ada"},
    HOSTS: {"host", "organiser"},
    ORGANISERS: {"organiser"},
    PROGRAMS: set[str](),
}
BUTTONS = {"desk_reports.handle": {"outcome": "nothing"}}  # without it, it is no form of ours
NOT_ASKED_TO_SIGN_IN = {EVERYBODY, PROGRAMS}


class Asked(NamedTuple):
    """A route as it is asked for."""

    endpoint: str
    method: str
    path: str

    @property
    def by(self) -> str:
        """Who may."""
        return next(who for names, who in WHO_MAY.items() if any(fnmatch(self.endpoint, n) for n in names.split()))


@pytest.fixture
def clock() -> Clock:
    """The moment the stage is set for."""
    return Clock(NOW)


@pytest.fixture
def stage(app: Flask, session: Session) -> Stage:
    """One week with a match in every state, and a desk with something of everything on it."""
    return set_stage(session, app.extensions["letters"])


@pytest.fixture
def readers(stage: Stage, session: Session, new_browser: NewBrowser, signed_in: SigningIn) -> dict[str, Browser]:
    """Everybody who could ask."""
    other = stage.seats["on"].match.seats[1].member
    host = join(session, Role("Hedda", "Host", topics="chairs"), role="host")
    members = {"member": stage.cleo, "the other": other, "ada": stage.ada, "host": host, "organiser": stage.olga}
    return {"nobody": new_browser()} | {name: signed_in(member) for name, member in members.items()}


def every_route(app: Flask, session: Session, stage: Stage, links: Links) -> list[Asked]:
    """Each route of the site with something that is there: a letter's link to Ada, her seat, a row of each kind."""
    facts = _rows(session, stage)
    letters = _tokens(session, stage, links)
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    return [
        Asked(rule.endpoint, method, _path(app, rule, facts, letters))
        for rule in rules
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def _path(app: Flask, rule: Rule, facts: dict[str, dict[str, object]], letters: dict[str, str]) -> str:
    noun = next((facts[prefix] for prefix in facts if rule.rule.startswith(prefix)), {})
    given = {"token": letters.get(rule.rule.partition("/<")[0], ""), "letter_id": 1} | noun
    path: str = app.url_map.bind("").build(rule.endpoint, {name: given[name] for name in rule.arguments})
    return path


def _rows(session: Session, stage: Stage) -> dict[str, dict[str, object]]:
    """What stands in the numbers and days of paths that begin so."""
    shown, waiting = (
        session.scalars(select(WallLine.id).where(WallLine.shown_at.is_(None) == none)).first()
        for none in (False, True)
    )
    done = Task(kind="export", asked_at=NOW, ended_at=NOW, result=b"a,b", result_name="a.csv")
    session.add(done)
    session.flush()
    about_others = select(Report.id).where(Report.about_id != stage.olga.id)
    return {
        "/desk/people/": {"number": INES, "other": INES_TOO},
        "/desk/programs/": {"number": 1},
        "/desk/queue/lines": {"number": waiting},
        "/desk/queue/reports": {"number": session.scalars(about_others).first()},
        "/desk/rounds": {"monday": f"{at('mon 00:00').date()}"},
        "/desk/round/": {"day": f"{at('mon 00:00', weeks=1).date()}", "one": stage.ada.id, "other": stage.cleo.id},
        "/desk/venues": {"number": LIVING_ROOM},
        "/desk/work": {"number": done.id},
        "/learned": {"number": shown},
        "/strangers": {"seat_id": stage.past.id},
        "/profile/trips": {"trip_id": session.scalars(select(Trip.id)).first()},
    }


def _tokens(session: Session, stage: Stage, links: Links) -> dict[str, str]:
    """The tokens of letters, most of them Ada's, by the beginning of their paths."""
    stage.ada.calendar_key = "k" * 43
    urls = [links.match_url(stage.seats["on"]), links.feedback_url(stage.seats["over"]), links.return_url(stage.ada)]
    urls += [links.week_url(stage.ada, at("mon 00:00", weeks=1).date()), links.unsubscribe_url(stage.ada)]
    sign_in = SignIn(member=stage.seats["open"].member, code_digest="", asked_at=NOW)
    session.add(sign_in)
    session.flush()
    urls.append(links.sign_in_url(sign_in))
    urls += [links.calendar_url(stage.ada.calendar_key).removesuffix(".ics")]
    urls += [links.confirm_url(stage.ada, NOW), links.new_address_url(stage.ada, "ada@new.example.org", NOW)]
    session.commit()
    paths = ["/" + url.split("/", 3)[3] for url in urls]
    return {path.rpartition("/")[0]: path.rpartition("/")[2] for path in paths}


def is_turned_away(answer: TestResponse, who: str) -> bool:
    """Whether somebody is asked to sign in, or told that there is nothing or that it is not theirs."""
    if who in NOT_ASKED_TO_SIGN_IN:
        return answer.status_code in {401, 403, 404}
    return answer.status_code in {401, 403, 404} or (answer.location or "").partition("?")[0] == "/sign-in"


def ask(browser: Browser, asked: Asked) -> TestResponse:
    """Open a page, or send its form with nothing in it but the button that was pressed."""
    return browser.open(asked.path) if asked.method == "GET" else browser.press(asked.path, BUTTONS.get(asked.endpoint))


@pytest.fixture
def routes(app: Flask, session: Session, stage: Stage, links: Links) -> list[Asked]:
    """Each route of the site, as it is asked for here."""
    return every_route(app, session, stage, links)


@one_database
def test_each_route_is_there_for_whom_it_is_meant_and_for_nobody_else(
    routes: list[Asked], readers: dict[str, Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "commit", Session.rollback)  # what one has done must not be in the way of the next
    wrong = []
    for asked in routes:
        for name, browser in readers.items():
            kept = dict(browser.client._cookies or {})
            answer = ask(browser, asked)
            browser.client._cookies = kept
            if is_turned_away(answer, asked.by) == (name in ALLOWED[asked.by]):
                wrong.append((name, asked.method, asked.path, asked.endpoint, answer.status))
    assert not wrong, "\n" + "\n".join(map(str, wrong))


@one_database
def test_whoever_is_not_signed_in_is_asked_to_and_brought_back_and_a_desk_is_like_nothing_to_a_member(
    routes: list[Asked], readers: dict[str, Browser]
) -> None:
    nothing = readers["member"].open("/nothing").data
    for asked in routes:
        if asked.by in {MEMBERS, OWNER, HOSTS, ORGANISERS}:
            answer = ask(readers["nobody"], asked)
            back = f"?next={asked.path}" if asked.method == "GET" else ""
            assert (answer.status_code, answer.location) == (303, f"/sign-in{back}"), asked
        if asked.by in {HOSTS, ORGANISERS} and asked.method == "GET":
            found = readers["member"].open(asked.path).data
            assert found.replace(asked.path.encode(), b"/nothing") == nothing, asked  # but for the way back
