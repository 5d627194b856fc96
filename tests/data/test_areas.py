"""Areas narrow each other down: Georgia and the United States leave the state."""

from __future__ import annotations

from data.areas import EVERYWHERE, contains, narrowed

GEORGIA = {("GE", ""), ("US", "GA")}
UNITED_STATES = {("US", "")}


def test_a_country_holds_its_regions_and_everywhere_holds_all() -> None:
    assert contains(("US", ""), ("US", "GA"))
    assert not contains(("US", "GA"), ("US", ""))
    assert contains(("", ""), ("GE", ""))


def test_georgia_in_the_united_states_is_the_state() -> None:
    assert narrowed(GEORGIA, UNITED_STATES) == narrowed(UNITED_STATES, GEORGIA) == {("US", "GA")}
    assert narrowed(EVERYWHERE, GEORGIA) == GEORGIA


def test_areas_that_have_nothing_in_common_leave_nothing() -> None:
    assert not narrowed({("US", "GA")}, {("US", "IL")})
    assert not narrowed({("DK", "")}, UNITED_STATES)
