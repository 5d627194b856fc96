"""How people, times and what they wrote are put into words, in letters and on pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from data.match import Match
from data.member import Member
from data.venues import Venue
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.language import locale_spoken, spoken

LONGEST = 300  # characters of what one person wrote, in one sentence of ours
JOINERS = "\u200c\u200d"  # without them Persian and Hindi names fall apart
# A match keeps these words as they stand here where no venue is listed; each reader gets them in their language.
NEAR_TOWN, EASY_TO_REACH = "A public café near %(town)s", "A public café that is easy to reach for all of you"
PLACES_IN_WORDS = {
    NEAR_TOWN: _l("A public café near %(town)s"),
    EASY_TO_REACH: _l("A public café that is easy to reach for all of you"),
}
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})  # control, direction and other invisible characters
LEFTWARDS, RIGHTWARDS = frozenset({"R", "AL"}), frozenset({"L"})  # how letters run (UAX 9)
# No scheme has 31 letters; a bound keeps the cost of a long word from growing with the square of its length.
WEB_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{0,30}://|www\.)\S*", re.IGNORECASE)


def names_of(members: Sequence[Member]) -> str:
    """Return first names as one says them: "Ben", "Ben and Cleo"."""
    return listed([isolated(said(member.first_name)) for member in members])


def names_on_page(members: Sequence[Member]) -> Markup:
    """Return first names for a page: each keeps the direction it is written in, whatever stands around it."""
    return Markup(listed([Markup("<bdi>{}</bdi>").format(said(member.first_name)) for member in members]))  # noqa: S704


def introduced(members: Sequence[Member]) -> str:
    """Return names with professions: "Ben (Veterinarian) and Cleo (Bookkeeper)"."""
    return listed([isolated(_introduced(member)) for member in members])


def introduced_on_page(members: Sequence[Member]) -> Markup:
    """Return names with professions for a page, each in the direction it is written in."""
    return Markup(listed([Markup("<bdi>{}</bdi>").format(_introduced(member)) for member in members]))  # noqa: S704


def number(count: float) -> str:
    """Return a number as it is written: "1,024"."""
    return str(format_decimal(count, locale=locale_spoken()))


def percent(share: float) -> str:
    """Return a share as it is said, in whole per cent: "87%"."""
    return str(format_percent(share, locale=locale_spoken()))


def listed(words: Sequence[str]) -> str:
    """Return words in a row as one says them: "Ben, Cleo and Dan"."""
    return format_list(words, locale=locale_spoken())


def moment(when: datetime, zone: str) -> str:
    """Return a moment by the clocks of `zone`: "Thursday 26 November at 17:30"."""
    return _("%(day)s at %(time)s", day=day(when, zone), time=clock(when, zone))


def day(when: datetime, zone: str) -> str:
    """Return a day by the calendar of `zone`: "Thursday 26 November"."""
    return day_of(when.astimezone(ZoneInfo(zone)))


def day_of(when: date) -> str:
    """Return a day as one says it: "Thursday 26 November"."""
    return format_date(when, spoken().day, locale=locale_spoken())


def date_of(when: date) -> str:
    """Return a day without its weekday: "26 November"."""
    return format_date(when, spoken().date, locale=locale_spoken())


def weekday(when: datetime, zone: str) -> str:
    """Return the day of the week by the calendar of `zone`: "Thursday"."""
    return format_date(when.astimezone(ZoneInfo(zone)), "EEEE", locale=locale_spoken())


def clock(when: datetime, zone: str) -> str:
    """Return what the clocks of `zone` say: "17:30"."""
    return f"{when.astimezone(ZoneInfo(zone)):%H:%M}"


def zone_name(zone: str) -> str:
    """Return how one says a time zone: "Copenhagen time"."""
    city = get_timezone_location(zone, locale=locale_spoken(), return_city=True)
    return _("%(city)s time", city=city.rpartition("/")[2])


def clocks_differ(match: Match) -> bool:
    """Whether the clocks of those who are to meet show different times, at any of the times in question."""
    zones = [ZoneInfo(zone) for zone in sorted({seat.time_zone for seat in match.seats})]
    moments = [match.meets_at] if match.meets_at else [time.starts_at for time in match.times]
    return any(len({moment.astimezone(zone).utcoffset() for zone in zones}) > 1 for moment in moments)


def map_of(venue: Venue) -> str:
    """Return a link to a map with a pin at a venue: lists know its name, and often no street."""
    where = f"{venue.latitude:.5f}", f"{venue.longitude:.5f}"
    return "https://www.openstreetmap.org/?mlat={}&mlon={}#map=18/{}/{}".format(*where, *where)


def meeting_place(match: Match) -> str:
    """Return where a match meets: a venue or words of their own as they are, words of ours in the reader's language."""
    return said(place_in_words(match.meeting_place))


def place_in_words(place: str) -> str:
    """Return a place in words of ours in the reader's language, any other as it is."""
    before, after = NEAR_TOWN.split("%(town)s")
    if place.startswith(before) and place.endswith(after):
        return str(PLACES_IN_WORDS[NEAR_TOWN]) % {"town": place[len(before) :]}
    return str(PLACES_IN_WORDS.get(place, place))


def any_skype(members: Sequence[Member], reader: Member) -> bool:
    """Whether somebody in a call has given a Skype name, so that it is worth saying that Skype is gone."""
    return any(member.skype_name for member in [*members, reader])


def handles_of(member: Member) -> str:
    """Return where a member can be called, or nothing. Skype closed in May 2025; its accounts are Teams accounts now."""
    given = {
        "Teams": member.teams_name,
        _("Teams (was Skype)"): member.skype_name,
        _("phone"): member.phone,
        _("link"): member.call_link,
    }
    return ", ".join(f"{what} {said_with_links(handle)}" for what, handle in given.items() if handle.strip())


def said(words: str, longest: int = LONGEST) -> str:
    """Return what somebody wrote as one safe line: no line ends, hidden characters, links, or endless text."""
    line = WEB_ADDRESS.sub(_("(link left out)"), said_with_links(words))
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def isolated(words: str) -> str:
    """Return words that run the other way than the language around them so that they disturb nothing there.

    Where there is no markup, two characters nobody sees do what <bdi> does on a page (Unicode UAX 9, 2.4.3).
    """
    other = LEFTWARDS if spoken().direction == "ltr" else RIGHTWARDS
    return f"\u2068{words}\u2069" if any(unicodedata.bidirectional(letter) in other for letter in words) else words


def said_in_lines(words: str) -> str:
    """Return what somebody wrote with its line ends, each line as safe as `said` makes it."""
    lines = (said(line, len(words)) for line in words.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def said_with_links(words: str) -> str:
    """Return a text on one line, without hidden characters."""
    # Nearly all that is said is printable as it is: each of the characters below is none.
    shown = words if words.isprintable() else "".join(_shown(character) for character in words)
    return " ".join(shown.split())


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in HIDDEN and character not in JOINERS else character


def _introduced(member: Member) -> str:
    name, profession = said(member.first_name), said(member.profession)
    return f"{name} ({profession})" if profession else name
