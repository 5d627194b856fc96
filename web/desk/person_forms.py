"""The forms on a member's page at the desk: one for each act, each with room to say why."""

from __future__ import annotations

from typing import Any

from flask import g
from wtforms import DateField

from data.act import LONGEST_WHY
from data.avoidance import apart_by_organisers
from data.member import Member
from web.desk.people import ROLES
from web.desk.typed_members import member_typed
from web.fields import Form, choice, line
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.pause import PauseForm


def reason() -> Any:
    """Return the field in which one may say why."""
    return line(_l("Why"), _l("For the log, if you like. No names: the log is kept for good."), longest=LONGEST_WHY)


class WhyForm(Form):
    """Nothing but why."""

    why = reason()


class PausingForm(PauseForm):
    """Until which Monday somebody is left out."""

    until = DateField(_l("Until"), description=_l("On the first Monday from this day on they are in again."))
    why = reason()


class RoleForm(Form):
    """What somebody may do."""

    role = choice(_l("Role"), ROLES, _l("Please choose a role."))
    why = reason()


class OtherForm(Form):
    """Somebody else, by number or address."""

    other = line(
        _l("The other one"),
        _l("Their number, as it stands on their page, or their e-mail address."),
        longest=254,
        missing=_l("Please say who the other one is."),
    )
    why = reason()
    found: Member | None = None

    def find_other(self, member: Member) -> Member | None:
        """Return who is meant, if it is somebody else who is here; if not, say so beside the field."""
        self.found = member_typed(self.other.data or "")
        if self.found is None:
            self.wrong(self.other, _("Nobody here has this number or address."))
        elif self.found.id == member.id:
            self.wrong(self.other, _("This is the same person."))
        return None if self.other.errors else self.found


FORMS: dict[str, type[Form]] = {
    "pause": PausingForm,
    "return": WhyForm,
    "role": RoleForm,
    "bar": WhyForm,
    "apart": OtherForm,
    "merge": OtherForm,
}


def forms_of(member: Member, sent: str = "") -> dict[str, Any]:
    """Return all forms of a page, of which one may have been sent; each has names of its own."""
    kinds = FORMS | {f"lift-{other}": WhyForm for other in apart_by_organisers(g.session, member.id)}
    forms = {
        name: kind(prefix=f"{name}-") if name == sent else kind(formdata=None, prefix=f"{name}-")
        for name, kind in kinds.items()
    }
    if sent != "role":
        forms["role"].role.data = member.role
    return forms
