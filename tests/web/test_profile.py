"""The profile: all of it can be changed, and it leads to all else."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.member import Member
from data.move import Move
from tests.cast import at
from tests.web.conftest import Browser, fresh, one_database
from tests.web.lists import list_names

PROFILE = {
    "first_name": "Ada L",
    "profession": "Night nurse",
    "place": "Malmö, Skåne, Sweden",
    "reach_km": "25",
    "meets": "call",
    "trio_ok": "y",
    "offers": "first aid",
    "wants": "bookkeeping",
    "topics": "",
    "teams_name": "ada.l",
    "skype_name": "ada.skype",
    "phone": "+45 12 34 56 78",
    "call_link": "https://meet.example.org/ada",
}


@pytest.fixture(autouse=True)
def lists(session: Session) -> None:
    """The places and professions of the cast."""
    list_names(session)


def test_ada_changes_everything(session: Session, adas: Browser, ada: Member) -> None:
    page = adas.open("/profile").text
    assert 'value="Copenhagen, Capital Region, Denmark"' in page
    assert "Skype closed in May 2025" in page
    assert "Your profile is saved" in adas.press("/profile", PROFILE, follow=True).text
    fresh(session, ada)
    kept = {name: getattr(ada, name) for name in PROFILE if name not in {"place", "reach_km", "trio_ok"}}
    assert kept == {name: PROFILE[name] for name in kept}
    assert (ada.reach_km, ada.trio_ok, ada.time_zone) == (25, True, "Europe/Stockholm")


@one_database
def test_what_is_left_as_it_was_is_not_asked_again(session: Session, adas: Browser, ada: Member) -> None:
    """Even where it would be unclear: this title names two occupations, and she once chose one."""
    ada.profession, ada.occupation_code = "Machine operator", "51-4031.00"
    session.commit()
    form = PROFILE | {"profession": "Machine operator", "place": "Copenhagen, Capital Region, Denmark"}
    assert adas.press("/profile", form).status_code == 303
    fresh(session, ada)
    assert ada.occupation_code == "51-4031.00"


@one_database
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("phone", "call me", "made of digits"),
        ("call_link", "http://meet.example.org/ada", "starts with https://"),
        ("call_link", "javascript:alert(1)", "starts with https://"),
        ("call_link", "https://user@evil.example", "starts with https://"),
        ("call_link", "https://[", "starts with https://"),
        ("teams_name", "ada\x1b[31m", "cannot show"),
        ("first_name", "", "what to call you"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(  # noqa: PLR0913, PLR0917  a case of a table, and three fixtures
    session: Session, adas: Browser, ada: Member, field: str, typed: str, sentence: str
) -> None:
    answer = adas.press("/profile", PROFILE | {field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "bookkeeping" in answer.text
    fresh(session, ada)
    assert (ada.wants, ada.phone) == ("public speaking", "")


@one_database
def test_a_new_place_counts_from_the_next_round_and_the_same_one_is_no_move(
    session: Session, adas: Browser, ada: Member
) -> None:
    at_home = PROFILE | {"place": "Copenhagen, Capital Region, Denmark"}
    assert "next round" not in adas.press("/profile", at_home, follow=True).text
    assert session.scalars(select(Move)).all() == []
    session.commit()
    page = adas.press("/profile", PROFILE, follow=True).text
    assert "Your new place counts from the next round on" in page
    [move] = session.scalars(select(Move)).all()
    assert move.left is not None
    assert (move.member_id, move.left.name) == (ada.id, "Copenhagen")


@one_database
def test_a_place_without_steps_is_asked_for_with_one_tick(session: Session, adas: Browser, ada: Member) -> None:
    adas.press("/profile", PROFILE | {"step_free": "y"})
    fresh(session, ada)
    assert ada.step_free
    assert 'name="step_free" type="checkbox" value="y"' in adas.open("/profile").text
    adas.press("/profile", PROFILE)
    fresh(session, ada)
    assert not ada.step_free


@one_database
def test_the_profile_leads_to_all_else(session: Session, adas: Browser, ada: Member) -> None:
    page = adas.open("/profile").text
    for path in (
        "/profile/hours",
        "/profile/trips",
        "/profile/taking-part",
        "/profile/calendar",
        "/profile/reliability",
        "/profile/leave",
    ):
        assert f'href="{path}"' in page
    for words in ("Weekdays at lunch and after work", "None planned", "Every week", "ada@example.org"):
        assert words in page
    ada.unsubscribe(at("mon 12:00"))
    session.commit()
    assert "You get no weekly letters" in adas.open("/profile").text
