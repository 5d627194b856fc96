"""The address of a seat: nobody else's, whatever a mail server does to its letters, and nobody can make one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.web.strangers_calendar import on
from web.reply_address import ReplyAddresses
from web.settings import Settings

SETTINGS = Settings(mail_from="Hello, Stranger <hello@example.org>")
ADDRESSES = ReplyAddresses(SETTINGS)
ADA, BEN = on().seats


def test_each_seat_has_its_own() -> None:
    assert ADDRESSES.of(ADA).startswith("hello+c7-")
    assert ADDRESSES.of(ADA).endswith("@example.org")
    assert ADDRESSES.seat_in(ADDRESSES.of(ADA)) == 7
    assert ADDRESSES.seat_in(ADDRESSES.of(BEN)) == 8
    assert len(ADDRESSES.of(ADA).partition("@")[0]) <= 64


@pytest.mark.parametrize("frame", ["{}", "Hello <{}>", "other@example.org, {}", "<{}>; x", "a\n{}\nb"])
def test_it_is_found_among_others(frame: str) -> None:
    assert ADDRESSES.seat_in(frame.format(ADDRESSES.of(ADA))) == 7
    assert ADDRESSES.seat_in(frame.format(ADDRESSES.of(ADA).upper())) == 7


def test_one_that_was_changed_is_nobodys() -> None:
    address = ADDRESSES.of(ADA)
    spoilt = [
        address.replace("+c7-", "+c8-"), address.replace("+c7-", "+c07-"), address.replace("@example.org", "@example.com"),
        f"x{address}", f"{address}.evil.example", address.replace("@", "a@"), "", "hello@example.org",
        ReplyAddresses(replace(SETTINGS, secret_key="s" * 32)).of(ADA),
    ]  # fmt: skip
    spoilt += [
        address[:place] + ("b" if address[place] != "b" else "c") + address[place + 1 :] for place in range(9, 35)
    ]
    assert [one for one in spoilt if ADDRESSES.seat_in(one) is not None] == []


def test_a_setting_names_another_mailbox() -> None:
    addresses = ReplyAddresses(replace(SETTINGS, reply_address="answers@in.example.org"))
    assert addresses.of(ADA).startswith("answers+c7-")
    assert addresses.seat_in(addresses.of(ADA)) == 7
    assert addresses.seat_in(ADDRESSES.of(ADA)) is None
