"""Dresses the text of a letter in HTML, through one frame for all of them: what is said is said once, in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from web.language import DEFAULT, Language
from web.letter_texts import FOOTER

TEMPLATES = Path(__file__).parent / "templates"
LINK = re.compile(r"https?://\S+")
ACTION = re.compile(r"(?P<label>[^\n]+):\n(?P<link>https?://\S+)")
# A label is at most four short words in any script, as "To find each other"; more words are a sentence.
WORD = r"[\w\u064b-\u0652-]"  # with the vowel signs of Arabic, which are no letters
FACT = re.compile(rf"(?=[^:\n]{{2,24}}: )(?P<label>[^\W\d_a-zß-öø-ÿ]{WORD}*(?: {WORD}+){{0,3}}): (?P<words>\S.*)")
SENTENCE = re.compile(r".*\.")  # a paragraph of one line that ends as no lone fact does
GREETING = re.compile(r".*[,،:!]")  # as "Hello Ada," ends in one language or another
LINK_AT_END = re.compile(r"(?P<label>[^\n]+): (?P<link>https?://\S+)")
LONGEST_PREVIEW = 120


@dataclass(frozen=True)
class Part:
    """One paragraph of a letter, as the frame shows it."""

    kind: Literal["words", "code", "action", "facts"]
    words: str = ""
    link: str = ""
    facts: tuple[tuple[str, str], ...] = ()


class Frame:
    """The one frame. It shows a paragraph of two lines, a label and a link, as a button; lines of "When: …" as facts."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def dress(self, subject: str, text: str, language: Language = DEFAULT) -> str:
        """Return a letter as a page of HTML that mail programs show; nothing in it is fetched from anywhere."""
        body, _, footer = text.partition(FOOTER)
        facts = {
            "language": language,
            "subject": subject,
            "preview": _preview(body),
            "parts": [part_of(paragraph) for paragraph in _paragraphs(body)],
            "footer": [_small_print(paragraph) for paragraph in _paragraphs(footer)],
        }
        template = self._templates.get_template("letter_frame.mjml")
        # The library calls the letter an article; it is all there is on its page, and readers jump to what is main.
        return str(mrml.to_html(template.render(facts)).content).replace('role="article"', 'role="main"', 1)


def part_of(paragraph: str) -> Part:
    """Return what a paragraph is: a button, facts, a code to type, or words."""
    action = ACTION.fullmatch(paragraph)
    if action:
        return Part("action", action["label"], action["link"])
    facts = [FACT.fullmatch(line) for line in paragraph.split("\n")]
    if all(facts) and not SENTENCE.fullmatch(paragraph):
        return Part("facts", facts=tuple((fact["label"], _fact(fact["words"])) for fact in facts if fact))
    return Part("code", paragraph) if paragraph.isdecimal() else Part("words", _linked(paragraph))


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in text.strip().split("\n\n") if paragraph]


def _preview(body: str) -> str:
    """The line a mail program shows beside the subject: the first one after the greeting."""
    words = _paragraphs(body)
    first = words[1:] if words and GREETING.fullmatch(words[0]) else words
    return first[0][:LONGEST_PREVIEW] if first else ""


def _linked(words: str) -> Markup:
    """Escape words, and make their links links; each shows in full where it leads."""
    shown, end = Markup(), 0
    for link in LINK.finditer(words):
        shown += words[end : link.start()]
        shown += _link(link[0], link[0])
        end = link.end()
    return Markup("<br>").join((shown + words[end:]).split("\n"))


def _fact(words: str) -> Markup:
    """A fact; one that is a link and no more, to a map or a room, is shown by its host, as these links are long."""
    return _link(words, urlsplit(words).hostname or words) if LINK.fullmatch(words) else _linked(words)


def _small_print(paragraph: str) -> Markup:
    """A line of the footer; one that ends in a link becomes that link, as these links are long."""
    found = LINK_AT_END.fullmatch(paragraph)
    return _link(found["link"], found["label"]) if found else _linked(paragraph)


def _link(link: str, words: str) -> Markup:
    return Markup('<a href="{}" style="color:#1d5f63">{}</a>').format(link, words)
