"""The second half of the organiser's story: what her people did, what she reads of it, and what she takes along."""

from __future__ import annotations

from collections import Counter

from playwright.sync_api import Page, expect
from sqlalchemy import select

from data.funnel import Funnel, Meetings, funnel_in
from data.match import Match
from data.round import Round
from tests.cast import at, open_reports
from tests.web.conftest import fresh
from tests.web.desk.in_browser import report
from tests.web.desk.members_week import (
    matches,
    names,
    say_how_it_was,
    say_how_it_was_in_browser,
    say_yes,
    say_yes_in_browser,
)
from tests.web.desk.organiser import Organiser, tables_in
from tests.web.desk.organiser_prepares import PEOPLE
from web.links import Links

WORDS, WHY = "He read my letters aloud.", "He is sorry."
DEEDS = [
    "Handled a report", "Released the round", "Held the round", "Asked for a preview of the round",
    "Kept two people apart", "Kept two people apart", "Asked for a preview of the round",
    "Had a list read", "Had a list read", "Had a list read", "Changed the settings", "Gave a role",
]  # fmt: skip
ROWS = {
    "members": PEOPLE + 1, "rounds": 1, "matches": 8, "seats": PEOPLE, "feedback": 14, "wall lines": 0, "venues": 0,
    "acts": len(DEEDS) + 1,
}  # fmt: skip


def the_week_passes(olga: Organiser, phone: Page) -> Match:
    """Ada and hers meet, and Ada reports the other; five more pairs meet, one does not, one never answers."""
    site, links = olga.site, Links(olga.site.settings)
    mine, unlucky, _silent, *others = sorted(matches(olga.session), key=lambda match: "Ada" not in names(match))
    site.clock.now = at("mon 12:00", weeks=1)
    for seat in mine.seats:
        say_yes_in_browser(phone, links.match_url(seat))
    say_yes(site, [unlucky, *others])
    site.clock.now = at("sun 22:30", weeks=1)
    for seat in mine.seats:
        say_how_it_was_in_browser(phone, links.feedback_url(seat))
    say_how_it_was(site, others, "yes")
    say_how_it_was(site, [unlucky], "never_arranged")
    [adas] = [seat for seat in mine.seats if seat.member.first_name == "Ada"]
    report(phone, links.match_url(adas), WORDS)
    return mine


def the_figures_are_what_happened(olga: Organiser) -> None:
    """Sixteen were in; seven pairs said yes; six met; what is under ten is not told, and counted all the same."""
    assert olga.figures() == {
        "in the round": "16",
        "paired": "16",
        "said yes": "14",
        "have a meeting fixed": "14",
        "met": "12",
        "found somebody else": "under 10",
        "left over": "under 10",
    }
    [round_] = olga.session.scalars(select(Round))
    fresh(olga.session, round_)
    funnel = funnel_in(round_.funnel)
    in_person = Meetings(made=8, fixed=7, told=7, held=6, rated=12, enjoyed=12)
    assert funnel == Funnel(PEOPLE, PEOPLE, said_yes=14, fixed=14, held=12, in_person=in_person)


def she_handles_the_report(olga: Organiser, reported: Match) -> None:
    """It waits in the queue, is decided there, and stands in the log: who, when, what and why."""
    page = olga.page
    [waiting] = open_reports(olga.session)
    olga.session.commit()
    olga.goes_to("1 report waits for you")
    [other] = names(reported) - {"Ada"}
    expect(page.get_by_role("heading", name=f"about {other}")).to_contain_text("Ada (Nurse) about")
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("They met, on")).to_be_visible()
    page.get_by_label("What was said, or why you decide so").fill(WHY)
    olga.presses("I have spoken to them")
    olga.is_told("the report waits no longer")
    expect(page.get_by_text("No report waits for you.")).to_be_visible()
    log = olga.log()
    when, who, what, about, why = log[0]
    assert (when, what, about, why) == ("Sunday 6 December at 23:31", "Handled a report", f"report {waiting.id}", WHY)
    assert who.startswith("Olga (")
    assert [one[2] for one in log] == DEEDS
    assert log[-1][1] == "The command line"


def she_takes_everything_along(olga: Organiser) -> None:
    """The file holds what happened, but for what was said about somebody."""
    olga.goes_to("Long work", "Export everything")
    olga.page.get_by_label("What do you need it for?").fill("The yearly report.")
    olga.presses("Write the file")
    olga.waits_for("8 tables")
    name, file = olga.takes_along()
    tables = tables_in(file)
    assert name == "hello-stranger-2026-12-06.zip"
    assert {name.removesuffix(".csv"): len(lines) for name, lines in tables.items()} == ROWS
    assert all(f"{one.lower()}@example.org" in "".join(tables["members.csv"]) for one in ("Ada", "Finn", "Olga"))
    assert Counter(line.rpartition(",")[2] for line in tables["matches.csv"]) == {"on": 7, "open": 1}
    assert Counter(line.split(",")[1] for line in tables["feedback.csv"]) == {"yes": 12, "never_arranged": 2}
    acts = "".join(tables["acts.csv"])
    assert "They are siblings." in acts
    assert "A storm is coming." in acts
    assert not any(words in "".join(lines) for lines in tables.values() for words in (WORDS, WHY))  # reports stay here
