"""Busy days: of those shown, the ticked are kept for something else, and the others are given back."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from data.busy_day import busy_days_in, busy_days_of, keep_free
from tests.cast import ADA, BEN, MONDAY, join

MON, TUE, WED = (MONDAY + timedelta(days=number) for number in range(3))


def test_what_is_shown_is_what_changes(session: Session) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    keep_free(session, ada.id, [MON, TUE], [MON, WED])  # Wednesday was not on the page
    keep_free(session, ben.id, [TUE], [TUE])
    assert busy_days_of(session, ada.id, date.min) == {MON}
    keep_free(session, ada.id, [TUE, WED], [WED])
    keep_free(session, ada.id, [TUE, WED], [WED])
    assert busy_days_of(session, ada.id, date.min) == {MON, WED}
    assert busy_days_of(session, ada.id, TUE) == {WED}
    assert busy_days_in(session, TUE, WED) == {ada.id: {WED}, ben.id: {TUE}}
