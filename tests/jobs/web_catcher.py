"""A program on this machine that is told of what happens: it answers as a test says, and keeps what it has heard."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

CLOSE = "close"  # the connection breaks instead of an answer
STALL = "stall"  # no answer comes until the test ends
TRICKLE = "trickle"  # an answer that hardly ever ends, a little at a time
Answer = int | str


class Heard(NamedTuple):
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class WebCatcher:
    """What each path is answered, in order; without a script everything is taken."""

    answers: dict[str, deque[Answer]] = field(default_factory=dict)
    always: dict[str, Answer] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def url(self, path: str = "/hook") -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}{path}"

    def at(self, path: str) -> list[Heard]:
        """Return what came to a path, in order."""
        return [one for one in self.heard if one.path == path]

    def next_answer(self, path: str) -> Answer:
        """Return what a path answers now."""
        waiting = self.answers.get(path)
        return waiting.popleft() if waiting else self.always.get(path, 204)


class Answering(BaseHTTPRequestHandler):
    """Hears one request, and answers as the test says."""

    catcher: WebCatcher

    def do_POST(self) -> None:
        """Answer it."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.catcher.heard.append(Heard(self.path, headers, body))
        answer = self.catcher.next_answer(self.path)
        if isinstance(answer, int):
            self._say(answer)
        elif answer == STALL:
            self.catcher.over.wait(30)
        elif answer == TRICKLE:
            self._trickle()
        self.close_connection = True

    def do_GET(self) -> None:
        """Note that somebody has followed a redirect."""
        self.catcher.heard.append(Heard(self.path, {}, b""))

    def _say(self, status: int) -> None:
        body = b"" if status == 204 else b"down\x00 for an hour" + b"!" * 5000
        self.send_response(status)
        self.send_header("Location", self.catcher.url("/elsewhere"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _trickle(self) -> None:
        with suppress(OSError):
            for _ in range(200):
                self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                if self.catcher.over.wait(0.05):
                    return

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Waits for the requests at work when it ends; whoever has hung up meanwhile has."""

    daemon_threads = False
    request_queue_size = 64

    def handle_error(self, *_: Any) -> None:
        """Say nothing: that somebody hangs up is what the tests are about."""


@contextmanager
def catching_requests() -> Iterator[WebCatcher]:
    """Run it on a free port for the time of a test."""
    catcher = WebCatcher()
    server = Server(("127.0.0.1", 0), type("OfThisTest", (Answering,), {"catcher": catcher}))
    catcher.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield catcher
    finally:
        catcher.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
