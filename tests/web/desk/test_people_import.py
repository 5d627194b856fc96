"""A list is sent from the desk once; what is too large is refused before it is read."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer
from werkzeug.test import TestResponse

from data.member import Member
from data.task import Task
from tests.cast import ADA, join
from tests.web.conftest import Browser, SigningIn, one_database
from tests.web.desk.conftest import deeds
from tests.web.racing import at_once

PAGE = "/desk/people/import"
LIST = b"Name,E-mail,Job title,Location\nAda,ada@example.org,Nurse,Copenhagen\n"
MB = 2**20


def send(browser: Browser, content: bytes = LIST, name: str = "people.csv", **more: str) -> TestResponse:
    form: dict[str, Any] = {"mode": "import", "consent": "ask", "key": "k"} | more
    return browser.press(PAGE, form | {"file": (BytesIO(content), name)})


def tasks(session: Session) -> list[Task]:
    found = list(session.scalars(select(Task).options(undefer(Task.file))))
    session.commit()
    return found


def test_a_list_is_work_for_the_jobs_and_sent_once(session: Session, desk: Browser, olga: Member) -> None:
    answers = at_once([lambda: send(desk, consent="given").location for _ in range(2)])
    (task,) = tasks(session)
    assert answers == [f"/desk/work/{task.id}"] * 2
    assert (task.kind, task.file, task.file_name, task.asked_by_id) == ("import", LIST, "people.csv", olga.id)
    assert task.facts == {"mode": "import", "consent": "given", "key": "k"}
    assert deeds(session) == [("import_people", f"task {task.id}", "")]


@one_database
def test_every_page_of_the_form_is_another_list(session: Session, desk: Browser) -> None:
    keys = {re.findall(r'name="key"[^>]*value="([^"]+)"', desk.open(PAGE).text)[0] for _ in range(2)}
    assert len(keys) == 2
    for key in keys:
        send(desk, key=key)
    assert len(tasks(session)) == 2


@one_database
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/people.tsv", "people.tsv"),
        ("pe\x1bop\u202ele.csv", "people.csv"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
        ("/", "people.csv"),
    ],
)
def test_of_its_name_only_the_name_is_kept(session: Session, desk: Browser, typed: str, kept: str) -> None:
    assert send(desk, name=typed).status_code == 303
    assert tasks(session)[0].file_name == kept


@one_database
@pytest.mark.parametrize(
    ("content", "change", "said"),
    [
        (b" \n", {}, "This file is empty."),
        (LIST, {"mode": "burn"}, "Please choose what shall happen."),
        (LIST, {"consent": "maybe"}, "Please say whether they have agreed."),
    ],
)
def test_each_refusal_stands_at_its_field(
    session: Session, desk: Browser, content: bytes, change: dict[str, str], said: str
) -> None:
    answer = send(desk, content, **change)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert tasks(session) == []


@one_database
def test_no_file_is_told(desk: Browser) -> None:
    answer = desk.press(PAGE, {"mode": "import", "consent": "ask"})
    assert (answer.status_code, "Please choose a file." in answer.text) == (422, True)


class Unread(BytesIO):
    """A body that must not be read."""

    def read(self, _size: int | None = -1, /) -> bytes:
        """Fail."""
        raise AssertionError("It was read")

    readinto = readline = readlines = read  # type: ignore[assignment]


def claim(browser: Browser, length: int, path: str = PAGE) -> TestResponse:
    """Send a body that is said to be so long; nothing of it is there."""
    more = {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    return browser.client.open(path, method="POST", environ_overrides=more | {"wsgi.input": Unread()})


@one_database
def test_two_hundred_megabytes_are_refused_unread_with_the_limit_and_what_to_do(
    session: Session, desk: Browser
) -> None:
    answer = claim(desk, 200 * MB)
    assert answer.status_code == 413
    assert "larger than 20 MB" in answer.text
    assert "cut it into several files" in answer.text
    assert tasks(session) == []


@one_database
def test_twelve_megabytes_are_taken_here_and_nowhere_else(session: Session, desk: Browser) -> None:
    content = LIST * (12 * MB // len(LIST))
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', desk.open(PAGE).text)[0]
    fields = {"csrf_token": token, "mode": "import", "consent": "ask"}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    parts.append('--x\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n')
    body = "".join(parts).encode() + content + b"\r\n--x--\r\n"
    # Not through the test's own way to send files: that leaves a file of its own open.
    answer = desk.client.post(PAGE, data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 303
    assert tasks(session)[0].file == content
    assert claim(desk, 12 * MB, "/desk/people/message").status_code == 413


@one_database
def test_others_learn_nothing_of_it_and_send_nothing_large(
    session: Session, app: Flask, browser: Browser, signed_in: SigningIn
) -> None:
    members = signed_in(join(session, ADA))
    for one in (browser, members):
        answer = claim(one, 12 * MB)
        assert answer.status_code == 413
        assert "20 MB" not in answer.text
        assert "That is too much" in answer.text
    assert app.config["MAX_CONTENT_LENGTH"] == 256 * 1024
