"""Two professions that share no word are alike when their words mean alike."""

from __future__ import annotations

import time
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference_files import read_rows
from data.words import NUMBERS, Words

# A profession or interest; one that is related; one that is not. Written by hand before the words were measured.
TRIPLETS = """
nurse|paramedic|welder
veterinarian|animal doctor|accountant
software engineer|programmer|florist
data scientist|statistician|plumber
bookkeeper|accountant|dancer
lawyer|attorney|chef
gardener|landscaper|auditor
chef|cook|lawyer
teacher|school principal|truck driver
barista|waiter|physicist
journalist|reporter|electrician
physician|surgeon|web developer
pharmacist|chemist|actor
carpenter|joiner|linguist
truck driver|courier|editor
pilot|flight attendant|librarian
librarian|archivist|boxer
graphic designer|illustrator|dentist
dentist|oral hygienist|banker
banker|financial analyst|midwife
midwife|obstetrician|roofer
actor|theatre director|tax advisor
musician|composer|surveyor
architect|urban planner|butcher
civil engineer|bridge builder|poet
poet|novelist|mechanic
car mechanic|automotive technician|psychologist
psychologist|therapist|baker
baker|pastry chef|prosecutor
police officer|detective|baker
firefighter|paramedic|copywriter
copywriter|advertising creative|miner
HR generalist|recruiter|sailor
recruiter|talent acquisition specialist|farmer
farmer|rancher|database administrator
database administrator|SQL developer|hairdresser
hairdresser|barber|economist
economist|policy analyst|tattoo artist
translator|interpreter|crane operator
crane operator|heavy equipment operator|novelist
social worker|case manager|jeweler
jeweler|goldsmith|nurse
biologist|ecologist|salesperson
salesperson|account executive|astronomer
astronomer|physicist|nanny
nanny|childcare worker|geologist
geologist|mining engineer|makeup artist
photographer|videographer|actuary
actuary|insurance underwriter|sculptor
sculptor|painter of portraits|network engineer
network engineer|IT support|beekeeper
yoga teacher|fitness trainer|notary
personal trainer|sports coach|paralegal
paralegal|legal secretary|zookeeper
zookeeper|animal caretaker|stockbroker
stockbroker|investment banker|kindergarten teacher
UX designer|product designer|fisherman
fisherman|sailor|UX researcher
CEO|company director|lifeguard
fundraiser|charity campaigner|machinist
machinist|toolmaker|event planner
event planner|wedding coordinator|radiologist
"""


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.load()


def test_of_sixty_triplets_nine_in_ten_are_right(words: Words) -> None:
    triplets = [line.split("|") for line in TRIPLETS.strip().splitlines()]
    anchor, related, other = (words.vectors(list(column)) for column in zip(*triplets, strict=True))
    right = (anchor * related).sum(1) > (anchor * other).sum(1)
    assert len(triplets) >= 60
    assert right.mean() >= 0.9


def test_what_all_titles_share_is_taken_off(words: Words) -> None:
    titles = [row["title"] for row in read_rows("titles.tsv.xz")[::25]]
    assert np.linalg.norm(words.vectors(titles).mean(0)) < 0.1


def test_a_text_becomes_a_unit_row_and_no_text_a_row_of_zeros(words: Words) -> None:
    rows = words.vectors(["Software engineer", "", "   ", "\u200b"])
    assert rows.shape == (4, NUMBERS)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 0, 0], abs=1e-5)
    assert words.vectors([]).shape == (0, NUMBERS)


def test_case_and_accents_do_not_matter(words: Words) -> None:
    plain, loud = words.vectors(["cafe owner", "CAFÉ Owner"])
    assert plain == pytest.approx(loud)


def test_a_word_is_split_into_its_longest_known_pieces(words: Words) -> None:
    names = {number: piece for piece, number in words.numbers.items()}
    split = [names[number] for number in words.pieces("Bioengineers, unaffable!")]
    assert split == ["bio", "##eng", "##ine", "##ers", ",", "una", "##ffa", "##ble", "!"]


@given(st.text(max_size=60))
def test_any_text_becomes_a_row(text: str) -> None:
    row = Words.load().vectors([text])[0]
    assert np.isfinite(row).all()
    assert np.linalg.norm(row) == pytest.approx(1, abs=1e-4) or not row.any()


def test_a_word_too_long_for_any_language_says_nothing(words: Words) -> None:
    assert words.pieces("x" * 101) == []
    assert words.pieces(unicodedata.lookup("BLACK CHESS QUEEN") * 2) == []


def test_the_words_are_read_once() -> None:
    assert Words.load() is Words.load()


def test_a_text_takes_a_fraction_of_a_millisecond(words: Words) -> None:
    texts = ["Senior software engineer, payments"] * 200
    begun = time.process_time()
    words.vectors(texts)
    assert (time.process_time() - begun) / len(texts) < 0.001
