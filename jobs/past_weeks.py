"""Lets the people of the demo live through past weeks: they answer, or not, they meet, and say how it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from data.answering import accept, decline, still_good
from data.feedback import Feedback
from data.letter import Letter
from data.match import Match, Seat
from data.member import Member
from data.round import Round, round_of
from data.wall import WallLine, share
from jobs.rematch import rematch
from jobs.retrain import retrain
from jobs.town_words import LESSONS
from jobs.weekly_round import weekly_round
from web.settings import Settings

# Hours after Monday 00:00 UTC: when people look at their letters, and when others are found for who was let down.
ROUND_AT = 6
ANSWERED_AT = (36, 62, 86)
REMATCHED_AT = (37, 70, 87)
CLOSED_AT = 93
LEARNED_AT = 7 * 24 - 4


def live_through(sessions: sessionmaker[Session], settings: Settings, monday: date, chance: Random) -> None:
    """Play the week of `monday` with the real jobs at simulated times; its letters are thrown away."""
    weekly_round(sessions, settings, _hours_after(monday, ROUND_AT))
    for answered, rematched in zip(ANSWERED_AT, REMATCHED_AT, strict=True):
        with sessions() as session:
            _answer(session, monday, _hours_after(monday, answered), chance)
            session.commit()
        rematch(sessions, settings, _hours_after(monday, rematched))
    rematch(sessions, settings, _hours_after(monday, CLOSED_AT))
    with sessions() as session:
        _say_how_it_was(session, _hours_after(monday, LEARNED_AT), chance)
        session.commit()
    retrain(sessions, settings, _hours_after(monday, LEARNED_AT))
    with sessions() as session:
        session.execute(delete(Letter))
        session.commit()


def _hours_after(monday: date, hours: int) -> datetime:
    return datetime.combine(monday, time(), UTC) + timedelta(hours=hours)


def _answer(session: Session, monday: date, now: datetime, chance: Random) -> None:
    """Most say yes, some no, some nothing. Who has lost one partner says yes to the next."""
    round_ = round_of(session, monday)
    for match in _matches(session, round_) if round_ else []:
        for seat in match.live_seats:
            answered = seat.accepted_at or seat.declined_at
            if answered or match.is_falling_through or now > seat.answer_by or not still_good(match, now):
                continue
            draw = chance.random()
            if draw < 0.88:
                accept(seat, _suiting(match, now, chance), now)
            elif draw < 0.96:
                decline(seat, now, "someone_else" if draw < 0.93 else "not_this_week")


def _suiting(match: Match, now: datetime, chance: Random) -> list[datetime]:
    """Some of the times, one at least; a match whose times are all over cannot be said yes to."""
    good = [time.starts_at for time in still_good(match, now)]
    return sorted(chance.sample(good, chance.randint(min(2, len(good)), len(good))))


def _say_how_it_was(session: Session, now: datetime, chance: Random) -> None:
    """Most say how it was, of the meetings of the last seven days: some of them were arranged the week before."""
    lately = Match.meets_at > now - timedelta(days=7), Match.meets_at < now - timedelta(hours=2)
    for match in session.scalars(select(Match).where(Match.on_at.is_not(None), *lately).order_by(Match.id)):
        if not match.is_on:
            continue
        met, enjoyed = chance.random() < 0.93, chance.random() < _charm(match)
        for seat in match.live_seats:
            if chance.random() < 0.85:
                said = _feedback(seat, chance, met=met, enjoyed=enjoyed)
                session.add(said)
                _share(session, said, now, chance)


def _feedback(seat: Seat, chance: Random, *, met: bool, enjoyed: bool) -> Feedback:
    told = {"seat": seat, "given_at": (seat.match.ends_at or seat.match.made_at) + timedelta(hours=3)}
    if not met:
        return Feedback(met="never_arranged", **told)
    rating = chance.choice((4, 5) if enjoyed else (2, 3))
    learned = chance.choice(LESSONS) if chance.random() < 0.5 else ""
    return Feedback(met="yes", rating=rating, again=rating >= 4 and chance.random() < 0.7, learned=learned, **told)


def _share(session: Session, said: Feedback, now: datetime, chance: Random) -> None:
    """Some let everybody read what they learned; no two lines of the wall say the same."""
    if not said.learned or chance.random() >= 0.2:
        return
    if session.scalar(select(WallLine.id).where(WallLine.words == said.learned).limit(1)) is None:
        share(session, said.seat, said.learned, said.given_at, signed=chance.random() < 0.6).show(now)


def _charm(match: Match) -> float:
    """What the model is to find out: how likely these are to enjoy it, by shared topics and wishes met."""
    members = [seat.member for seat in match.live_seats]
    topics = [set(member.topics.split(", ")) for member in members]
    shared = any(one & other for one in topics for other in topics if one is not other)
    useful = any(_wish_met(one, other) for one in members for other in members)
    return 0.2 + 0.4 * shared + 0.35 * useful


def _wish_met(one: Member, other: Member) -> bool:
    return bool(set(one.offers.split(", ")) & set(other.wants.split(", ")))


def _matches(session: Session, round_: Round) -> list[Match]:
    return list(session.scalars(select(Match).where(Match.round_id == round_.id).order_by(Match.id)))
