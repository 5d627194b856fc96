"""Reads a name with an e-mail address as people write it: Hello, Stranger <hello@example.org>."""

from __future__ import annotations

from email.headerregistry import Address


def mailbox_of(written: str) -> Address:
    """Return the name and the address in `written`; the name may hold a comma without quotes, unlike in a header."""
    name, bracket, rest = written.rpartition("<")
    if not bracket:
        return Address(addr_spec=written.strip())
    return Address(display_name=name.strip().strip('"'), addr_spec=rest.strip().removesuffix(">").strip())


def address_of(written: str) -> str:
    """Return the bare address in `written`."""
    return mailbox_of(written).addr_spec


def in_ascii(address: str) -> str:
    """Return an address with its domain as mail servers know it: bücher.example is xn--bcher-kva.example.

    Raises ValueError when there is no such way to write it.
    """
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}".encode("ascii").decode("ascii")
