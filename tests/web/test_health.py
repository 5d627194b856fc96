"""Whether the site is well, for containers and load balancers."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from data.database import connect
from tests.web.conftest import Browser


def test_a_site_with_its_database_is_well(browser: Browser) -> None:
    answer = browser.open("/health")
    assert (answer.status_code, answer.json) == (200, {"database": "ok"})


@pytest.mark.parametrize("version", ["0000", "9999"])
def test_a_database_of_another_version_is_not(session: Session, browser: Browser, version: str) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    session.commit()
    answer = browser.open("/health")
    assert (answer.status_code, answer.json) == (503, {"database": "is of another version"})


def test_a_database_that_cannot_be_reached_is_not(app: Flask, browser: Browser, tmp_path: Path) -> None:
    lost = connect(f"sqlite:///{tmp_path}/no/such/folder.db")
    app.extensions["reading_engine"] = lost
    answer = browser.open("/health")
    assert (answer.status_code, answer.json) == (503, {"database": "cannot be reached"})
