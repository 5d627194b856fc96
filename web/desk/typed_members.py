"""Members as an organiser names them: by their number, or by their e-mail address."""

from __future__ import annotations

from typing import Any

from flask import g
from wtforms import ValidationError

from data.member import Member, member_by_email
from web.language import gettext as _

LONGEST_NUMBER = 9


def member_typed(words: str) -> Member | None:
    """Return who is meant, if it is somebody who is here."""
    words = words.strip()
    if words.isascii() and words.isdecimal():
        member = g.session.get(Member, int(words)) if len(words) <= LONGEST_NUMBER else None
    else:
        member = member_by_email(g.session, words)
    return member if member is not None and member.is_confirmed else None


class SomeMember:
    """Accepts the number or the address of a member who is here."""

    def __call__(self, _form: Any, field: Any) -> None:
        """Keep who is meant beside what was typed, or raise ValidationError."""
        field.member = member_typed(field.data or "")
        if field.data and field.member is None:
            raise ValidationError(
                _("There is no such member. Please give an e-mail address, or the number of a person.")
            )
