"""Webhooks lead to public addresses alone, however a private one is written."""

from __future__ import annotations

import pytest

import jobs.public_address
from jobs.public_address import NotPublic, is_public, public_addresses, resolve

PRIVATE = [
    *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.9", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),  # noqa: S104
    *("224.0.0.1", "255.255.255.255", "192.0.2.7"),
    *("::1", "::", "fe80::1", "fe80::1%1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1"),
    *(
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:100.64.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a00:1::",
    ),
]
PUBLIC = ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_one_is_not(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("found", [["1.1.1.1", "10.0.0.1"], ["10.0.0.1"], []])
def test_a_name_is_refused_when_one_of_its_addresses_is_private(
    monkeypatch: pytest.MonkeyPatch, found: list[str]
) -> None:
    monkeypatch.setattr(jobs.public_address, "resolve", lambda _host, _port: found)
    with pytest.raises(NotPublic, match=r"hooks\.example\.org"):
        public_addresses("hooks.example.org", 443)


def test_a_name_that_is_looked_up_anew_at_each_posting_leads_where_it_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([["1.1.1.1"], ["127.0.0.1"]])
    monkeypatch.setattr(jobs.public_address, "resolve", lambda _host, _port: next(answers))
    assert public_addresses("hooks.example.org", 443) == ["1.1.1.1"]
    with pytest.raises(NotPublic):
        public_addresses("hooks.example.org", 443)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_resolved_and_refused(host: str) -> None:
    assert resolve(host, 443)
    with pytest.raises(NotPublic):
        public_addresses(host, 443)
