"""The other side of a webhook: posts one request to it, patiently but not for ever, and follows it nowhere else."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from jobs.public_address import NotPublic, public_addresses, resolve
from jobs.signed_request import SignedRequest
from web.settings import Settings

PATIENCE = 10.0  # seconds for connecting, and again for everything after it, however slowly it trickles
MOST_READ = 1000  # bytes of an answer
MOST_SAID = 200  # characters of it that are kept
MOST_ADDRESSES = 2  # of one name that are tried


class NotTaken(Exception):
    """It has answered, but not with a yes."""


class NotReached(Exception):
    """Nobody is there, nobody answers in time, or we may not go there."""


def post(request: SignedRequest, settings: Settings) -> None:
    """Post a request; it is taken when the answer is 2xx. Raises NotTaken or NotReached, with a sentence about it."""
    try:
        parts = urlsplit(request.url)
        with _connected(parts, settings) as connection:
            connection.request("POST", _path_of(parts), request.body, request.headers)
            with connection.getresponse() as response:
                _check(response)
    except NotPublic as error:
        raise NotReached(f"We do not post there: {error}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise NotReached(f"It cannot be reached: {str(error) or type(error).__name__}") from error


@contextmanager
def _connected(parts: SplitResult, settings: Settings) -> Iterator[HTTPConnection]:
    """Connect to an address that was looked at, not to a name that may lead elsewhere a moment later."""
    safe = parts.scheme == "https"
    if not safe and not settings.development:
        raise NotPublic("the address does not begin with https://")
    host, port = parts.hostname or "", parts.port or (443 if safe else 80)
    addresses = resolve(host, port) if settings.development else public_addresses(host, port)
    with _socket_to(addresses[:MOST_ADDRESSES], port) as plain, _cut_after_a_while(plain):
        connection = HTTPSConnection(host, parts.port) if safe else HTTPConnection(host, parts.port)
        connection.sock = _trusted(plain, host) if safe else plain
        try:
            yield connection
        finally:
            connection.close()


def _socket_to(addresses: list[str], port: int) -> socket.socket:
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), PATIENCE / len(addresses))
    return socket.create_connection((addresses[-1], port), PATIENCE / len(addresses))


def _trusted(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


@contextmanager
def _cut_after_a_while(connected: socket.socket) -> Iterator[None]:
    """Cut the line when the time is up: a socket's own limit begins anew with every byte that trickles in."""
    connected.settimeout(PATIENCE)
    line = socket.socket(fileno=socket.dup(connected.fileno()))  # TLS takes the first one over
    timer = Timer(PATIENCE, _cut, [line])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        line.close()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _path_of(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _check(response: HTTPResponse) -> None:
    if 200 <= response.status < 300:
        return
    if 300 <= response.status < 400:
        raise NotTaken(f"It answered {response.status}: we follow it nowhere else.")
    said = ""
    with suppress(OSError, HTTPException, ValueError):
        said = response.read(MOST_READ).decode("utf-8", "replace")
    said = " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())
    raise NotTaken(f"It answered {response.status}{': ' if said else ''}{said[:MOST_SAID]}")
