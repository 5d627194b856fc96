"""Programs that open every link of a letter, twice and at once, change nothing; and no spoilt link opens anything."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from itertools import chain

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from data.database import Base
from data.match import Match
from data.sign_in import SignIn
from data.tables import TABLES
from tests.cast import CLEO, MONDAY, at, join
from tests.live_site import Clock
from tests.web.conftest import Browser, letters, main_of, one_database, path_of
from web.letters import Letters
from web.links import Links
from web.settings import Settings

MUTATIONS = 200
DESK = "/desk/queue"  # for whoever reads reports, once signed in


@pytest.fixture
def paths(session: Session, settings: Settings, links: Links, ada_and_ben: Match) -> list[str]:
    """Every link of every kind of letter."""
    ada, ben = ada_and_ben.seats
    cleo = join(session, CLEO, confirmed_at=None)
    sign_in = SignIn(member_id=ada.member_id, member=ada.member, code_digest="", asked_at=at("mon 12:00"))
    session.add(sign_in)
    write, now = Letters(settings), at("mon 12:00")
    ada_and_ben.meets_at = at("thu 17:00")
    write.confirm(session, cleo, now)
    write.sign_in(session, sign_in, "123456", now)
    write.new_address(session, ada.member, "new@example.org", now)
    write.your_match(session, ada, now)
    write.it_is_on(session, ben, now)
    write.they_cannot_come(session, ben, now)
    write.next_week(session, ada.member, MONDAY + timedelta(weeks=1), now)
    write.reminder(session, ada, 24, now)
    write.how_was_it(session, ada, 1, now)
    write.your_side(session, ada, now)
    write.you_both_enjoyed_it(session, ada, now)
    write.are_you_in(session, ada.member, MONDAY + timedelta(weeks=1), now)
    write.we_paused_you(session, ada.member, now)
    write.report(session, ada, "a note", now)
    write.nobody_this_week(session, cleo, ada_and_ben.round, now)
    write.goodbye(session, cleo, "cleo@example.org", "Cleo", now)
    session.commit()
    texts = [letter.text for letter in letters(session)]
    ada_and_ben.meets_at = None
    session.commit()
    assert len(texts) == 16
    found = chain.from_iterable(re.findall(r"http://hello\.example\.org\S*", text) for text in texts)
    members = ada.member, ben.member, cleo
    return sorted({path_of(url) for url in [*found, *map(links.unsubscribe_url, members)]})


def test_opening_every_link_twice_changes_nothing(session: Session, browser: Browser, paths: list[str]) -> None:
    before = _everything(session)
    assert len({path.split("/")[1] for path in paths}) >= 7
    for path in [*paths, *paths]:
        for answer in (browser.client.head(path), browser.open(path)):
            assert answer.status_code in {200, 303}, path
    assert _everything(session) == before


def test_the_buttons_work_afterwards(session: Session, browser: Browser, paths: list[str]) -> None:
    for path in paths:
        browser.open(path)
    matches = [path for path in paths if path.startswith("/matches/")]
    for path in matches:
        browser.press(f"{path}/acceptance", {"times": [at("thu 17:00").isoformat()], "minutes": "45"})
    seats = _everything(session)["seat"]
    assert sum(row["accepted_at"] is not None for row in seats) == len(matches)


@one_database
def test_spoilt_links_and_links_of_another_purpose_all_get_the_same_page(
    session: Session, browser: Browser, paths: list[str]
) -> None:
    before = _everything(session)
    tokens = [path.split("/")[1:3] for path in paths if path.count("/") == 2 and path != DESK]
    dead = _seen(browser.open("/matches/nonsense"))
    for purpose, token in tokens:
        for other in {purpose for purpose, _ in tokens} - {purpose}:
            assert _seen(browser.open(f"/{other}/{token}")) == dead
    chance = random.Random(7)
    for number in range(MUTATIONS):
        purpose, token = tokens[number % len(tokens)]
        spoilt = _spoil(token, chance)
        path = f"/{purpose}/{spoilt}"
        assert _seen(browser.open(path)) == dead, path
        action = "/acceptance" if purpose == "matches" else "/skip" if purpose == "next-week" else ""
        assert browser.press(path + action).status_code == 404
    assert _everything(session) == before


@one_database
def test_old_links_are_dead(browser: Browser, paths: list[str], clock: Clock) -> None:
    clock.now += timedelta(days=30)
    for path in paths:
        lasting = path.startswith(("/unsubscribe/", "/return/")) or path.count("/") < 2 or path == DESK
        assert browser.open(path).status_code in ({200, 303} if lasting else {404}), path


def _everything(session: Session) -> dict[str, list[dict[str, object]]]:
    session.commit()
    rows = {table.__tablename__: _rows(session, table) for table in TABLES}
    session.commit()
    return rows


def _rows(session: Session, table: type[Base]) -> list[dict[str, object]]:
    found = session.execute(select(table.__table__))
    return sorted((dict(row._mapping) for row in found), key=str)


def _seen(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, main_of(answer.text)


def _spoil(token: str, chance: random.Random) -> str:
    """Change one bit, cut the end off, or add something."""
    place = chance.randrange(len(token))
    flipped = chr(ord(token[place]) ^ 1 << chance.randrange(6))
    spoilt = [token[:place] + flipped + token[place + 1 :], token[:place], token + flipped, flipped + token]
    candidate = re.sub(r"[^\w.-]", "~", chance.choice(spoilt)) or "x"
    return candidate if candidate != token else f"{token}x"
