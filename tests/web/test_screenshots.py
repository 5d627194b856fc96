"""What `./run screenshots` looks at: every page there is, and a letter of every kind."""

from __future__ import annotations

from typing import get_args

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.letter import Kind, Letter
from tests.live_site import Clock
from tests.screenshots import scenes
from tests.screenshots.stage import NOW, Stage, set_stage
from tests.web.conftest import Browser, SigningIn, one_database
from web.links import Links

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
}


@pytest.fixture
def stage(session: Session, app: Flask, clock: Clock) -> Stage:
    """Everybody is there, in every state."""
    clock.now = NOW
    return set_stage(session, app.extensions["letters"])


def test_every_scene_can_be_looked_at(
    stage: Stage, session: Session, browser: Browser, links: Links, signed_in: SigningIn
) -> None:
    browsers = {None: browser} | {one: signed_in(one) for one in (stage.ada, stage.cleo, stage.olga)}
    for scene in [*scenes.pages(stage, links), *scenes.letters(session)]:
        session.commit()
        answer = browsers[scene.reader].open(scene.path)
        assert answer.status_code == (404 if scene.name in {"not found", "spoilt link"} else 200), scene.name


def test_no_page_is_forgotten(stage: Stage, app: Flask, links: Links) -> None:
    pages_by_path = app.url_map.bind("hello.example.org")
    paths = [scene.path.partition("?")[0] for scene in scenes.pages(stage, links) if scene.name != "not found"]
    seen = {pages_by_path.match(path)[0] for path in paths}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - seen == BESIDE | NO_PAGES | {"mailbox.read_html"}


@pytest.mark.usefixtures("stage")
def test_there_is_a_letter_of_every_kind(session: Session) -> None:
    assert set(session.scalars(select(Letter.kind))) == set(get_args(Kind))
