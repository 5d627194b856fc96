"""A real server and a real browser, for tests that read and press what people read and press."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from data.database import connect
from data.upgrade import upgrade
from tests.cast import at
from web import create_app
from web.settings import Settings

BROWSER = os.environ.get("HELLO_TEST_BROWSER", "/usr/bin/chromium")
PATIENCE_MS = 15000  # machines that run tests are busy


@dataclass
class Clock:
    """What the site takes for the time; set `now` to move it."""

    now: datetime

    def __call__(self) -> datetime:
        """Return it."""
        return self.now


@dataclass(frozen=True)
class Site:
    """The site, served on this machine."""

    app: Flask
    settings: Settings
    clock: Clock

    @property
    def url(self) -> str:
        """Where it is."""
        return self.settings.base_url


@pytest.fixture
def clock() -> Clock:
    """Monday noon in the week of the story."""
    return Clock(at("mon 12:00"))


@contextmanager
def serving(database_url: str, clock: Clock) -> Iterator[Site]:
    """The site over a database, on a free port."""
    settings = Settings(database_url=database_url, base_url=f"http://127.0.0.1:{_free_port()}")
    app = create_app(settings, clock=clock)
    port = int(settings.base_url.rpartition(":")[2])
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Site(app, settings, clock)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["engine"].dispose()


@contextmanager
def site_of_its_own(now: datetime) -> Iterator[Site]:
    """The site over an empty database that goes with it, for what is no test."""
    with TemporaryDirectory(prefix="hello-site-") as folder:
        url = f"sqlite:///{Path(folder) / 'site.db'}"
        engine = connect(url)
        upgrade(engine)
        engine.dispose()
        with serving(url, Clock(now)) as site:
            yield site


@pytest.fixture
def site(database_url: str, clock: Clock) -> Iterator[Site]:
    """The site over a fresh database, on a free port."""
    with serving(database_url, clock) as site:
        yield site


@contextmanager
def browsing() -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    with browsing() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page of a browser nobody has used; whatever it logs as an error fails the test."""
    context = chromium.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
