"""Sets the stage: one round with a match in every state, for pages, and a letter of every kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from data.agreeing_place import propose_place
from data.answering import accept, ask_to_move, decline
from data.feedback import Feedback
from data.match import Match, Seat
from data.member import Member
from data.note import write_note
from data.reference_lists import load_venues
from data.round import Round
from data.sign_in import SignIn
from data.trip import Trip
from data.venues import SuggestedVenue, Venue
from data.wall import share
from jobs.conversation import QUESTIONS
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, MONDAY, OLGA, Role, at, bring_together, join, place, run_round
from tests.screenshots.desk import set_desk
from tests.web.lists import list_names
from web.letters import Letters
from web.organisers_letters import Message

NOW = at("wed 08:00")
WED, THU, FRI, SAT = at("wed 17:00"), at("thu 17:00"), at("fri 17:00"), at("sat 10:00")
ANNELIESE = Role("Anneliese-Charlotte", "Straßenverkehrssicherheitsbeauftragte", topics="Donaudampfschifffahrt")
FATIMA = Role("فاطمة الزهراء", "مهندسة معمارية", topics="الخط العربي")
XIAOMING = Role("王小明", "软件工程师", topics="围棋")
PICNIC = (
    "We meet in the park behind the library on Saturday at two, everybody with something to share.\n\n"
    "Where exactly, and what others bring: https://example.org/picnic\n\nIf it rains we sit in the library."
)
GUS, HANA = Role("Gus", "Baker", topics="rye"), Role("Hana", "Potter", topics="glazes")


@dataclass(frozen=True)
class Stage:
    """Who signs in, the seat from which each state of a match is looked at, and one of weeks ago."""

    ada: Member
    cleo: Member
    newcomer: Member
    seats: dict[str, Seat]
    past: Seat
    olga: Member  # an organiser


class Setter:
    """Brings the cast together; whoever has been on in one state comes again as somebody else of the same name."""

    def __init__(self, session: Session, language: str) -> None:
        self.session, self.language = session, language
        self.numbers = count(1)
        self.round = run_round(session)

    def member(self, role: Role, **changes: Any) -> Member:
        """Sign one of the cast up, once more if need be."""
        return join(self.session, role, email=f"{next(self.numbers)}@example.org", language=self.language, **changes)

    def match(self, *roles: Role | Member, **changes: Any) -> Match:
        """Bring them together with four times to choose from."""
        people = [role if isinstance(role, Member) else self.member(role) for role in roles]
        columns: dict[str, Any] = {
            "times": [THU, FRI, SAT, at("mon 17:00", weeks=1)],
            "questions": list(QUESTIONS[3:5]),
            "sign": "blue heron",
            "meeting_place": "",
        }
        match = bring_together(self.session, self.round, *people, **(columns | changes))
        if match.mode == "in_person":
            self._suggest_places(match)
        return match

    def on(self, *roles: Role | Member, **changes: Any) -> Match:
        """They have all said yes to Thursday."""
        match = self.match(*roles, **changes)
        for seat in match.seats:
            accept(seat, [THU], at("tue 09:00"))
        return match

    def _suggest_places(self, match: Match) -> None:
        for rank, name in enumerate(["Café Nord", "Joe & The Juice", "Hovedbiblioteket"], 1):
            venue = Venue(kind="cafe", name=name, latitude=55.6787 + rank / 500, longitude=12.5794)
            match.suggestions.append(SuggestedVenue(rank=rank, venue=venue))
        self.session.flush()


def set_stage(session: Session, letters: Letters, language: str = "en") -> Stage:
    """Fill an empty database with people who read one language, and write a letter of every kind."""
    list_names(session)
    load_venues(session)
    setter = Setter(session, language)
    ada, cleo = join(session, ADA, short_notice=True, language=language), join(session, CLEO, language=language)
    newcomer = join(session, EVA, confirmed_at=None, signed_up_at=NOW, language=language)
    olga = join(session, OLGA, role="organiser", language=language)
    matches = _matches(setter, ada)
    past = _remember(session, ada)
    _plan_a_trip(session, ada)
    _write_letters(session, letters, setter.round, ada, matches)
    set_desk(session, olga)
    session.commit()
    return Stage(ada, cleo, newcomer, {name: match.seats[0] for name, match in matches.items()}, past, olga)


def _matches(setter: Setter, ada: Member) -> dict[str, Match]:
    session = setter.session
    matches = {
        "on": setter.on(ada, BEN),
        "open": setter.match(GUS, BEN),
        "open, of three": setter.match(ANNELIESE, FATIMA, XIAOMING, topic="الخط العربي"),
        "open, on a call": setter.match(EVA, FINN, mode="call", topic="rain", times=[at("thu 08:00"), at("fri 19:30")]),
        "waiting": setter.match(DAN, GUS),
        "no common time": setter.match(HANA, ANNELIESE),
        "another time asked for": setter.on(XIAOMING, HANA),
        "I asked for another time": setter.on(FATIMA, GUS),
        "on, of three": setter.on(XIAOMING, FATIMA, DAN),
        "on a call": setter.on(FINN, EVA, mode="call", topic="radio"),
        "over": setter.match(GUS, HANA, times=[at("tue 17:00")]),
        "they said no": setter.match(HANA, DAN),
        "I said no": setter.match(DAN, BEN),
        "off": setter.match(BEN, CLEO),
    }
    accept(matches["waiting"].seats[0], [THU, FRI], at("mon 09:00"))
    for seat, when in zip(matches["no common time"].seats, (THU, FRI), strict=True):
        accept(seat, [when], at("tue 12:00"))
    ask_to_move(matches["another time asked for"].seats[1], [FRI, SAT], at("tue 18:00"))
    ask_to_move(matches["I asked for another time"].seats[0], [FRI, SAT], at("tue 18:00"))
    for seat in matches["over"].seats:
        accept(seat, [at("tue 17:00")], at("mon 09:00"))
    decline(matches["they said no"].seats[1], at("tue 12:00"), "not_this_week", "My train is cancelled, sorry!")
    decline(matches["I said no"].seats[0], at("tue 12:00"), "someone_else")
    for seat in matches["off"].seats:
        seat.free(at("tue 12:00"))
    ada_seat, ben_seat = matches["on"].seats
    write_note(session, ben_seat, "I will be at the window, with a red scarf.", at("tue 15:00"))
    write_note(session, ada_seat, "See you there! I know the place: they bake their own rye bread.", at("tue 16:00"))
    propose_place(ben_seat, "Main library, Krystalgade 15", at("tue 17:00"))
    return matches


def _remember(session: Session, ada: Member) -> Seat:
    """Ada has met some strangers before, and shares what she learned; return her seat beside one of them."""
    seats = []
    life = {
        1: (EVA, "That horses sleep standing, and only dream lying down."),
        2: (DAN, ""),
        4: (XIAOMING, "How to say no kindly."),
        5: (FINN, "أن المطر له صوت مختلف في كل مدينة."),
        8: (
            FATIMA,
            "A city is drawn by where people sit down, not by where they drive: she counts benches before streets.",
        ),
    }
    for weeks, (role, learned) in life.items():
        round_ = run_round(session, weeks=-weeks)
        other = join(session, role, email=f"past{weeks}@example.org")
        when = at("thu 17:00", weeks=-weeks)
        match = bring_together(session, round_, ada, other, on_at=at("tue 09:00", weeks=-weeks), times=[when])
        met = {"met": "yes", "rating": 5, "again": True, "learned": learned}
        seats.append(match.seats[0])
        session.add(Feedback(seat=match.seats[0], given_at=when + timedelta(hours=3), **met))
        if learned:
            share(session, match.seats[0], learned, when + timedelta(hours=4), signed=weeks != 1).show(NOW)
    seats[0].memo = "Send her the name of the baker in Nørrebro."
    return seats[0]


def _plan_a_trip(session: Session, ada: Member) -> None:
    monday = MONDAY + timedelta(weeks=3)
    session.add(Trip.to(ada, place(session, "Malmö"), monday, monday + timedelta(days=6)))


def _write_letters(session: Session, letters: Letters, round_: Round, ada: Member, matches: dict[str, Match]) -> None:
    """A letter of each kind; to somebody with a long name where it has one."""
    session.flush()
    seats = {name: match.seats[0] for name, match in matches.items()}
    next_monday = MONDAY + timedelta(weeks=1)
    letters.confirm(session, ada, NOW)
    letters.new_address(session, ada, "ada@new.example.org", NOW)
    letters.sign_in(session, _sign_in(session, ada, NOW - timedelta(hours=1)), "314159", NOW - timedelta(hours=1))
    for name in ("open", "open, of three", "open, on a call"):
        letters.your_match(session, seats[name], NOW)
    for name in ("on", "on, of three", "on a call"):
        letters.it_is_on(session, seats[name], NOW)
    letters.no_common_time(session, seats["no common time"], NOW)
    letters.another_time(session, seats["another time asked for"], NOW)
    letters.another_place(session, seats["on"], matches["on"].seats[1], NOW)
    letters.they_cannot_come(session, seats["they said no"], NOW)
    letters.you_cancelled(session, seats["I said no"], NOW)
    for name in ("on", "on a call"):
        letters.reminder(session, seats[name], 24, NOW)
    letters.how_was_it(session, seats["over"], 0, NOW)
    letters.your_side(session, seats["over"], NOW)
    letters.you_both_enjoyed_it(session, seats["over"], NOW)
    note = write_note(session, matches["on a call"].seats[1], "It rains here: shall we listen to it?", NOW)
    if note:
        letters.note(session, seats["on a call"], note, NOW)
    letters.next_week(session, ada, next_monday, NOW)
    letters.are_you_in(session, ada, next_monday, NOW)
    letters.nobody_this_week(session, ada, round_, NOW)
    letters.we_paused_you(session, ada, NOW)
    letters.report(session, seats["over"], "They did not want to leave when I did.", NOW)
    letters.message(session, ada, Message(7, "A picnic on Saturday", PICNIC), NOW)
    letters.goodbye(session, ada, "ada@example.org", "Ada", NOW)


def _sign_in(session: Session, member: Member, now: datetime) -> SignIn:
    sign_in = SignIn(member=member, code_digest="", asked_at=now)
    session.add(sign_in)
    session.flush()
    return sign_in
