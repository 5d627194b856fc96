"""Every form of every page, sent empty, oversized, hostile and wrong: nothing breaks, what was typed comes back with a sentence."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from data.member import Member
from tests.live_site import Clock
from tests.screenshots import scenes
from tests.screenshots.stage import NOW, Stage, set_stage
from tests.web.conftest import Browser, SigningIn, one_database
from web.links import Links

pytestmark = one_database
TYPED = {"text", "email", "tel", "url", "textarea"}
NOT_TYPED = {"csrf_token", "back", "next"}
HOSTILE = "<script>alert(1)</script>'; DROP TABLE member; -- \u202e{{ 7*7 }} %s %(x)s"
BAD = {
    "oversized": {"text": "x" * 2500, "choice": "x" * 2500},
    "hostile": {"text": HOSTILE, "choice": HOSTILE},
    "wrong": {"text": "\x00\x1b[31m", "choice": "nonsense"},
    "huge numbers": {"text": "9" * 40, "choice": "9" * 40},
}


class Form(NamedTuple):
    """One form of a page: where it is sent, and the fields one fills in, by how."""

    action: str
    fields: dict[str, str]


class Forms(HTMLParser):
    """Reads the forms in the main part of a page."""

    def __init__(self, page: str, path: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._newest: Form | None = None
        self._path = path
        self.feed(page.partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or a field of the newest one."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._newest = Form(given.get("action") or self._path, {})
            self.found += [self._newest] if given.get("method") == "post" else []
        name = given.get("name", "")
        if tag in {"input", "textarea"} and self._newest and name and name not in NOT_TYPED:
            kind = given.get("type", "text") if tag == "input" else "textarea"
            self._newest.fields[name] = "text" if kind in TYPED else "choice"


SHOWN_ONCE = {"/desk/programs/tokens"}  # forty digits are a good name, and a token stands on its answer alone
Visitors = tuple[Stage, dict[Member | None, Browser]]


class Sent(NamedTuple):
    """What came of one form that was sent."""

    what: str
    typed: dict[str, str]
    texts: list[str]  # the fields among them in which one types words
    status: int
    page: str


@pytest.fixture
def visitors(session: Session, app: Flask, clock: Clock, browser: Browser, signed_in: SigningIn) -> Visitors:
    """Everybody is there, in every state, and those who look are signed in."""
    clock.now = NOW
    stage = set_stage(session, app.extensions["letters"])
    return stage, {None: browser} | {one: signed_in(one) for one in (stage.ada, stage.cleo, stage.olga)}


@pytest.fixture
def sent(request: pytest.FixtureRequest, session: Session, links: Links, visitors: Visitors) -> list[Sent]:
    """Everything that comes of sending each form once in one bad way; what breaks, breaks the test."""
    stage, browsers = visitors
    seen: set[str] = set()
    answers = []
    for scene in scenes.pages(stage, links):
        session.commit()
        visitor = browsers[scene.reader]
        for form in Forms(visitor.open(scene.path).text, scene.path).found:
            if form.fields and form.action not in seen:
                seen.add(form.action)
                answers.append(_send(visitor, form, request.param))
    return answers


def _send(visitor: Browser, form: Form, way: str) -> Sent:
    typed = {} if way == "empty" else {name: BAD[way][kind] for name, kind in form.fields.items()}
    answer = visitor.press(form.action, typed)
    texts = [name for name, kind in form.fields.items() if kind == "text" and typed]
    return Sent(form.action, typed, texts, answer.status_code, answer.text)


@pytest.mark.parametrize("sent", ["empty", *BAD], indirect=True)
def test_no_form_breaks_and_none_takes_in_markup(sent: list[Sent]) -> None:
    assert len(sent) > 15
    for one in sent:
        good = {200} if one.what in SHOWN_ONCE else set()
        assert one.status in {303, 400, 404, 409, 422} | good, (one.what, one.status)
        assert "<script>alert" not in one.page, one.what
        assert "49" not in one.page or "{{ 7*7 }}" not in one.typed.values()


@pytest.mark.parametrize("sent", ["oversized"], indirect=True)
def test_what_is_too_long_comes_back_as_it_was_typed_with_a_sentence_at_the_field(sent: list[Sent]) -> None:
    too_long = [one for one in sent if one.status == 422]
    assert len(too_long) > 8
    for one in too_long:
        assert 'class="wrong"' in one.page or 'role="status"' in one.page, one.what
        for name in one.texts:
            assert one.typed[name] in one.page, (one.what, name)
