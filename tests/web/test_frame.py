"""The one frame: it shows what the text says, and nothing in it does or fetches anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from web.frame import Frame, _preview, part_of

TEXT = """Hello Ada,

This week we would like you to meet Ben (Veterinarian).

When: Thursday 26 November at 18:00
The call: https://meet.example.org/room?a=1&b=2

123456

Say yes or no:
https://hello.example.org/matches/abc

-- 
You get this because you take part.

Stop all weekly letters: https://hello.example.org/unsubscribe/xyz
"""  # noqa: W291  the sign before a footer ends in a space


class Reader(HTMLParser):
    """What a page says and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.words: list[str] = []
        self.tags: set[str] = set()
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag, and where it leads."""
        self.tags.add(tag)
        self._open.append(dict(attrs).get("href") or "" if tag == "a" else "")

    def handle_endtag(self, _tag: str) -> None:
        """Leave the tag."""
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Note the words, and where they lead."""
        self.words.append(data)
        if self._open and self._open[-1]:
            self.links[data] = self._open[-1]


@pytest.fixture(scope="module")
def page() -> str:
    return Frame().dress("Meet Ben & co", TEXT)


def test_the_label_above_the_link_becomes_the_button(page: str) -> None:
    assert Reader(page).links["Say yes or no"] == "https://hello.example.org/matches/abc"


def test_the_long_link_of_the_footer_hides_behind_its_words(page: str) -> None:
    assert Reader(page).links["Stop all weekly letters"] == "https://hello.example.org/unsubscribe/xyz"


def test_a_fact_that_is_a_link_is_shown_by_its_host(page: str) -> None:
    assert Reader(page).links["meet.example.org"] == "https://meet.example.org/room?a=1&b=2"


def test_any_other_link_shows_in_full_where_it_leads() -> None:
    link = "https://ben.example.org/room?a=1&b=2"
    page = Frame().dress("Ben", f"Hello Ada,\n\nBen can be reached here: {link}\n\n-- \nGoodbye.\n")
    assert Reader(page).links[link] == link


def test_everything_the_text_says_is_in_the_page(page: str) -> None:
    words = " ".join(" ".join(Reader(page).words).split())
    for part in ["Hello Ada,", "meet Ben (Veterinarian).", "When", "26 November at 18:00", "123456", "you take part."]:
        assert part in words


def test_the_page_is_small_knows_day_and_night_and_fetches_nothing(page: str) -> None:
    assert len(page.encode()) < 30_000
    assert 'name="color-scheme" content="light dark"' in page
    assert not {"script", "img", "link", "iframe", "form", "object"} & Reader(page).tags
    assert not re.search(r"url\(|@import|src=", page)


def test_markup_in_a_letter_stays_words() -> None:
    evil = "<script>alert(1)</script> {{7*7}} <mj-raw><img src=x></mj-raw> <!-- <a href='javascript:x'>y</a>"
    page = Frame().dress(evil, f"Hello {evil},\n\n{evil}\n\nWhen: {evil}\n\n-- \n{evil}\n")
    assert "{{7*7}}" in page
    assert not {"script", "img", "mj-raw"} & Reader(page).tags
    assert not Reader(page).links


def test_a_letter_of_nothing_is_still_a_page() -> None:
    assert "<html" in Frame().dress("", "")


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        ("Hello Ada,", "words"),
        ("Say yes:\nhttps://hello.example.org/x", "action"),
        ("Say yes:\njavascript:alert(1)", "words"),
        ("When: now\nWhere: here", "facts"),
        ("When: now\nand here", "words"),
        ("Three things help: going further, or saying yes to a call.", "words"),
        ("Tell us by Wednesday or Thursday: https://hello.example.org/x", "words"),
        ("so that you know: it is off", "words"),
        ("123456", "code"),
    ],
)
def test_a_paragraph_is_what_its_lines_say(paragraph: str, kind: str) -> None:
    assert part_of(paragraph).kind == kind


def test_lines_of_a_paragraph_stay_lines() -> None:
    assert part_of("one\ntwo <b>").words == "one<br>two &lt;b&gt;"


@pytest.mark.parametrize(
    "label",
    [
        "To find each other",
        "Or",
        "Time 2",
        "Um euch zu finden",
        "Übrigens",
        "Para encontraros",
        "Señal",
        "للتعرّف",
        "أو",
        "الموعد 2",
    ],
)
def test_a_fact_has_a_short_label_in_any_language(label: str) -> None:
    assert part_of(f"When: now\n{label}: blue heron").facts[1] == (label, "blue heron")


@pytest.mark.parametrize(
    "sentence",
    [
        "Ben can be reached here: https://ben.example.org",
        "Ben ist hier zu erreichen: https://ben.example.org",
        "Se puede llamar a Ben: https://ben.example.org",
        "يمكن الوصول إلى بن هنا: https://ben.example.org",
        "Wenn der Link ausfällt, erreichst du Ben hier: https://ben.example.org",
        "إن تعطّل الرابط، فهذا رقم بن: https://ben.example.org",
    ],
)
def test_a_sentence_with_a_colon_is_no_fact_in_any_language(sentence: str) -> None:
    assert part_of(sentence).kind == "words"


@pytest.mark.parametrize("greeting", ["Hello Ada,", "Hola, Ada:", "مرحبًا Ada،"])
def test_beside_the_subject_stands_what_follows_the_greeting(greeting: str) -> None:
    text = f"{greeting}\n\nType this code where you asked for it:\n\n123456\n\n-- \nGoodbye.\n"
    assert _preview(text) == "Type this code where you asked for it:"
    assert _preview("Ada reports something.\n\nWhat they wrote:") == "Ada reports something."
