"""Serves the site with one command: `python -m web`; `application()` is the same for gunicorn."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from typing import Never
from urllib.error import URLError
from urllib.request import urlopen

import waitress  # type: ignore[import-untyped]  # it ships no types
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from data.upgrade import NewerDatabase, OlderDatabase
from web import create_app
from web.settings import WrongSetting, read_settings

# Slow clients hold a connection, not a thread; the default of 100 connections lets 100 of them stop the service.
CONNECTIONS = 1000
THREADS = 8


def application() -> Flask:
    """Return the site as the environment sets it up, or end with one line that says what is wrong."""
    try:
        return create_app(read_settings(os.environ))
    except WrongSetting as error:
        _fail(str(error))
    except (NewerDatabase, OlderDatabase) as error:
        _fail(str(error.__doc__))
    except SQLAlchemyError as error:
        _fail(f"The database cannot be opened: {str(getattr(error, 'orig', error)).splitlines()[0]}")


def main(arguments: list[str]) -> int:
    """Serve until told to stop, or with --check say whether a running server is well. Return the exit code."""
    options = _parse(arguments)
    if options.check:
        return 0 if _is_well(options.port) else 1
    app = application()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"Hello, Stranger is at http://{options.host}:{options.port}", flush=True)  # noqa: T201  the only word to the terminal
    waitress.serve(app, host=options.host, port=options.port, threads=THREADS, connection_limit=CONNECTIONS, ident="")
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m web", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--check", action="store_true", help="ask the running server whether it is well")
    return parser.parse_args(arguments)


def _is_well(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, TimeoutError):
        return False


def _fail(sentence: str) -> Never:
    print(f"Hello, Stranger cannot start. {sentence}", file=sys.stderr)  # noqa: T201  one clear line, then the end
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
