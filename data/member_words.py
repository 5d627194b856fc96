"""The words by which an organiser finds a member: of the name, the profession, the town and the address, kept with each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, ForeignKey, delete, event, insert, inspect, select
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from data.database import Base, SearchKey
from data.places import Place
from data.search_keys import LONGEST, fold

if TYPE_CHECKING:
    from data.member import Member

SEARCHED = ("first_name", "email", "profession", "place_id")
Kept = TypeVar("Kept", bound=type[Base])


class MemberWord(Base):
    """One word that somebody can be found by; all of an address is one word, and so is each part before its @."""

    __tablename__ = "member_word"
    __table_args__ = ({"sqlite_with_rowid": False},)

    word: Mapped[str] = mapped_column(SearchKey, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)


def kept_in_words(model: Kept) -> Kept:
    """Let a model write its words down whenever it is written itself, in the same transaction."""
    event.listen(model, "after_insert", _add)
    event.listen(model, "after_update", _change)
    return model


def words_of(first_name: str, email: str | None, profession: str, town: str) -> list[str]:
    """Return the words somebody is found by; none of one who has left."""
    if email is None:
        return []
    texts = [first_name, profession, town, email.partition("@")[0]]
    return sorted({email[:LONGEST], *(word for text in texts for word in fold(text).split())})


def _add(_mapper: Mapper[Any], connection: Connection, member: Member) -> None:
    town = ""
    if member.place_id is not None:
        town = connection.scalar(select(Place.name).where(Place.id == member.place_id)) or ""
    words = words_of(member.first_name, member.email, member.profession, town)
    if words:
        connection.execute(insert(MemberWord), [{"word": word, "member_id": member.id} for word in words])


def _change(mapper: Mapper[Any], connection: Connection, member: Member) -> None:
    if any(inspect(member).attrs[name].history.has_changes() for name in SEARCHED):
        connection.execute(delete(MemberWord).where(MemberWord.member_id == member.id))
        _add(mapper, connection, member)
