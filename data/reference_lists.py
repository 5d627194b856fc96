"""Fills the reference lists from the files shipped with the project, all or nothing, once."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from data.places import Place


class MissingReference(Exception):
    """A file of the reference lists is missing."""


class BrokenReference(Exception):
    """A file of the reference lists is not as it was shipped."""


def lists_are_loaded(session: Session) -> bool:
    """Whether the lists have been filled."""
    return bool(session.scalar(select(exists(select(Place.id)))))


def load_lists(session: Session) -> None:
    """Fill the lists of places and occupations where they are empty; a second time changes nothing.

    Raises MissingReference or BrokenReference, and nothing is written then. Does not commit.
    """


def load_venues(session: Session) -> None:
    """Fill the list of venues with the sample of Copenhagen, where it is empty. Does not commit."""
