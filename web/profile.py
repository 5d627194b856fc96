"""The profile: everything a member has told us, to change, and whether they take part."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from data.member import Member
from data.readiness import standing_of
from data.round import next_monday
from web.fields import Form, HttpsLink, PhoneNumber, line
from web.pause import PauseForm
from web.person_form import PersonForm
from web.visitor import member_here, members_only

blueprint = Blueprint("profile", __name__)


class ProfileForm(PersonForm):
    """What we ask of everybody, and how a member can be called once a call is on."""

    teams_name = line("Teams", "Your name or address there.", longest=100)
    skype_name = line(
        "Skype name",
        "Skype closed in May 2025 and its accounts moved to Teams: people will look for this name there.",
        longest=100,
    )
    phone = line("Phone", "With the country code, like +45 12 34 56 78.", longest=40, more=(PhoneNumber(),))
    call_link = line(
        "Any other link",
        "A room of your own, on whatever you use. It starts with https://",
        longest=300,
        more=(HttpsLink(),),
    )

    def fill_in(self, member: Member) -> None:
        """Write what was said into the member."""
        super().fill_in(member)
        member.teams_name, member.skype_name = self.teams_name.data, self.skype_name.data
        member.phone, member.call_link = self.phone.data, self.call_link.data


@blueprint.get("/profile")
@members_only
def show() -> str:
    """Show the profile, ready to be changed."""
    form = ProfileForm(formdata=None)
    form.show(member_here())
    return _page(form, PauseForm(formdata=None))


@blueprint.post("/profile")
@members_only
def change() -> Response | tuple[str, int]:
    """Keep what was changed."""
    member, form = member_here(), ProfileForm()
    form.known = member
    if not form.validate():
        return _page(form, PauseForm(formdata=None)), 422
    form.fill_in(member)
    flash("Your profile is saved.")
    return redirect(url_for("profile.show"), 303)


@blueprint.post("/profile/pause")
@members_only
def pause() -> Response | tuple[str, int]:
    """Stay out of every round before a day."""
    form = PauseForm()
    if not form.validate():
        profile = ProfileForm(formdata=None)
        profile.show(member_here())
        return _page(profile, form), 422
    member_here().pause_until(form.monday)
    flash(f"You are pausing. From Monday {form.monday.day} {form.monday:%B %Y} on, you are in again.")
    return redirect(url_for("profile.show"), 303)


@blueprint.post("/profile/return")
@members_only
def come_back() -> Response:
    """Take part again."""
    member_here().resume(g.now)
    flash("Good to have you back. You are in from the next round on.")
    return redirect(url_for("profile.show"), 303)


@blueprint.post("/profile/unsubscribe")
@members_only
def unsubscribe() -> Response:
    """Write no more weekly letters, and so pair no more."""
    member_here().unsubscribe(g.now)
    flash("No more weekly letters; you will be paired with nobody until you take part again.")
    return redirect(url_for("profile.show"), 303)


def _page(form: ProfileForm, pause: PauseForm) -> str:
    member = member_here()
    standing = standing_of(g.session, member, next_monday(g.now))
    facts = {"member": member, "standing": standing, "plain": Form(formdata=None)}
    return render_template("profile/show.html", form=form, pause=pause, **facts)
