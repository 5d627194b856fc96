"""The round before it goes out, at the desk: looked at, held, changed, released once, and closed once it has gone out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.avoidance import Avoidance
from data.draft import Draft, draft_of, pairs_of
from data.member import Member
from data.task import Task
from tests.cast import ADA, BEN, CLEO, MONDAY, OLGA, Role, at, join
from tests.web.conftest import Browser, SigningIn, fresh, main_of, one_database, words_of
from tests.web.desk.conftest import Jobs, deeds
from tests.web.racing import at_once

NEXT = MONDAY + timedelta(weeks=1)
HERE = f"/desk/round/{NEXT}"


@pytest.fixture
def people(session: Session) -> dict[str, Member]:
    """Four who are in."""
    found = {role.name: join(session, role) for role in (ADA, BEN, CLEO, Role("Gus", "Baker"))}
    session.commit()
    return found


def now(session: Session) -> Draft:
    draft = draft_of(session, NEXT)
    assert draft
    fresh(session, draft)
    return draft


def seen(session: Session, member: int | None = None) -> list[list[int]]:
    """Who would meet whom, by number."""
    pairs = [pair.members for pair in pairs_of(session, now(session), member=member)]
    session.commit()
    return pairs


def decided(session: Session) -> list[tuple[str, str]]:
    """What was decided, and why, the oldest first; looking decides nothing."""
    return [(deed, why) for deed, _about, why in reversed(deeds(session)) if deed != "preview_round"]


def plain(page: str) -> str:
    return " ".join(words_of(main_of(page)).split())


@one_database
def test_a_round_nobody_has_looked_at_goes_out_by_itself(desk: Browser) -> None:
    page = plain(desk.open("/desk/round").text)
    assert "The round of 30 November" in page
    assert "It goes out by itself on Monday 30 November at 07:00" in page
    assert "Nobody has looked yet." in page


def test_a_preview_shows_who_would_meet_and_why_and_nothing_goes_out(
    desk: Browser, people: dict[str, Member], session: Session, jobs: Jobs
) -> None:
    for _ in range(2):  # pressed twice, it is asked for once
        answer = desk.press(f"{HERE}/preview")
    assert answer.location == "/desk/round"
    assert len(session.scalars(select(Task.id)).all()) == 1
    session.commit()
    assert "A preview is being prepared." in desk.open("/desk/round").text
    assert "4 people: 2 pairs nearby" in jobs.work()
    page = plain(desk.open("/desk/round").text)
    assert "Pairs nearby" in page
    assert all(name in page for name in people)
    (mine,) = seen(session, people["Ada"].id)
    found = plain(desk.open("/desk/round?who=ada@example.org").text)
    assert sum(f"{name}, " in found for name in people) == 2
    assert plain(desk.open(f"/desk/round?who={mine[0]}").text) != ""
    assert "No pair." in desk.open("/desk/round?who=nobody").text


@one_database
@pytest.mark.usefixtures("people")
def test_a_preview_that_failed_says_why_until_there_is_another(desk: Browser, session: Session, jobs: Jobs) -> None:
    desk.press(f"{HERE}/preview")
    task = session.scalars(select(Task)).one()
    task.fail(at("mon 12:01"), "It broke on our side.")
    session.commit()
    assert "It did not work: It broke on our side." in plain(desk.open("/desk/round").text)
    desk.press(f"{HERE}/preview")
    assert "A preview is being prepared." in plain(desk.open("/desk/round").text)
    jobs.work()
    assert "It did not work" not in desk.open("/desk/round").text


@pytest.mark.usefixtures("people")
def test_a_round_is_held_with_a_reason_and_waits_past_its_time(desk: Browser, session: Session, jobs: Jobs) -> None:
    answer = desk.press(f"{HERE}/hold", {"why": " "})
    assert answer.status_code == 422
    assert "Please say why: others at this desk will ask." in answer.text
    for _ in range(2):
        desk.press(f"{HERE}/hold", {"why": "A storm is coming."})
    assert decided(session) == [("hold_round", "A storm is coming.")]
    assert "is held by an organiser" in jobs.run_round(at("mon 09:00", weeks=1))
    assert "It waits for you." in desk.open("/desk/round").text
    desk.press(f"{HERE}/let-go")
    assert "Round of 2026-11-30: 4 people" in jobs.run_round(at("mon 09:01", weeks=1))


@pytest.mark.usefixtures("people")
def test_two_organisers_who_release_at_one_moment_release_once(
    desk: Browser, signed_in: SigningIn, session: Session, jobs: Jobs
) -> None:
    others = signed_in(join(session, OLGA, email="oskar@example.org", role="organiser", ask_first=True))
    desk.press(f"{HERE}/preview")
    jobs.work()
    answers = at_once([lambda: desk.press(f"{HERE}/release"), lambda: others.press(f"{HERE}/release")])
    assert [answer.status_code for answer in answers] == [303, 303]
    assert [deed for deed, _ in decided(session)] == ["release_round"]
    assert "Released. It goes out as it stands here" in desk.open("/desk/round").text


@pytest.mark.usefixtures("people")
def test_what_was_changed_since_the_preview_is_looked_at_before_it_is_released(
    desk: Browser, session: Session, jobs: Jobs
) -> None:
    desk.press(f"{HERE}/preview")
    jobs.work()
    jobs.clock.now += timedelta(minutes=1)
    desk.press(f"{HERE}/preview", {"seed": "5"})
    page = desk.press(f"{HERE}/release", follow=True).text
    assert now(session).released_at is None
    assert now(session).seed == 5
    assert "Please look at a new one first." in page


@pytest.mark.usefixtures("people")
def test_a_pair_that_is_forbidden_is_gone_from_the_next_preview_and_from_all_rounds(
    desk: Browser, session: Session, jobs: Jobs
) -> None:
    desk.press(f"{HERE}/preview")
    jobs.work()
    pair = seen(session)[0]
    form = {"apart-one": str(pair[0]), "apart-other": str(pair[1]), "apart-why": "They are brothers."}
    for _ in range(2):
        desk.press(f"{HERE}/apart", form)
    assert [one.why for one in session.scalars(select(Avoidance))] == ["organiser"]
    session.commit()
    assert decided(session) == [("keep_apart", "They are brothers.")] * 2  # once in the log of each
    jobs.work()
    assert pair not in seen(session)


def test_two_are_brought_together_and_taken_back(
    desk: Browser, session: Session, jobs: Jobs, people: dict[str, Member]
) -> None:
    one, other = sorted((people["Ada"].id, people["Gus"].id))
    answer = desk.press(
        f"{HERE}/together", {"together-one": "ada@example.org", "together-other": str(people["Gus"].id)}
    )
    assert answer.status_code == 303
    jobs.work()
    assert [one, other] in seen(session)
    assert "Ada, Nurse, Copenhagen + Gus, Baker, Copenhagen" in plain(desk.open("/desk/round").text)
    for _ in range(2):
        desk.press(f"{HERE}/together/{one}/{other}/removal")
    assert now(session).together == []
    assert [deed for deed, _ in decided(session)] == ["bring_together", "take_back_together"]


@one_database
@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Please say who."),
        ({"one": "ada@example.org", "other": "ada@example.org"}, "That is the same person twice."),
        ({"one": "ada@example.org", "other": "nobody@example.org"}, "There is no such member."),
        ({"one": "ada@example.org", "other": "99999999999999999999"}, "There is no such member."),
        ({"one": "ada@example.org", "other": "olga@example.org"}, "They are not in this round"),
        ({"one": "ada@example.org", "other": "ben@example.org"}, "These two are kept apart."),
        ({"one": "cleo@example.org", "other": "gus@example.org"}, "They are to meet somebody in this round already."),
    ],
)
def test_who_cannot_be_brought_together_is_told_at_the_field(
    desk: Browser, session: Session, people: dict[str, Member], form: dict[str, str], said: str
) -> None:
    ids = {name: member.id for name, member in people.items()}
    first, second = sorted((ids["Ada"], ids["Ben"]))
    session.add(Avoidance(first_id=first, second_id=second, why="barred", since=at("mon 10:00")))
    session.commit()
    desk.press(f"{HERE}/together", {"together-one": str(ids["Cleo"]), "together-other": str(ids["Gus"])})
    answer = desk.press(f"{HERE}/together", {f"together-{name}": typed for name, typed in form.items()})
    assert answer.status_code == 422
    assert said in answer.text
    assert now(session).together == [sorted((ids["Cleo"], ids["Gus"]))]


@one_database
@pytest.mark.parametrize("seed", ["-1", "x", "1.5", "2147483648", "٣"])
def test_a_seed_is_a_whole_number(desk: Browser, seed: str) -> None:
    answer = desk.press(f"{HERE}/preview", {"seed": seed})
    assert answer.status_code == 422
    assert "A seed is a whole number" in answer.text
    assert f'value="{seed}"' in answer.text


@pytest.mark.usefixtures("people")
def test_a_round_that_has_gone_out_cannot_be_changed_and_says_so(desk: Browser, session: Session, jobs: Jobs) -> None:
    session.commit()
    jobs.run_round(at("mon 09:00", weeks=1))
    pair = {"apart-one": "ada@example.org", "apart-other": "ben@example.org"}
    for deed, form in (("hold", {"why": "x"}), ("release", {}), ("preview", {}), ("apart", pair)):
        answer = desk.press(f"{HERE}/{deed}", form)
        assert answer.status_code == 409
        assert "This round has gone out" in answer.text
    session.rollback()
    assert session.scalars(select(Avoidance)).all() == []


@one_database
@pytest.mark.parametrize("day", ["2026-12-07", "2026-11-31", "tomorrow"])
def test_only_the_round_that_goes_out_next_is_prepared(desk: Browser, day: str) -> None:
    assert desk.press(f"/desk/round/{day}/hold", {"why": "x"}).status_code == 404
