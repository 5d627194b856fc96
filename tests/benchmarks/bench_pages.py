"""What each page costs: bytes over the wire, seconds until it is painted on a slow phone, and time of the server.

A slow phone is a quarter as fast as this machine, on a line of 1.6 Mbit/s with 150 ms there and back, as Lighthouse
has it. Largest Contentful Paint and Cumulative Layout Shift are the browser's own (W3C, Web Performance).
"""

from __future__ import annotations

import argparse
import logging
import statistics
import sys
from collections.abc import Iterator
from time import process_time
from typing import NamedTuple

from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from data.database import sessions_of
from tests.live_site import Site, browsing, site_of_its_own
from tests.screenshots import scenes
from tests.screenshots.__main__ import Camera
from tests.screenshots.scenes import Scene
from tests.screenshots.stage import NOW, set_stage

SLOWER, BYTES_PER_SECOND, LATENCY_MS = 4, 1_600_000 / 8, 150
OBSERVE = """
  window.seen = {lcp: 0, cls: 0};
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.seen.lcp = entry.startTime;
  }).observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.seen.cls += entry.value;
  }).observe({type: "layout-shift", buffered: true});
"""


class Cost(NamedTuple):
    """What one page costs."""

    name: str
    first_kb: float  # with nothing kept by the browser
    again_kb: float  # with what it has kept
    lcp: float  # seconds
    cls: float
    cpu_ms: float  # of the server


def main(arguments: list[str]) -> int:
    """Measure every page once it has been opened before, and print a table."""
    parser = argparse.ArgumentParser(prog="./run bench pages", description=__doc__)
    parser.add_argument("--only", default="", help="only pages with these words in their name")
    parser.add_argument("--repeat", type=int, default=5, help="how often each is opened; the median counts")
    options = parser.parse_args(arguments)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    sys.stdout.write("| page | first, kB | again, kB | LCP, s | CLS | CPU, ms |\n|---|---|---|---|---|---|\n")
    costs = []
    for cost in _measured(options.only, options.repeat):
        costs.append(cost)
        row = f"| {cost.name} | {cost.first_kb:.1f} | {cost.again_kb:.1f} | {cost.lcp:.2f} | {cost.cls:.3f} | {cost.cpu_ms:.1f} |"
        sys.stdout.write(row + "\n")
        sys.stdout.flush()
    worst = Cost("the most", *(max(column) for column in list(zip(*costs, strict=True))[1:]))
    sys.stdout.write("| {} | {:.1f} | {:.1f} | {:.2f} | {:.3f} | {:.1f} |\n".format(*worst))
    return 0


def _measured(only: str, repeat: int) -> Iterator[Cost]:
    with site_of_its_own(NOW) as site, sessions_of(site.app.extensions["engine"])() as session, browsing() as browser:
        stage = set_stage(session, site.app.extensions["letters"])
        wanted = [scene for scene in scenes.pages(stage, site.app.extensions["links"]) if not scene.act]
        camera = Camera(session, site, browser)
        for scene in wanted:
            if only in scene.name and "mailbox" not in scene.name:
                cookies = camera.cookies_of(scene.reader) if scene.reader else []
                session.commit()
                yield _cost_of(scene, site, browser, cookies, repeat)


def _cost_of(scene: Scene, site: Site, browser: Browser, cookies: list[dict[str, str]], repeat: int) -> Cost:
    first, again, lcp, cls = [], [], [], []
    for _ in range(repeat):
        context = browser.new_context(viewport={"width": 360, "height": 740})
        context.add_cookies(cookies)  # type: ignore[arg-type]  # they come from a context
        page, wire = slow_page(context)
        first.append(_open(page, wire, site.url + scene.path))
        seen = page.evaluate("window.seen")
        lcp.append(seen["lcp"] / 1000)
        cls.append(seen["cls"])
        again.append(_open(page, wire, site.url + scene.path))
        context.close()
    kb, kb_again, seconds = (statistics.median(one) for one in (first, again, lcp))
    return Cost(scene.name, kb, kb_again, seconds, max(cls), _cpu_ms(scene, site, cookies))


class Wire:
    """Counts what comes over the wire."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        session.on("Network.loadingFinished", self._count)

    def _count(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])


def slow_page(context: BrowserContext) -> tuple[Page, Wire]:
    """Return a page of a slow phone, and what counts its bytes."""
    page = context.new_page()
    page.add_init_script(OBSERVE)
    tools = context.new_cdp_session(page)
    wire = Wire(tools)
    tools.send("Network.enable")
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    line = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES_PER_SECOND}
    tools.send("Network.emulateNetworkConditions", line | {"uploadThroughput": BYTES_PER_SECOND})
    return page, wire


def _open(page: Page, wire: Wire, url: str) -> float:
    """Open a page and wait until nothing is loaded any more; return the kB that took."""
    before = wire.bytes
    page.goto(url, wait_until="networkidle")
    return (wire.bytes - before) / 1000


def _cpu_ms(scene: Scene, site: Site, cookies: list[dict[str, str]]) -> float:
    """Return the processor time of the server for one page, without any network: the median of thirty."""
    client = FlaskClient(site.app, site.app.response_class)
    for cookie in cookies:
        client.set_cookie(cookie["name"], cookie["value"], domain="127.0.0.1")
    spent = []
    for _ in range(30):
        began = process_time()
        client.get(scene.path, base_url=site.url)
        spent.append((process_time() - began) * 1000)
    return statistics.median(spent)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
