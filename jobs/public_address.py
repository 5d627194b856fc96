"""Where a webhook may be: at a public address only, looked up at the moment of posting, so that nobody reads our own network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
NAT64 = IPv6Network("64:ff9b::/96")  # the last four bytes are an address of the older kind


class NotPublic(Exception):
    """A name that leads into a private network, or to this machine itself."""


def public_addresses(host: str, port: int) -> list[str]:
    """Return the addresses of a name, all of them public; connect to these, and do not look it up again.

    Raises NotPublic when one of them is private, loopback, link-local or otherwise not for everybody: a name may have
    several, and answer differently the next time. Raises OSError for a name nobody knows.
    """
    found = resolve(host, port)
    if not found or not all(is_public(address) for address in found):
        raise NotPublic(f"{host} leads to an address that is not public")
    return found


def is_public(text: str) -> bool:
    """Whether everybody on the Internet reaches the same machine there; addresses wrapped in others are looked into."""
    return all(one.is_global and not one.is_multicast for one in _layers(ip_address(text)))


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name as the system knows them. Raises OSError for a name nobody knows."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _layers(address: Address) -> Iterator[Address]:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        yield address.ipv4_mapped  # to connect there is to connect to this one
        return
    yield address
    if isinstance(address, IPv6Address):
        inner = [address.sixtofour, *(address.teredo or ())]
        if address in NAT64:
            inner.append(IPv4Address(address.packed[-4:]))
        yield from (one for one in inner if one is not None)
