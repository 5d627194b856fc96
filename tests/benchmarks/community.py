"""A community that lives by the week: people who answer, or not, cancel, move, stay away and travel, at known rates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.answering import CannotAnswer, NoTimeTicked, mover_of, still_good
from data.feedback import Feedback
from data.match import Match, Seat
from data.member import Member
from data.places import Place
from data.trip import Trip
from web.answers import Answers
from web.other_times import other_times

# Rates, each with where it comes from (FIELD, part one). Where a source counts appointments with one side that can
# fail, a meeting of two is given the same chance to fail, and each of the two about half of it.
SAYS_YES = 0.55  # 1d: acceptance of suggested meetings 40 to 60 %
SAYS_NO = 0.30  # the rest is silent
SUITS = 0.5  # a time offered, in hours one has ticked: life happens
CANCELS = 0.14  # 2a: early cancellation 26.3 % of appointments, with the reminder that works
STAYS_AWAY = 0.073  # 2a: 14.2 % no-shows, with the reminder that works
MOVES = 0.05  # no source: one meeting in ten
CONFIRMS = 0.7  # no source: another time suits the other
TELLS = 0.8  # no source: says afterwards how it was
ENJOYS = 0.7
TRIPS_A_YEAR = 2.5
COMES_BACK = 0.3  # a week, of those paused after two silent weeks
SPREAD = 6.0  # people differ: their own rates are drawn from a beta distribution of this weight
WEEK = timedelta(weeks=1)
# Cities people travel to, by GeoNames number: Copenhagen, Aarhus, London, Berlin, Lisbon.
CITIES = (2618425, 2624652, 2643743, 2950159, 2267057)


@dataclass
class Person:
    """How one member behaves; rates drawn once."""

    yes: float
    no: float
    cancels: float
    stays_away: float


@dataclass
class Tally:
    """What happened, counted over all weeks."""

    let_down: int = 0  # seats whose partner fell out before the Thursday cut-off
    rescued: int = 0  # of them, those with another match in the same week
    held: dict[int, list[int]] = field(default_factory=dict)  # by match: the members who came
    fixed: set[int] = field(default_factory=set)
    all_yes: set[int] = field(default_factory=set)
    moved: int = 0
    cancelled: int = 0
    stood_up: int = 0


class Community:
    """Everybody's habits, and what is yet to come of them."""

    def __init__(self, members: Iterable[Member], seed: int) -> None:
        self.chance = Random(seed)
        self.people = {member.id: self._person() for member in members}
        self.plans: dict[int, str] = {}  # by seat: what somebody will do about a meeting that is on
        self.tally = Tally()

    def answer(self, session: Session, answers: Answers, now: datetime, share: float) -> None:
        """Let some of those who have not answered look at their letters."""
        open_seats = (
            select(Seat.id)
            .join(Match)
            .where(
                Seat.freed_at.is_(None), Seat.accepted_at.is_(None), Seat.declined_at.is_(None), Match.on_at.is_(None)
            )
        )
        for number in list(session.scalars(open_seats.order_by(Seat.id))):
            if self.chance.random() < share:
                self._answer_one(session.get_one(Seat, number), answers, now)

    def live(self, session: Session, answers: Answers, now: datetime) -> None:
        """Look for a common time, confirm, cancel, move: whatever is on people's minds."""
        ahead = select(Match).where((Match.meets_at > now) | Match.agreeing_since.is_not(None))
        for match in session.scalars(ahead.order_by(Match.id)).all():
            if match.is_off or match.is_falling_through:
                continue
            if match.is_agreeing:
                self.tally.all_yes.add(match.id)
                self._agree(match, answers, now)
            elif match.is_on:
                self._carry_on(session, match, answers, now)

    def meet(self, session: Session, since: datetime, now: datetime) -> None:
        """Hold the meetings that were over in (since, now]: who comes, and who says how it was."""
        over = select(Match).where(Match.on_at.is_not(None), Match.meets_at > since, Match.meets_at <= now)
        for match in session.scalars(over.order_by(Match.id)).all():
            if not match.is_on:
                continue
            came = [seat for seat in match.live_seats if self.chance.random() >= self._of(seat).stays_away]
            if len(came) > 1:
                self.tally.held[match.id] = [seat.member_id for seat in came]
            self.tally.stood_up += len(came) == 1
            for seat in match.live_seats:
                if self.chance.random() < TELLS:
                    session.add(self._told(seat, came, now))

    def travel(self, session: Session, monday: date) -> None:
        """Let some plan a trip of a week, a week ahead; let some of the quiet come back."""
        for member in session.scalars(select(Member).order_by(Member.id)):
            if self.chance.random() < TRIPS_A_YEAR / 52:
                place = session.get_one(Place, self.chance.choice(CITIES))
                session.add(Trip.to(member, place, monday + WEEK, monday + WEEK + timedelta(days=6)))

    def _person(self) -> Person:
        def own(rate: float) -> float:
            return self.chance.betavariate(SPREAD * rate, SPREAD * (1 - rate))

        return Person(own(SAYS_YES), own(SAYS_NO), own(CANCELS), own(STAYS_AWAY))

    def _of(self, seat: Seat) -> Person:
        return self.people[seat.member_id]

    def _answer_one(self, seat: Seat, answers: Answers, now: datetime) -> None:
        person, draw = self._of(seat), self.chance.random()
        good = [time.starts_at for time in still_good(seat.match, now)]
        ticked = [time for time in good if self.chance.random() < SUITS] or good[:1]
        try:
            if draw < person.yes:
                answers.yes(seat, ticked)
            elif draw < person.yes + person.no:
                answers.no(seat, self.chance.choice(("someone_else", "not_this_week")))
            else:
                self.plans[seat.id] = "silent"
        except (CannotAnswer, NoTimeTicked):
            return

    def _agree(self, match: Match, answers: Answers, now: datetime) -> None:
        """Confirm a move or not; without a common time, tick one that suits the other after all."""
        mover = mover_of(match)
        for seat in match.live_seats:
            others = {other.id for other in match.live_seats if other is not seat}
            theirs = [time.starts_at for time in still_good(match, now) if others & time.ticked_by]
            if not match.is_agreeing or seat is mover or not theirs or self.chance.random() > 0.5:
                continue
            if self.chance.random() < CONFIRMS:
                mine = [time.starts_at for time in match.times if seat.id in time.ticked_by and time.starts_at > now]
                answers.yes(seat, [*mine, self.chance.choice(theirs)])
            elif mover is not None:
                answers.no(seat, "someone_else")

    def _carry_on(self, session: Session, match: Match, answers: Answers, now: datetime) -> None:
        self.tally.fixed.add(match.id)
        self.tally.all_yes.add(match.id)
        for seat in match.live_seats:
            if seat.id not in self.plans:
                draw, person = self.chance.random(), self._of(seat)
                plans = "cancel" if draw < person.cancels else "move" if draw < person.cancels + MOVES else "come"
                self.plans[seat.id] = plans
            # Somewhere between now and the meeting: people put it off.
            if self.plans[seat.id] == "come" or not match.is_on or self.chance.random() > 0.4:
                continue
            self._do(session, seat, answers, now)

    def _do(self, session: Session, seat: Seat, answers: Answers, now: datetime) -> None:
        plan, self.plans[seat.id] = self.plans[seat.id], "come"
        if plan == "cancel":
            answers.no(seat, self.chance.choice(("someone_else", "not_this_week")), "Something came up.")
            self.tally.cancelled += 1
        elif plan == "move":
            times = other_times(session, seat, now)
            if times:
                try:
                    answers.another_time(seat, self.chance.sample(times, min(3, len(times))))
                except CannotAnswer:
                    return
                self.tally.moved += 1

    def _told(self, seat: Seat, came: list[Seat], now: datetime) -> Feedback:
        if seat not in came:
            return Feedback(seat=seat, given_at=now, met="i_could_not")
        if len(came) < 2:
            return Feedback(seat=seat, given_at=now, met="they_did_not_come")
        liked = self.chance.random() < ENJOYS
        return Feedback(seat=seat, given_at=now, met="yes", rating=5 if liked else 3, again=liked)
