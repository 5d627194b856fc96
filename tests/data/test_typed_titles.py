"""A job title as people type it names an occupation when it is sure, and otherwise says why not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.database import reading_sessions_of
from data.occupations import Occupation, OccupationTitle, TitleMeaning
from data.typed_titles import TypedTitles
from data.words import Words


@pytest.fixture(scope="session")
def all_titles(all_listed: Engine) -> Iterator[TypedTitles]:
    """All titles of the list, opened once."""
    with reading_sessions_of(all_listed)() as session:
        yield TypedTitles(session, Words.load())


@pytest.mark.parametrize(
    ("typed", "occupation"),
    [
        ("Sr. software engineer", "Software Developers"),
        ("Senior Software Engineer II", "Software Developers"),
        ("software enginerr", "Software Developers"),
        ("in-house translator", "Interpreters and Translators"),
        ("HR Generalist", "Human Resources Specialists"),
        ("CEO", "Chief Executives"),
        ("Registered Nurse", "Registered Nurses"),
        ("RN", "Registered Nurses"),
        ("veterinarian", "Veterinarians"),
        ("Pharmacists", "Pharmacists"),
        ("Project Manager", "Project Management Specialists"),
        ("Director, program management", "Managers, All Other"),
        ("VP of Marketing", "Marketing Managers"),
        ("Director of Operations", "General and Operations Managers"),
        ("Assistant General Counsel", "Lawyers"),
        ("attotney", "Lawyers"),
        ("Exec. Assistant", "Executive Secretaries and Executive Administrative Assistants"),
        ("User Engagement Librarian", "Librarians and Media Collections Specialists"),
        ("Managing Editor", "Editors"),
        ("Special education teacher", "Special Education Teachers, All Other"),
        ("Writer/Editor", "Writers and Authors"),
        ("Financial Analyst III", "Financial and Investment Analysts"),
        ("Machinist (nights)", "Machinists"),
        ("Biologist", "Biologists"),
        ("BARISTA", "Baristas"),
        ("sr structural engineer", "Civil Engineers"),
    ],
)
def test_a_sure_title_names_its_occupation(all_titles: TypedTitles, typed: str, occupation: str) -> None:
    answer = all_titles.resolve(typed)
    assert answer.found is not None, answer
    assert answer.found.title == occupation
    assert answer.why


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Senior Associate", "a rank"),
        ("Analyst", "a rank"),
        ("Coordinator", "a rank"),
        ("", "a rank"),
        ("Pilot", "occupations are titled"),
        ("Goddess", "no title is near enough"),
        ("Bankruptcy Specialist", "no title is near enough"),  # many are somewhat near, none stands out
        ("Contract wizard of the realm", "no title is near enough"),
    ],
)
def test_an_unsure_title_names_none_and_says_why(all_titles: TypedTitles, typed: str, why: str) -> None:
    answer = all_titles.resolve(typed)
    assert answer.found is None
    assert why in answer.why


def test_an_unsure_title_brings_its_candidates(all_titles: TypedTitles) -> None:
    candidates = [candidate.title for candidate in all_titles.resolve("Pilot").candidates]
    assert 1 < len(candidates) <= 5


def test_titles_are_read_from_the_list_that_is_there(session: Session) -> None:
    names = {"1": "Alpha Welders", "2": "Beta Welders", "3": "Gamma Welders"}
    session.add_all([Occupation(code=code, title=title, description="") for code, title in names.items()])
    session.add(
        OccupationTitle(id=1, title="Welding Machine Operator (WMO)", key="welding machine operator", own=False)
    )
    session.flush()
    session.add_all([TitleMeaning(title_id=1, occupation_code=code) for code in names])
    session.flush()
    few = TypedTitles(session, Words.load())
    answer = few.resolve("Sr. welding machine operator")
    assert answer.found is None
    assert "3 occupations" in answer.why
    assert {candidate.code for candidate in answer.candidates} == {"1", "2", "3"}
    assert few.resolve("project manager").found is None  # what usually is meant is not in this list
