"""Members as an organiser names them: by their number, or by their e-mail address."""

from __future__ import annotations

from typing import Any

from flask import g
from wtforms import ValidationError

from data.member import Member, member_by_email
from web.fields import tidy_line
from web.language import gettext as _

LONGEST_NUMBER = 9


def member_typed(words: str) -> Member | None:
    """Return who is meant, confirmed or not, if it is somebody who has not left."""
    words = tidy_line(words)
    if words.isascii() and words.isdecimal():
        member = g.session.get(Member, int(words)) if len(words) <= LONGEST_NUMBER else None
    else:
        member = member_by_email(g.session, words)
    return member if member is not None and member.left_at is None else None


class SomeMember:
    """Accepts the number or the address of a member who has confirmed it."""

    def __call__(self, _form: Any, field: Any) -> None:
        """Keep who is meant beside what was typed, or raise ValidationError."""
        field.member = member_typed(field.data or "")
        if field.data and (field.member is None or not field.member.is_confirmed):
            raise ValidationError(
                _("There is no such member. Please give an e-mail address, or the number of a person.")
            )
