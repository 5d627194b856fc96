"""Some weeks of a simulated community: the product's own decisions about matches that are never stored."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, count
from random import Random
from typing import Any, Literal, cast

from data.answering import CannotAnswer, NoTimeTicked, mover_of, settle, still_good
from data.availability import Available, Span, available_on, span_at_short_notice, span_of, span_to_move
from data.falling_through import fallen_out, was_silent
from data.match import Match, Seat
from data.member import Member
from data.offered_times import times_to_offer
from data.past_pairs import PastPair
from data.places import Place
from data.round import Round, seed_of
from data.trip import Trip, stay_of
from data.words import Words
from jobs.arrange import arrange, strangers_among
from jobs.known import Known
from jobs.meeting_place import Places
from jobs.rematch import fall_through
from jobs.short_notice import MOST_ASKED
from tests.benchmarks import community as habits
from tests.benchmarks.repeats import needless
from web.answers import Answers
from web.letters import Letters

# Hours after Monday 00:00 UTC at which people look at their letters and what fell through is seen to; the real jobs
# run every minute.
STEPS = (10, 20, 34, 58, 67, 70, 82, 91, 94, 106, 118, 130, 142, 160)
AGREE_WITHIN = timedelta(hours=24)
WINDOW = 20  # meetings that reliability looks at
NOBODY: frozenset[tuple[int, int]] = frozenset()
Rescue = Literal["on", "off"]


class NoLetters:
    """Letters that nobody reads."""

    def tell(self, *_: Any) -> None:
        """Say nothing."""

    def you_cancelled(self, *_: Any) -> None:
        """Say nothing."""


class Year:
    """A community, its matches, and what became of them."""

    def __init__(self, members: Sequence[Member], cities: Sequence[Place], seed: int, rescue: Rescue) -> None:
        self.members, self.cities, self.rescue = list(members), list(cities), rescue
        self.chance = Random(seed)
        self.people = {member.id: habits.person(self.chance) for member in members}
        self.trips: dict[int, list[Trip]] = defaultdict(list)
        self.matches: list[Match] = []
        self.live: list[Match] = []
        self.of_member: dict[int, list[Match]] = defaultdict(list)
        self.plans: dict[int, str] = {}
        self.kept: dict[int, deque[bool]] = defaultdict(lambda: deque(maxlen=WINDOW))
        self.silences: Counter[int] = Counter()
        self.quiet: set[int] = set()
        self.held: dict[int, list[int]] = {}
        self.again: dict[int, set[int]] = defaultdict(set)
        self.count: Counter[str] = Counter()
        self.let_down: set[tuple[int, int]] = set()
        self.seated: Counter[tuple[int, int]] = Counter()  # matches by round and member
        self.numbers, self.vectors = count(1), Words.load().vectors

    def live_through(self, monday: date) -> None:
        """One week: the round, and all that follows."""
        self._travel(monday)
        self.round = Round(id=monday.toordinal(), monday=monday, seed=seed_of(monday), started_at=_at(monday, 6))
        self.refused: set[int] = set()
        self.silent: set[int] = set()
        self.asked: frozenset[int] = frozenset()
        now = _at(monday, 6)
        ready = [member for member in self.members if member.id not in self.quiet]
        left = self._bring_together(self._known(ready, span_of(self.round, now), now), now)
        self.count["ready"] += len(ready)
        self.count["left over"] += len(left)
        for member in left:
            member.times_left_out += 1
        for hours in STEPS:
            since, now = now, _at(monday, hours)
            self._meet(since, now)
            self._look_at_letters(now)
            self._fall_apart(now)
            if self.rescue == "on":
                self._pair_again(now)

    def _known(self, members: Sequence[Member], span: Span, now: datetime) -> Known:
        """What the database would have told about these members."""
        return Known(
            available=[self._available(member, span, now) for member in members],
            span=span,
            pairs=self._past_of({member.id for member in members}),
            apart=[],
            kept={member.id: self._kept(member.id) for member in members},
            trained=None,
            places=NOWHERE,
            used=Counter(),
            vectors=self.vectors,
        )

    def _bring_together(self, known: Known, now: datetime) -> list[Member]:
        """Pair members by the real decision; return who is left over."""
        arrangement = arrange(known, self.round, now)
        self.count["offline"] += int(arrangement.figures["offline"])
        for match in arrangement.matches:
            self._seat(match)
        self.count["needless repeats"] += needless(known, arrangement.matches, self.round.monday)
        return arrangement.left_over

    def _seat(self, match: Match) -> None:
        """Give a match the numbers and the zeros that a database would."""
        match.id, match.sequence, match.round_id = next(self.numbers), 0, self.round.id
        for seat in match.seats:
            seat.id, seat.member_id, seat.round_id = next(self.numbers), seat.member.id, self.round.id
            self.of_member[seat.member_id].append(match)
            self.seated[self.round.id, seat.member_id] += 1
        self.matches.append(match)
        self.live.append(match)

    def _available(self, member: Member, span: Span, now: datetime) -> Available:
        stay = stay_of(member, self.trips[member.id], self.round.monday, self.round.last_day)
        return available_on(span.days(stay.zone, now) - stay.elsewhere, member, stay, span.window)

    def _past_of(self, numbers: set[int]) -> list[PastPair]:
        matches = {match.id: match for number in numbers for match in self.of_member[number]}
        pairs = []
        for match in matches.values():
            met = len(self.held.get(match.id, ())) > 1
            for one, other in combinations(sorted(seat.member_id for seat in match.seats), 2):
                if {one, other} <= numbers:
                    both_again = {one, other} <= self.again[match.id]
                    pairs.append(PastPair(one, other, match.round.monday, met, None, match.mode, both_again))
        return pairs

    def _kept(self, number: int) -> float:
        meetings = self.kept[number]
        return (9 + sum(meetings)) / (10 + len(meetings))

    def _travel(self, monday: date) -> None:
        for member in self.members:
            if self.chance.random() < habits.TRIPS_A_YEAR / 52:
                first = monday + timedelta(weeks=1)
                place = self.chance.choice(self.cities)
                self.trips[member.id] = [Trip.to(member, place, first, first + timedelta(days=6))]
                self.count["trips"] += 1
        back = {number for number in sorted(self.quiet) if self.chance.random() < habits.COMES_BACK}
        self.quiet -= back
        for number in back:
            self.silences[number] = 0

    def _look_at_letters(self, now: datetime) -> None:
        answers = Answers(cast("Any", None), cast("Letters", NoLetters()), now)
        for match in list(self.live):
            if match.is_off or match.is_falling_through or match.has_begun(now):
                continue
            for seat in match.live_seats:
                if match.is_falling_through:
                    break
                if seat.accepted_at is None and seat.declined_at is None:
                    self._answer(seat, answers, now)
                elif match.is_agreeing:
                    self._agree(seat, answers, now)
                elif match.is_on:
                    self._carry_on(seat, answers, now)

    def _answer(self, seat: Seat, answers: Answers, now: datetime) -> None:
        if self.plans.get(seat.id) == "silent" or self.chance.random() > habits.LOOKS:
            return
        who, draw = self.people[seat.member_id], self.chance.random()
        good = [moment.starts_at for moment in still_good(seat.match, now)]
        ticked = [moment for moment in good if self.chance.random() < habits.SUITS] or good[:1]
        try:
            if draw < who.yes:
                answers.yes(seat, ticked)
                self.silences[seat.member_id] = 0
            elif draw < who.yes + who.no:
                self._say_no(seat, answers)
            else:
                self.plans[seat.id] = "silent"
        except (CannotAnswer, NoTimeTicked):
            self.plans[seat.id] = "silent"

    def _say_no(self, seat: Seat, answers: Answers) -> None:
        why: Any = self.chance.choice(("someone_else", "not_this_week"))
        answers.no(seat, why)
        self.silences[seat.member_id] = 0
        if why == "not_this_week":
            self.refused.add(seat.member_id)

    def _agree(self, seat: Seat, answers: Answers, now: datetime) -> None:
        """Confirm another time or not; without a common one, tick one that suits the other after all."""
        match, mover = seat.match, mover_of(seat.match)
        others = {other.id for other in match.live_seats if other is not seat}
        theirs = [moment.starts_at for moment in still_good(match, now) if others & moment.ticked_by]
        if seat is mover or not theirs or self.chance.random() > habits.LOOKS:
            return
        if self.chance.random() < habits.CONFIRMS:
            mine = [moment.starts_at for moment in match.times if seat.id in moment.ticked_by]
            answers.yes(seat, [*mine, self.chance.choice(theirs)])
        elif mover is not None:
            self._say_no(seat, answers)

    def _carry_on(self, seat: Seat, answers: Answers, now: datetime) -> None:
        """Come, or sooner or later cancel or ask for another time."""
        plan = self.plans.setdefault(seat.id, habits.plan(self.people[seat.member_id], self.chance))
        if plan == "come" or self.chance.random() > habits.PUTS_OFF:
            return
        self.plans[seat.id] = "come"
        if plan == "cancel":
            self._say_no(seat, answers)
            self.kept[seat.member_id].append(True)  # notice given counts as kept
            self.count["cancelled"] += 1
            return
        span = span_to_move(seat.match.round, now)
        people = [self._available(one.member, span, now) for one in seat.match.live_seats]
        zones = [one.time_zone for one in seat.match.live_seats]
        moments = times_to_offer(span.window, [one.free for one in people], [one.awake for one in people], zones, 8)
        chosen = [moment for moment in moments if moment != seat.match.meets_at][:3]
        try:
            answers.another_time(seat, chosen)
            self.count["moved"] += 1
        except (CannotAnswer, NoTimeTicked):
            return

    def _meet(self, since: datetime, now: datetime) -> None:
        for match in list(self.live):
            if match.agreeing_since is not None:
                self.count["all yes"] += self._first("all yes", match)
            if not match.is_on:
                continue
            self.count["all yes"] += self._first("all yes", match)
            self.count["fixed"] += self._first("fixed", match)
            if match.meets_at is not None and since < match.meets_at <= now:
                self._hold(match)
                self.live.remove(match)

    def _hold(self, match: Match) -> None:
        came = [seat for seat in match.live_seats if self.chance.random() >= self.people[seat.member_id].stays_away]
        self.count["stood up"] += len(came) == 1
        self.count["due"] += 1
        if len(came) > 1:
            self.held[match.id] = [seat.member_id for seat in came]
            self.count[f"held {match.mode}"] += 1
        for seat in match.live_seats:
            self.kept[seat.member_id].append(seat in came)
            if len(came) > 1 and seat in came and self.chance.random() < habits.TELLS * habits.AGAIN:
                self.again[match.id].add(seat.member_id)

    def _first(self, what: str, match: Match) -> bool:
        """Whether this is the first time that this is said of a match."""
        known: set[int] = self.__dict__.setdefault(f"seen {what}", set())
        new = match.id not in known
        known.add(match.id)
        return new

    def _fall_apart(self, now: datetime) -> None:
        for match in list(self.live):
            if match.has_begun(now):
                continue
            silent = [seat for seat in match.live_seats if was_silent(seat, now)]
            out = fallen_out(match, now)
            stay = fall_through(match, NOBODY, now, AGREE_WITHIN)
            for seat in silent:
                self._note_silence(seat)
            self.let_down.update((match.round_id, seat.member_id) for seat in stay if now <= match.round.rematch_until)
            if out or stay:
                settle(match, now)
            if match.is_off:
                self.live.remove(match)

    def _note_silence(self, seat: Seat) -> None:
        self.silent.add(seat.member_id)
        if seat.match.answer_until is None:
            self.silences[seat.member_id] += 1
            if self.silences[seat.member_id] >= 2:
                self.quiet.add(seat.member_id)

    def _pair_again(self, now: datetime) -> None:
        busy = {seat.member_id for match in self._of_round() for seat in match.live_seats}
        out = busy | self.refused | self.silent | self.quiet
        waiting = [member for member in self.members if member.id not in out]
        late = now > self.round.rematch_until
        lost = {member for number, member in self.let_down if number == self.round.id} if late else set()
        if late:
            waiting = [member for member in waiting if member.id in lost or member.short_notice]
        numbers = frozenset(member.id for member in waiting)
        if len(waiting) < 2 or numbers == self.asked or (late and not lost & numbers):
            return
        helping = [member.id for member in waiting if late and member.id not in lost]
        span = span_at_short_notice(now) if late else span_of(self.round, now)
        known = strangers_among(self._known(waiting, span, now))
        known.apart.extend(combinations(helping[:MOST_ASKED], 2))
        self._bring_together(known, now)
        self.asked = numbers

    def _of_round(self) -> list[Match]:
        here = []
        for match in reversed(self.matches):
            if match.round_id != self.round.id:
                break
            here.append(match)
        return here


NOWHERE = Places([], [])


def _at(monday: date, hours: int) -> datetime:
    return datetime.combine(monday, time(), UTC) + timedelta(hours=hours)
