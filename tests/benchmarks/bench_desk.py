"""What the desk costs where many meet: processor time of each of its pages, and how long it takes to count.

Half a year of rounds in which everybody is paired is written straight into SQLite, as no job would ever do it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from time import perf_counter, process_time
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session, sessionmaker

from data.database import Base, sessions_of
from data.feedback import Feedback
from data.letter import Letter
from data.match import Match, Seat
from data.member import Member
from data.round import Round
from data.sign_in import SignIn
from data.venues import SuggestedVenue, Venue
from jobs.count import count
from tests.cast import MONDAY, OLGA, PLACES, at, join, place
from tests.live_site import Site, site_of_its_own
from web.settings import Settings

NOW, WEEKS, AT_ONCE = at("fri 12:00"), 26, 10_000
VENUES = 2_000
Row = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Fill a database, count, and print a table of the pages that take no number."""
    parser = argparse.ArgumentParser(prog="./run bench desk", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    options = parser.parse_args(arguments)
    with site_of_its_own(NOW) as site:
        sessions = sessions_of(site.app.extensions["engine"])
        began = perf_counter()
        with sessions.begin() as session:
            fill(session, options.people, Random(1))
        say(f"{options.people:,} members in {WEEKS} rounds; filled in {perf_counter() - began:.0f} s")
        for what in ("count, the first time", "count, every two minutes after"):
            say(f"{what}: {_seconds_to_count(sessions, site.settings):.1f} s")
        say("| page | CPU, ms | kB |\n|---|---|---|")
        client = _signed_in(site, sessions)
        for path in sorted(_pages(site)):
            milliseconds, kilobytes = _cost(client, site, path)
            say(f"| {path} | {milliseconds:.1f} | {kilobytes:.1f} |")
    return 0


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def fill(session: Session, people: int, chance: Random) -> None:
    """Write members of four towns, a letter for each, and a round a week in which each has a partner."""
    connection = session.connection()
    join(session, OLGA, role="organiser", signed_up_at=at("mon 06:00", weeks=-30))
    towns = [place(session, name).id for name in PLACES]
    venues = [Venue(kind="cafe", name=f"Café {n}", latitude=55.6 + n / 1e4, longitude=12.5) for n in range(VENUES)]
    session.add_all(venues)
    session.flush()
    _write(connection, Member, _members(people, towns, chance))
    _write(connection, Letter, _letters(people))
    for week in range(WEEKS):
        monday, began = MONDAY - timedelta(weeks=week), at("mon 06:00", weeks=-week)
        session.add(Round(id=week + 1, monday=monday, seed=1, started_at=began, figures=_figures(people)))
        session.flush()
        _round(connection, week, people, chance)


def _figures(people: int) -> Row:
    calls = people // 20
    return {
        "people": people,
        "nearby": people // 2 - calls,
        "calls": calls,
        "letters": people,
        "candidates": 31 * people,
    }


def _members(people: int, towns: list[int], chance: Random) -> Iterator[Row]:
    weights = (80, 10, 6, 4)
    for number in range(2, people + 2):
        cell = {"latitude": 55.5 + chance.randrange(20) / 50, "longitude": 12.3 + chance.randrange(20) / 30}
        joined = NOW - timedelta(weeks=chance.randrange(52))
        names = {"email": f"{number}@example.org", "first_name": f"Ada {number}", "profession": "Nurse"}
        where = {"place_id": chance.choices(towns, weights)[0], **cell}
        yield {"id": number, "signed_up_at": joined, "confirmed_at": joined, **names, **where}


def _letters(people: int) -> Iterator[Row]:
    texts = {
        "kind": "your_match",
        "occasion": "1",
        "address": "a@example.org",
        "subject": "Hello",
        "text": "Hello " * 80,
    }
    times = {"written_at": NOW, "try_after": NOW, "posted_at": NOW}
    for number in range(2, people + 2):
        yield {"member_id": number, "message_id": f"<{number}@example.org>", **texts, **times}


def _round(connection: Connection, week: int, people: int, chance: Random) -> None:
    """Nearly as in life: two of three say yes, half of all meet, most of them say how it was."""
    order = chance.sample(range(2, people + 2), people)
    pairs = list(zip(order[::2], order[1::2], strict=False))
    first = week * len(pairs) + 1
    fates = [chance.choices(("nothing", "yes", "fixed", "held"), (20, 20, 10, 50))[0] for _ in pairs]
    _write(connection, Match, (_match(first + n, week, fate) for n, fate in enumerate(fates)))
    suggested = ({"match_id": first + n, "rank": 1, "venue_id": 1 + n % VENUES} for n in range(len(pairs)))
    _write(connection, SuggestedVenue, suggested)
    seats = (
        (2 * (first + n) + side, first + n, pair[side], fates[n]) for n, pair in enumerate(pairs) for side in (0, 1)
    )
    _write(connection, Seat, (_seat(*seat, week) for seat in seats))
    told = (2 * (first + n) + side for n, fate in enumerate(fates) if fate == "held" for side in (0, 1))
    ratings = ({"seat_id": seat, "given_at": NOW, "met": "yes", "rating": chance.randint(2, 5)} for seat in told)
    _write(connection, Feedback, ratings)


def _match(number: int, week: int, fate: str) -> Row:
    when = at("thu 18:00", weeks=-week)
    on = when if fate in {"fixed", "held"} else None
    words = {"reason": "You could both talk for an hour about bread.", "topic": "bread", "sign": "blue heron"}
    where = {"mode": "in_person" if number % 10 else "call", "meeting_place": f"Café {(number - 1) % VENUES}"}
    return {
        "id": number,
        "round_id": week + 1,
        "value": 0.5,
        "made_at": when,
        "on_at": on,
        "meets_at": on,
        **words,
        **where,
    }


def _seat(number: int, match: int, member: int, fate: str, week: int) -> Row:
    accepted = NOW if fate != "nothing" else None
    return {"id": number, "match_id": match, "round_id": week + 1, "member_id": member, "accepted_at": accepted}


def _write(connection: Connection, table: type[Base], rows: Iterator[Row]) -> None:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _seconds_to_count(sessions: sessionmaker[Session], settings: Settings) -> float:
    began = perf_counter()
    count(sessions, settings, NOW)
    return perf_counter() - began


def _pages(site: Site) -> list[str]:
    rules = [rule for rule in site.app.url_map.iter_rules() if rule.rule.startswith("/desk") and not rule.arguments]
    return [rule.rule for rule in rules if "GET" in (rule.methods or set())]


def _signed_in(site: Site, sessions: sessionmaker[Session]) -> FlaskClient:
    """The client of the organiser, who has pressed the button of a letter."""
    client = FlaskClient(site.app, site.app.response_class)
    with sessions.begin() as session:
        sign_in = SignIn(member=session.get_one(Member, 1), code_digest="", asked_at=NOW)
        session.add(sign_in)
        session.flush()
        path = site.app.extensions["links"].sign_in_url(sign_in).removeprefix(site.url)
    page = client.get(path, base_url=site.url).text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    client.post(path, data={"csrf_token": token}, base_url=site.url)
    return client


def _cost(client: FlaskClient, site: Site, path: str) -> tuple[float, float]:
    """Return the processor time of one page without any network, the median of thirty, in ms; and its size in kB."""
    spent, size = [], 0
    for _ in range(30):
        began = process_time()
        answer = client.get(path, base_url=site.url)
        spent.append((process_time() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        size = len(answer.data)
    return statistics.median(spent), size / 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
