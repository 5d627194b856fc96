"""What `./run screenshots` looks at: every page there is, and a letter of every kind."""

from __future__ import annotations

from typing import get_args

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

import jobs.demo
from data.database import sessions_of
from data.letter import Kind, Letter
from data.member import Member
from jobs.town import Town
from tests.jobs.town_lists import fill_lists
from tests.live_site import Clock
from tests.screenshots import scenes, states
from tests.screenshots.stage import NOW, Stage, set_stage
from tests.screenshots.states import State
from tests.web.conftest import Browser, SigningIn, one_database
from web.links import Links
from web.settings import Settings

pytestmark = one_database
# Pages that show what another one has shown already, or that come after a form alone.
BESIDE = {"sign_up.look", "sign_in.enter_code", "sign_in.open_link", "notes.show", "another_place.show"}
NO_PAGES = {
    "static",
    "health.show",
    "my_data.take",
    "calendar_feed.show",
    "suggestions.professions",
    "suggestions.places",
    "wall.card",
    "wall.picture",
    "strangers.moved",
    "desk_tasks.result",
    "api.openapi",
    "api_members.show",
    "api_rounds.show",
    "api_matches.show",
    "api_funnel.show",
}


@pytest.fixture
def stage(session: Session, app: Flask, clock: Clock) -> Stage:
    """Everybody is there, in every state."""
    clock.now = NOW
    return set_stage(session, app.extensions["letters"])


@pytest.fixture
def filled(
    request: pytest.FixtureRequest, app: Flask, settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> State:
    """One state of the desk, in small: small lists, a demo of one past week, and sixty for a hundred thousand."""
    monkeypatch.setattr(states, "load_lists", fill_lists)
    monkeypatch.setattr(states, "Town", lambda seed: Town(seed, copenhagen=24, aarhus=3, far_away=4))
    monkeypatch.setattr(states, "PEOPLE", 60)
    monkeypatch.setattr(jobs.demo, "load_venues", lambda _: None)
    monkeypatch.setattr(jobs.demo, "PAST_WEEKS", 1)
    state: State = request.param
    clock.now = state.now
    state.fill(sessions_of(app.extensions["engine"]), settings, state.now)
    return state


def test_every_scene_can_be_looked_at(
    stage: Stage, session: Session, browser: Browser, links: Links, signed_in: SigningIn
) -> None:
    browsers = {None: browser} | {one: signed_in(one) for one in (stage.ada, stage.cleo, stage.olga)}
    for scene in [*scenes.pages(stage, links), *scenes.letters(session)]:
        session.commit()
        answer = browsers[scene.reader].open(scene.path)
        assert answer.status_code == (404 if scene.name in {"not found", "spoilt link"} else 200), scene.name


@pytest.mark.parametrize("filled", states.states(), ids=lambda state: state.name, indirect=True)
def test_the_desk_can_be_looked_at_in_each_state(filled: State, session: Session, signed_in: SigningIn) -> None:
    browser = signed_in(session.get_one(Member, 1))
    for scene in states.scenes_of(filled):
        assert browser.open(scene.path).status_code == 200, scene.name


def test_no_page_is_forgotten(stage: Stage, app: Flask, links: Links) -> None:
    pages_by_path = app.url_map.bind("hello.example.org")
    paths = [scene.path.partition("?")[0] for scene in scenes.pages(stage, links) if scene.name != "not found"]
    seen = {pages_by_path.match(path)[0] for path in paths}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - seen == BESIDE | NO_PAGES | {"mailbox.read_html"}


@pytest.mark.usefixtures("stage")
def test_there_is_a_letter_of_every_kind(session: Session) -> None:
    assert set(session.scalars(select(Letter.kind))) == set(get_args(Kind))
