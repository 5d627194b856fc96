"""The profile: everything a member has told us, to change, and the ways to all else that is theirs."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField

from data.community import coming_monday
from data.member import Member
from data.move import move_home
from data.readiness import standing_of
from data.trip import trips_of
from web.fields import HttpsLink, PhoneNumber, line
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.person_form import PersonForm
from web.taking_part import RHYTHMS
from web.visitor import member_here, members_only

blueprint = Blueprint("profile", __name__)


class ProfileForm(PersonForm):
    """What we ask of everybody, what a meeting place needs, and how a member can be called once a call is on."""

    step_free = BooleanField(
        _l("I need a place without steps"),
        description=_l("We then look for places one can enter in a wheelchair, and tell nobody that you asked."),
    )
    teams_name = line("Teams", _l("Your name or address there."), longest=100)
    skype_name = line(
        _l("Skype name"),
        _l("Skype closed in May 2025 and its accounts moved to Teams: people will look for this name there."),
        longest=100,
    )
    phone = line(_l("Phone"), _l("With the country code, like +45 12 34 56 78."), longest=40, more=(PhoneNumber(),))
    call_link = line(
        _l("Any other link"),
        _l("A room of your own, on whatever you use. It starts with https://"),
        longest=300,
        more=(HttpsLink(),),
    )

    @property
    def moves(self) -> bool:
        """Whether they live elsewhere than they did."""
        return self.known is not None and self.settles_anew(self.known)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and that nobody moves about all week."""
        good = super().validate(extra_validators)
        return good and (not self.moves or self.known is None or self.may_move(self.known))

    def fill_in(self, member: Member) -> None:
        """Write what was said into the member."""
        if self.moves and self.chosen_place is not None:
            move_home(g.session, member, self.chosen_place, g.now, position=self.position)
        super().fill_in(member)
        member.step_free = self.step_free.data
        member.teams_name, member.skype_name = self.teams_name.data, self.skype_name.data
        member.phone, member.call_link = self.phone.data, self.call_link.data


@blueprint.get("/profile")
@members_only
def show() -> str:
    """Show the profile, ready to be changed."""
    form = ProfileForm(formdata=None)
    form.show(member_here())
    return _page(form)


@blueprint.post("/profile")
@members_only
def change() -> Response | tuple[str, int]:
    """Keep what was changed."""
    member, form = member_here(), ProfileForm()
    form.known = member
    if not form.validate():
        return _page(form), 422
    if form.moves:
        flash(_("Your profile is saved. Your new place counts from the next round on."))
    else:
        flash(_("Your profile is saved."))
    form.fill_in(member)
    return redirect(url_for("profile.show"), 303)


def _page(form: ProfileForm) -> str:
    member = member_here()
    trips = trips_of(g.session, member.id, g.now.astimezone(ZoneInfo(member.time_zone)).date())
    monday = coming_monday(g.session, g.now)
    facts = {
        "monday": monday,
        "standing": standing_of(g.session, member, monday),
        "rhythm": RHYTHMS[str(member.rhythm_weeks)],
    }
    return render_template("profile/show.html", form=form, member=member, trips=trips, **facts)
