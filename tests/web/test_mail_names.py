"""A name with an address, written as people write it."""

from __future__ import annotations

import pytest

from web.mail_names import address_of, mailbox_of


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("Hello, Stranger <hello@example.org>", "Hello, Stranger", "hello@example.org"),
        ('"Hello, Stranger" <hello@example.org>', "Hello, Stranger", "hello@example.org"),
        (" hello@example.org ", "", "hello@example.org"),
        ("<hello@example.org>", "", "hello@example.org"),
    ],
)
def test_the_name_may_hold_a_comma(written: str, name: str, address: str) -> None:
    mailbox = mailbox_of(written)
    assert (mailbox.display_name, mailbox.addr_spec) == (name, address)
    assert address_of(written) == address
