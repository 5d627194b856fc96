"""What organisers do about a member is done once, written down, and told in the right places only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from data.act import latest_acts
from data.avoidance import are_apart, keep_apart
from data.match import Match
from data.member import Member
from jobs.rematch import rematch
from tests.cast import ADA, BEN, CLEO, at, join
from tests.web.conftest import Browser, NewBrowser, SigningIn, fresh, letters, main_of, member_at, one_database, path_of
from tests.web.desk.conftest import deeds
from tests.web.lists import list_names
from tests.web.racing import at_once
from web.links import Links
from web.settings import Settings


@pytest.fixture
def ben(session: Session) -> Member:
    """Ben, about whom it is."""
    member = join(session, BEN)
    session.commit()
    return member


def test_somebody_is_left_out_until_a_monday_and_let_back_in(session: Session, desk: Browser, ben: Member) -> None:
    about = f"member {ben.id}"
    for _ in range(2):
        form = {"pause-until": "2026-12-09", "pause-why": "He moves house."}
        page = desk.press(f"/desk/people/{ben.id}/pause", form, follow=True).text
        assert "Ben is left out until Monday 14 December." in page
    fresh(session, ben)
    assert ben.paused_until == at("mon 00:00", weeks=3).date()
    assert deeds(session) == [("pause_member", about, "He moves house.")]
    for _ in range(2):
        assert desk.press(f"/desk/people/{ben.id}/return").status_code == 303
    fresh(session, ben)
    assert [ben.paused_until, ben.came_back_at] == [None, at("mon 12:00")]
    assert [deed for deed, _, _ in deeds(session)] == ["let_in_member", "pause_member"]


def test_letters_that_somebody_has_ended_stay_ended(session: Session, desk: Browser, ben: Member) -> None:
    ben.fall_quiet(at("mon 09:00"))
    ben.unsubscribe(at("mon 09:00"))
    session.commit()
    desk.press(f"/desk/people/{ben.id}/return")
    fresh(session, ben)
    assert (ben.quiet_since, ben.unsubscribed_at) == (None, at("mon 09:00"))


@one_database
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("pause", {"pause-until": "2026-11-01"}), "a day that is still to come"),
        (("pause", {"pause-until": "soon"}), "Please choose a day"),
        (("pause", {"pause-until": "2026-12-09", "pause-why": "x" * 501}), "Please keep this to 500 characters."),
        (("return", {"return-why": "a\0b"}), "characters in this that we cannot show"),
        (("role", {"role-role": "king"}), "Please choose a role."),
        (("apart", {}), "Please say who the other one is."),
        (("apart", {"apart-other": "nobody@example.org"}), "Nobody here has this number or address."),
        (("apart", {"apart-other": "99999999999999999999"}), "Nobody here has this number or address."),
        (("apart", {"apart-other": "ben@example.org"}), "This is the same person."),
        (("bar", {"bar-why": "x" * 501}), "Please keep this to 500 characters."),
    ],
)
def test_each_refusal_stands_at_its_field_and_nothing_is_done(
    session: Session, desk: Browser, ben: Member, typed: tuple[str, dict[str, str]], said: str
) -> None:
    act, form = typed
    answer = desk.press(f"/desk/people/{ben.id}/{act}", form)
    assert answer.status_code == 422
    assert said in answer.text
    assert answer.text.count("<details open>") == 1
    assert 'aria-invalid="true"' in answer.text or act == "role"
    assert all(value in answer.text for value in form.values() if value.isprintable() and value != "king")
    assert deeds(session) == []
    fresh(session, ben)
    assert ben.is_confirmed


def test_a_role_is_given_once(session: Session, desk: Browser, ben: Member) -> None:
    for _ in range(2):
        page = desk.press(f"/desk/people/{ben.id}/role", {"role-role": "host", "role-why": "Tuesdays"}, follow=True)
        assert "Ben is now: Host." in page.text
    fresh(session, ben)
    assert ben.role == "host"
    assert deeds(session) == [("give_role", f"member {ben.id}", "Tuesdays")]
    assert latest_acts(session, 1)[0].facts == {"role": "host"}


def test_nobody_gets_a_role_before_the_address_is_known_to_be_theirs(
    session: Session, desk: Browser, ben: Member
) -> None:
    ben.confirmed_at = None
    session.commit()
    answer = desk.press(f"/desk/people/{ben.id}/role", {"role-role": "organiser"})
    assert (answer.status_code, "not confirmed their address" in answer.text) == (422, True)


def test_the_last_organiser_cannot_step_down_and_the_one_before_can(
    session: Session, desk: Browser, olga: Member, ben: Member
) -> None:
    answer = desk.press(f"/desk/people/{olga.id}/role", {"role-role": "member"})
    assert (answer.status_code, "This is the last organiser." in answer.text) == (422, True)
    desk.press(f"/desk/people/{ben.id}/role", {"role-role": "organiser"})
    answer = desk.press(f"/desk/people/{olga.id}/role", {"role-role": "member"})
    assert (answer.status_code, answer.location) == (303, "/this-week")
    fresh(session, olga)
    assert olga.role == "member"
    assert desk.open("/desk/people").status_code == 404


def test_of_two_organisers_who_take_the_role_of_each_other_at_once_one_stays(
    session: Session, signed_in: SigningIn, olga: Member
) -> None:
    ada = join(session, ADA, role="organiser")
    browsers = {olga.id: signed_in(ada), ada.id: signed_in(olga)}

    def press(number: int) -> Callable[[], int]:
        return lambda: browsers[number].press(f"/desk/people/{number}/role", {"role-role": "member"}).status_code

    assert sorted(at_once([press(number) for number in browsers])) == [303, 404]
    fresh(session, olga, ada)
    assert sorted([olga.role, ada.role]) == ["member", "organiser"]
    assert len(deeds(session)) == 1


def test_two_organisers_who_press_the_same_button_at_once_do_it_once(
    session: Session, signed_in: SigningIn, olga: Member, ben: Member
) -> None:
    browsers = [signed_in(olga), signed_in(join(session, ADA, role="organiser"))]
    cleo = join(session, CLEO)
    session.commit()
    acts: list[tuple[str, dict[str, str]]] = [
        ("pause", {"pause-until": "2026-12-09"}),
        ("apart", {"apart-other": f"{cleo.id}"}),
        ("bar", {}),
    ]
    for act, form in acts:
        presses: list[Callable[[], int]] = [
            partial(_press, browser, f"/desk/people/{ben.id}/{act}", form) for browser in browsers
        ]
        assert sorted(at_once(presses)) == ([303, 404] if act == "bar" else [303, 303])
    assert [deed for deed, _, _ in deeds(session)] == ["bar_member", "keep_apart", "keep_apart", "pause_member"]


def _press(browser: Browser, path: str, form: dict[str, str]) -> int:
    return browser.press(path, form).status_code


def test_two_are_kept_apart_and_what_members_said_is_never_shown_or_lifted(
    session: Session, desk: Browser, ben: Member
) -> None:
    cleo, ada = join(session, CLEO), join(session, ADA)
    keep_apart(session, ben.id, ada.id, "barred", at("mon 09:00"))
    session.commit()
    page = f"/desk/people/{ben.id}"
    assert (
        "Ben and Cleo are kept apart."
        in desk.press(f"{page}/apart", {"apart-other": "cleo@example.org"}, follow=True).text
    )
    assert are_apart(session, [ben.id, cleo.id])
    session.commit()
    shown = desk.open(page).text
    assert "Kept apart from Cleo" in shown
    assert "Ada" not in shown
    refused = desk.press(f"{page}/apart/{cleo.id}/lift", {f"lift-{cleo.id}-why": "x" * 501})
    assert (refused.status_code, refused.text.count("<details open>")) == (422, 1)
    for other in (ada, cleo, cleo):
        assert desk.press(f"{page}/apart/{other.id}/lift").status_code == 303
    assert are_apart(session, [ben.id, ada.id])
    assert not are_apart(session, [ben.id, cleo.id])
    session.commit()
    assert [deed for deed, _, _ in deeds(session)] == ["lift_apart"] * 2 + ["keep_apart"] * 2


def test_nobody_sends_themselves_away(session: Session, desk: Browser, olga: Member) -> None:
    answer = desk.press(f"/desk/people/{olga.id}/bar")
    assert (answer.status_code, "You cannot send yourself away." in answer.text) == (422, True)
    fresh(session, olga)
    assert olga.is_confirmed


def test_who_is_sent_away_is_erased_and_the_partner_is_told_and_paired_again(
    session: Session, desk: Browser, olga: Member, signed_in: SigningIn, pair: Match
) -> None:
    olga.pause_until(at("mon 00:00", weeks=9).date())
    ada, ben = (seat.member for seat in pair.seats)
    cleo = join(session, CLEO)
    bens = signed_in(ben)
    assert "They are sent away." in desk.press(f"/desk/people/{ben.id}/bar", {"bar-why": "Reported"}, follow=True).text
    fresh(session, ben)
    assert (ben.left_at, ben.email, ben.first_name) == (at("mon 12:00"), None, "Somebody")
    assert bens.open("/profile").status_code == 303  # no session of his is left
    rematch(sessionmaker(session.get_bind(), expire_on_commit=False), Settings(), at("mon 12:01"))
    told = [(letter.kind, letter.address) for letter in letters(session) if letter.given_up_at is None]
    assert ("they_cannot_come", "ada@example.org") in told
    assert ("your_match", "cleo@example.org") in told
    assert not any(address == "ben@example.org" for _, address in told)
    seats = {tuple(sorted(seat.member_id for seat in match.live_seats)) for match in session.scalars(select(Match))}
    assert tuple(sorted([ada.id, cleo.id])) in seats
    session.commit()
    assert deeds(session) == [("bar_member", f"member {ben.id}", "Reported")]


def test_who_was_sent_away_cannot_sign_up_again_and_learns_nothing(
    session: Session, desk: Browser, new_browser: NewBrowser, ben: Member, adas: Browser
) -> None:
    list_names(session)
    desk.press(f"/desk/people/{ben.id}/bar")
    form = {"first_name": "Ben", "profession": "Vet", "place": "Copenhagen"}
    answers = []
    for address in ("BEN@example.org", "someone@example.org"):
        browser = new_browser()
        answer = browser.press("/sign-up", form | {"email": address})
        page = main_of(browser.open("/sign-up/letter").text).lower().replace(address.lower(), "…")
        answers.append((answer.status_code, answer.location, page))
    assert answers[0] == answers[1]
    assert answers[0][:2] == (303, "/sign-up/letter")
    for path in ("/sign-in", "/profile/address"):
        assert adas.press(path, {"email": "ben@example.org"}).status_code == 303
    written = {letter.address for letter in letters(session)}
    assert "someone@example.org" in written
    assert "ben@example.org" not in written
    assert session.scalar(select(Member).where(Member.email == "ben@example.org")) is None


def test_a_link_to_a_new_address_that_was_sent_away_since_is_dead(
    session: Session, desk: Browser, links: Links, ada: Member, ben: Member
) -> None:
    link = path_of(links.new_address_url(ada, "ben@example.org", at("mon 12:00")))
    session.commit()
    desk.press(f"/desk/people/{ben.id}/bar")
    assert desk.press(link).status_code == 404
    assert member_at(session, "ada@example.org").id == ada.id
