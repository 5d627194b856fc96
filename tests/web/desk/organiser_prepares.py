"""The first half of the organiser's story: from the command that makes her one to the letters of her first round."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from sqlalchemy import select

from data.member import Member
from jobs.__main__ import main
from tests.cast import at
from tests.live_site import Site
from tests.web.conftest import letters
from tests.web.desk.in_browser import sign_in
from tests.web.desk.members_week import matches, names
from tests.web.desk.organiser import Organiser, Pairs

NAME = "Strangers of Copenhagen"
SURE = (
    "Ada,Nurse", "Ben,Veterinarian", "Cleo,Bookkeeper", "Dan,Gardener", "Gus,Baker", "Hanna,Librarian", "Ida,Teacher",
    "Jon,Carpenter", "Kim,Optician", "Lea,Baker", "Max,Bus driver", "Noa,Nurse", "Ole,Sailor", "Pia,Potter",
)  # fmt: skip
FIRST = "Name,Job title,E-mail,Location"
EVA, FINN = "Eva,Bridge engineer,eva@example.org", "Finn,Sound engineer,finn@example.org"
ROWS = [f"{one},{one.partition(',')[0].lower()}@example.org,Copenhagen" for one in SURE]
MISTAKEN = [FIRST, *ROWS, f"{EVA},Atlantis", FINN, ROWS[1]]
MENDED = [FIRST, *ROWS, f"{EVA},Copenhagen", f"{FINN},Copenhagen"]
PEOPLE = 16


def she_is_made_an_organiser(olga: Organiser) -> None:
    site = olga.site
    environment = {"HELLO_DATABASE_URL": site.settings.database_url, "HELLO_BASE_URL": site.url}
    assert main(("role", "olga@example.org", "organiser"), environment) == 0
    sign_in(olga.page, site, olga.session, "olga@example.org")
    olga.page.goto(f"{site.url}/desk")
    expect(olga.page.get_by_text("Nobody is here yet but you")).to_be_visible()


def she_changes_the_settings(olga: Organiser) -> None:
    olga.goes_to("Settings")
    hours = olga.page.get_by_label("Hours to find a common time")
    olga.page.get_by_label("Name").fill(NAME)
    olga.page.get_by_label("Day to answer by").select_option("Wednesday")
    hours.fill("soon")
    olga.presses("Save")
    expect(olga.page.locator("#agree_within_hours-wrong")).to_contain_text("Please give a number of hours from 1 to")
    expect(hours).to_have_attribute("aria-invalid", "true")
    expect(hours).to_have_value("soon")
    hours.fill("30")
    olga.presses("Save")
    olga.is_told("Saved.")
    expect(olga.page.get_by_label("Name")).to_have_value(NAME)
    expect(olga.page.locator(".holds")).to_contain_text("answers until Wednesday at")


def the_new_name_stands_in_public(page: Page, site: Site) -> None:
    page.goto(site.url)
    expect(page.locator(".brand")).to_contain_text(NAME)


def she_imports_a_list_with_mistakes(olga: Organiser) -> None:
    found = olga.sends_list("people.csv", "\n".join(MISTAKEN).encode(), "people.csv: 14 of 17 people signed up")
    for row in (
        'line 16: "Atlantis":',
        "line 17: it has 3 cells, the first line names 4",
        "line 18: line 3 has this address",
    ):
        assert row in found
    name, left = olga.takes_along()
    assert name == "people.unresolved.csv"
    assert [line in left.decode() for line in (*MISTAKEN[-3:], ROWS[0])] == [True, True, True, False]


def she_mends_it_and_nobody_is_there_twice(olga: Organiser) -> None:
    for newly in (2, 0):  # and once more, for good measure
        found = olga.sends_list(
            "mended.csv", "\n".join(MENDED).encode(), f"mended.csv: {newly} of {PEOPLE} people signed up"
        )
        assert f"{PEOPLE - newly} member: the address is a member's already" in found
    addresses = list(olga.session.scalars(select(Member.email)))
    olga.session.commit()
    assert len(addresses) == len(set(addresses)) == PEOPLE + 1
    olga.goes_to("People")
    expect(olga.page.locator("tbody tr")).to_have_count(PEOPLE + 1)


def she_forbids_a_pair(olga: Organiser) -> Pairs:
    olga.goes_to("The round")
    expect(olga.page.get_by_text("Nobody has looked yet.")).to_be_visible()
    olga.presses("Show me", olga.opens("Prepare a preview"))
    olga.waits_for_preview(f"{PEOPLE} people: {PEOPLE // 2} pairs nearby")
    seen = olga.pairs()
    assert len(seen) == PEOPLE // 2
    assert all(seen.values())
    pair, *_ = seen
    folded = olga.opens("Keep apart")
    folded.get_by_label("Why, for the log").fill("They are siblings.")
    olga.presses("Never pair them", folded)
    olga.waits_for_preview(f"{PEOPLE} people")
    others = olga.pairs()
    assert len(others) == PEOPLE // 2
    assert pair not in others
    return others


def she_holds_the_round(olga: Organiser) -> None:
    folded = olga.opens("Hold it")
    folded.get_by_label("Why?").fill("A storm is coming.")
    olga.presses("Hold the round", folded)
    olga.is_told("The round waits until somebody releases it.")
    assert "is held by an organiser" in olga.jobs.run_round(at("mon 09:00", weeks=1))
    assert letters(olga.session, "your_match") == []
    olga.goes_to("The round")
    expect(olga.page.get_by_text("It waits for you.")).to_contain_text("A storm is coming.")


def she_releases_it(olga: Organiser, seen: Pairs) -> None:
    olga.presses("Release it as it stands")
    olga.is_told("Released. It goes out as you see it here.")
    assert f"Round of 2026-11-30: {PEOPLE} people" in olga.jobs.run_round(at("mon 09:05", weeks=1))
    assert {names(match) for match in matches(olga.session)} == set(seen)
    assert len(letters(olga.session, "your_match")) == PEOPLE
