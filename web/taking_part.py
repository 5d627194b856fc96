"""Taking part: how often, whether to ask first, at short notice or not; pausing, coming back, and the end of letters."""

from __future__ import annotations

from babel.dates import format_date
from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField

from data.community import coming_monday
from data.member import Member
from data.readiness import standing_of
from web.fields import Form, choice
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.language import locale_spoken
from web.pause import PauseForm
from web.visitor import member_here, members_only

blueprint = Blueprint("taking_part", __name__)
RHYTHMS = {"1": _l("Every week"), "2": _l("Every other week"), "4": _l("Once a month")}


class TakingPartForm(Form):
    """In which weeks somebody wants to be paired."""

    rhythm = choice(
        _l("How often?"),
        RHYTHMS,
        _l("Please choose how often you would like to meet somebody."),
        hint=_l("In the weeks between you are left in peace."),
    )
    ask_first = BooleanField(
        _l("Ask me first"),
        description=_l(
            "You are paired only in a week for which you have said “in” by Sunday: the letter of Friday asks."
        ),
    )
    short_notice = BooleanField(
        _l("Call me in at short notice"),
        description=_l(
            "When somebody is let down late in the week, we may ask you to meet them. A no costs you nothing."
        ),
    )

    sits_in = BooleanField(
        _l("I sit in only when somebody would be left over"),
        description=_l("For hosts: in all other weeks you are paired with nobody, and no letter says so."),
    )

    def show(self, member: Member) -> None:
        """Begin with what the member said last time."""
        facts = {"rhythm": str(member.rhythm_weeks), "ask_first": member.ask_first, "short_notice": member.short_notice}
        self.process(data=facts | {"sits_in": member.sits_in})

    def fill_in(self, member: Member) -> None:
        """Write what was said into the member."""
        member.rhythm_weeks = int(self.rhythm.data)
        member.ask_first, member.short_notice = self.ask_first.data, self.short_notice.data
        if member.role != "member":  # it is not on the page of anybody else
            member.sits_in = self.sits_in.data


@blueprint.get("/profile/taking-part")
@members_only
def show() -> str:
    """Show in which weeks they take part, ready to be changed."""
    return _page(_form_as_it_is(), PauseForm(formdata=None))


@blueprint.post("/profile/taking-part")
@members_only
def change() -> Response | tuple[str, int]:
    """Keep what was changed."""
    form = TakingPartForm()
    if not form.validate():
        return _page(form, PauseForm(formdata=None)), 422
    form.fill_in(member_here())
    flash(_("Saved. It counts from the next round on."))
    return _back()


@blueprint.post("/profile/pause")
@members_only
def pause() -> Response | tuple[str, int]:
    """Stay out of every round before a day."""
    form = PauseForm()
    if not form.validate():
        return _page(_form_as_it_is(), form), 422
    member_here().pause_until(form.monday)
    monday = format_date(form.monday, "long", locale=locale_spoken())
    # TRANSLATORS: the date is one like “18 January 2027”
    flash(_("You are pausing. From Monday %(date)s on, you are in again.", date=monday))
    return _back()


@blueprint.post("/profile/return")
@members_only
def come_back() -> Response:
    """Take part again."""
    member_here().resume(g.now)
    flash(_("Good to have you back. You are in from the next round on."))
    return _back()


@blueprint.post("/profile/unsubscribe")
@members_only
def unsubscribe() -> Response:
    """Write no more weekly letters, and so pair no more."""
    member_here().unsubscribe(g.now)
    flash(_("No more weekly letters; you will be paired with nobody until you take part again."))
    return _back()


def _form_as_it_is() -> TakingPartForm:
    form = TakingPartForm(formdata=None)
    form.show(member_here())
    return form


def _back() -> Response:
    return redirect(url_for("taking_part.show"), 303)


def _page(form: TakingPartForm, pause: PauseForm) -> str:
    member = member_here()
    monday = coming_monday(g.session, g.now)
    facts = {"monday": monday, "standing": standing_of(g.session, member, monday)}
    return render_template("taking_part/show.html", form=form, pause=pause, member=member, **facts)
