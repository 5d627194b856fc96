"""What people type is kept, tidied and checked."""

from __future__ import annotations

import pytest

from web.fields import is_https, tidy_line, tidy_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (None, ""),
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("A\u00a0da", "A da"),
        ("A\u0308da", "Äda"),
        ("\u202eadA\u202c", "adA"),
        ("\ufeffAda\u00ad", "Ada"),
        ("\u0645\u06cc\u200c\u0634\u0648", "\u0645\u06cc\u200c\u0634\u0648"),  # a joiner that Persian needs
        ("Ada\r\nBcc: x", "Ada\r\nBcc: x"),  # left to be refused, not hidden
        ("A\0da", "A\0da"),
    ],
)
def test_a_line_loses_what_nobody_sees(typed: str | None, kept: str) -> None:
    assert tidy_line(typed) == kept


def test_a_text_keeps_its_lines() -> None:
    assert tidy_text("bread\r\nrye\rstarter\u2066 \n") == "bread\nrye\nstarter"


@pytest.mark.parametrize(
    ("link", "good"),
    [
        ("https://meet.example.org/ada", True),
        ("https://example.org", True),
        ("http://example.org", False),
        ("https://localhost/x", False),
        ("https://", False),
        ("https://me@example.org", False),
        ("https://example.org/a b", False),
        ("https://[", False),
        ("//example.org", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_whole_https_links_will_do(link: str, good: bool) -> None:  # noqa: FBT001  a case of a table
    assert is_https(link) == good
