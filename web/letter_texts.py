"""Renders the text of a letter: its subject on the first line, paragraphs, at most one link that acts, a footer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data.letter import Kind
from data.round import monday_of
from web import sentence, wording
from web.language import gettext, ngettext

TEXTS = Path(__file__).parent / "templates" / "letters"
FOOTER = "\n-- \n"  # mail programs show what follows in grey
LONGEST_SUBJECT = 150
LONGEST_REPORT = 6000


class Trusted(str):
    """Words of our own making, such as a link, that go into a letter as they are."""

    __slots__ = ()


class LetterTexts:
    """The text files of all kinds of letters, filled with facts.

    Whatever a template prints is put on one line and cleared of links and hidden characters, so that nothing a
    person wrote can start a line, a header or a paragraph of its own. Only `Trusted` words pass as they are.
    """

    def __init__(self) -> None:
        # Letters are plain text; their HTML is escaped where it is made, in `web.frame`.
        self._texts = Environment(  # noqa: S701
            loader=FileSystemLoader(TEXTS),
            undefined=StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._texts.globals |= {"_": _translated, "gettext": _translated, "ngettext": _translated_plural}
        self._texts.newstyle_gettext = True  # type: ignore[attr-defined]  # before the extension, which says False
        self._texts.add_extension("jinja2.ext.i18n")
        self._texts.filters |= {
            "names": lambda members: Trusted(wording.names_of(members)),
            "introduced": lambda members: Trusted(wording.introduced(members)),
            "handles": lambda member: Trusted(wording.handles_of(member)),
            "moment": wording.moment,
            "day": wording.day,
            "weekday": wording.weekday,
            "date_of": wording.date_of,
            "day_of": wording.day_of,
            "monday": monday_of,
            "clock": wording.clock,
            "zone_name": wording.zone_name,
            "reason": lambda match: Trusted(sentence.reason_of(match)),
            "translated": gettext,
            "topic": lambda match: Trusted(wording.isolated(sentence.topic_of(match))),
            "sign_of": lambda seat: Trusted(sentence.sign_of(seat)),
            "meeting_place": lambda match: Trusted(wording.isolated(wording.meeting_place(match))),
            "clocks_differ": wording.clocks_differ,
            "map_of": lambda venue: Trusted(wording.map_of(venue)),
            "any_skype": wording.any_skype,
            "in_paragraphs": lambda words: Trusted(_in_paragraphs(words)),
            "whole": lambda words: Trusted(wording.said(words, longest=LONGEST_REPORT)),
        }

    def render(self, kind: Kind, facts: dict[str, Any]) -> tuple[str, str]:
        """Return the subject and the text of a letter."""
        subject, _, rest = self._texts.get_template(f"{kind}.txt").render(facts).partition("\n")
        body, _, footer = rest.partition("\n--\n")
        return wording.said(subject, longest=LONGEST_SUBJECT), f"{_paragraphs(body)}\n{FOOTER}{_paragraphs(footer)}\n"


def _translated(message: str, **facts: object) -> Trusted:
    """Put words of ours into the reader's language; what goes into them is shown as anywhere else in a letter."""
    return Trusted(gettext(message) % _all_shown(facts))


def _translated_plural(one: str, many: str, num: int, **facts: object) -> Trusted:
    """Put words of ours into the reader's language, in its form for this number."""
    return Trusted(ngettext(one, many, num, **_all_shown(facts)))


def _all_shown(facts: dict[str, object]) -> dict[str, str]:
    return {name: _shown(value) for name, value in facts.items()}


def _shown(value: object) -> str:
    return value if isinstance(value, Trusted) else wording.isolated(wording.said(str(value)))


def _in_paragraphs(words: str) -> str:
    """Return what organisers wrote, with its lines and links; no line of it can be taken for the footer's."""
    lines = (wording.said_with_links(line) for line in words.splitlines())
    return "\n".join("- -" if line == "--" else line for line in lines)


def _paragraphs(text: str) -> str:
    """Leave one empty line between paragraphs and none around them."""
    parts = (part.strip() for part in text.split("\n\n"))
    return "\n\n".join(part for part in parts if part)
