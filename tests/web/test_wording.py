"""People, times and what they wrote, in words that cannot break a letter."""

from __future__ import annotations

import sys
from time import process_time

import pytest

from data.match import Match, Seat
from data.member import Member
from data.places import Place
from tests.cast import PLACES, at
from web import wording


def living_in(place: str, **columns: str) -> Member:
    return Member(place=Place(name=place, **PLACES[place]), **columns)


def meeting_of(*members: Member) -> Match:
    return Match(meets_at=at("thu 17:00"), seats=[Seat(member=one, time_zone=one.time_zone) for one in members])


def test_people_are_named_as_one_says_it() -> None:
    ben, cleo = Member(first_name="Ben", profession="Vet"), Member(first_name="Cleo", profession="")
    assert wording.names_of([ben]) == "Ben"
    assert wording.names_of([ben, cleo]) == "Ben and Cleo"
    assert wording.introduced([ben, cleo]) == "Ben (Vet) and Cleo"


def test_a_moment_is_told_by_the_clocks_where_the_reader_is() -> None:
    when = at("thu 17:00")
    assert wording.moment(when, "Europe/Copenhagen") == "Thursday 26 November at 18:00"
    assert wording.moment(when, "Pacific/Auckland") == "Friday 27 November at 06:00"
    assert (wording.weekday(when, "Pacific/Auckland"), wording.clock(when, "UTC")) == ("Friday", "17:00")


def test_a_time_zone_is_named_after_its_city() -> None:
    assert wording.zone_name("America/New_York") == "New York time"
    assert wording.zone_name("UTC") == "UTC time"


def test_clocks_differ_between_copenhagen_and_auckland_but_not_across_the_bridge() -> None:
    ada, dan, finn = living_in("Copenhagen"), living_in("Malmö"), living_in("Auckland")
    assert not wording.clocks_differ(meeting_of(ada, dan))
    assert wording.clocks_differ(meeting_of(ada, finn))


def test_a_skype_name_is_offered_as_the_teams_account_it_has_become() -> None:
    finn = Member(skype_name="finn.sound", teams_name="", phone="+64 21 12", call_link="https://call.example/f")
    said = wording.handles_of(finn)
    assert said == "Teams (was Skype) finn.sound, phone +64 21 12, link https://call.example/f"
    assert "skype:" not in said


def test_who_has_no_handles_is_called_by_the_room_alone() -> None:
    assert wording.handles_of(Member(skype_name=" ", teams_name="", phone="", call_link="")) == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("sourdough, horses", "sourdough, horses"),
        ("one\r\nBcc: two", "one Bcc: two"),
        ("a\x00b\x1b[31mc\u2028d\x85e", "ab[31mc d e"),
        ("\u202egnirts\u202c \u2066x\u2069 \u200f\ufeff", "gnirts x"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("look at https://evil.example/x?y now", "look at (link left out) now"),
        ("WWW.evil.example", "(link left out)"),
        ("javascript://x", "(link left out)"),
        ("{{7*7}} <b>&amp;", "{{7*7}} <b>&amp;"),
        ("\ud800x", "x"),
        ("  ", ""),
    ],
)
def test_what_somebody_wrote_becomes_one_safe_line(written: str, said: str) -> None:
    assert wording.said(written) == said


def test_endless_text_is_cut() -> None:
    said = wording.said("sour dough " * 1000)
    assert len(said) <= 300
    assert said.endswith("…")


@pytest.mark.parametrize("word", ["x" * 100_000, "x+" * 50_000, "x://" * 20_000])
def test_a_long_word_costs_no_more_than_its_length(word: str) -> None:
    begun = process_time()
    assert len(wording.said(word)) <= wording.LONGEST
    assert process_time() - begun < 1


def test_a_note_keeps_its_lines_and_nothing_that_could_hurt() -> None:
    written = "Hi!\r\n\n\n\n\u202eSee https://evil.example/x and www.evil.example\x00\n  {{7*7}} <b>  "
    assert wording.said_in_lines(written) == "Hi!\n\nSee (link left out) and (link left out)\n{{7*7}} <b>"
    assert wording.said_in_lines("") == ""
    assert wording.said_in_lines("🦩" * 500) == "🦩" * 500


def test_the_quick_way_says_the_same_for_every_printable_character_there_is() -> None:
    every = (chr(number) for number in range(sys.maxunicode + 1))
    assert [one for one in every if one.isprintable() and wording._shown(one) != one] == []
