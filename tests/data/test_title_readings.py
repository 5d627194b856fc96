"""A job title is read in several ways, the most literal first."""

from __future__ import annotations

import pytest

from data.title_readings import readings, says_something, words_of


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("HR Mgrs", "human resource mgr"),
        ("HR Mgr", "human resource manager"),
        ("Sr. Software Engineer", "senior software engineer"),
        ("Director of Operations", "director operation"),
        ("Nurses and Midwives", "nurse midwive"),
        ("Secretaries", "secretary"),
        ("Bus Drivers", "bus driver"),
        ("Coaches", "coach"),
        ("Waitresses", "waitress"),
        ("!!!", ""),
    ],
)
def test_words_are_spelled_out_and_singular(title: str, words: str) -> None:
    assert words_of(title) == frozenset(words.split())


def test_word_order_and_number_do_not_matter() -> None:
    assert words_of("Director of Marketing") == words_of("Marketing Directors")
    assert words_of("Manager, HR") == words_of("Human Resources Manager")


def read(title: str) -> list[str]:
    return [" ".join(sorted(words)) for words in readings(title)]


def test_rank_is_set_aside_after_the_title_was_taken_as_it_is() -> None:
    assert read("Senior Software Engineer II") == ["engineer ii senior software", "engineer software"]


def test_what_is_in_brackets_is_set_aside() -> None:
    assert read("Nurse (part-time)")[-1] == "nurse"


def test_the_head_of_something_is_read_as_its_manager() -> None:
    assert "manager marketing" in read("VP of Marketing")
    assert "manager program" in read("Director, Program Management")


def test_the_first_of_two_jobs_is_read_alone() -> None:
    assert read("Writer/Editor")[-1] == "writer"
    assert "branch manager" in read("Assistant Branch Manager")


def test_a_title_without_letters_is_read_in_no_way() -> None:
    assert read("") == read("...") == []


def test_a_rank_alone_says_nothing_of_a_profession() -> None:
    assert not says_something(words_of("Senior Associate"))
    assert not says_something(words_of("Manager II"))
    assert says_something(words_of("Nurse Manager"))
