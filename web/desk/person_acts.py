"""What an organiser can do about one member; each act is done once however often it is pressed, and written down."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from data.barred import bar
from data.leaving import erase, fall_out
from data.merging import lock_for_leaving
from data.roles import LastOrganiser, give_role
from web.desk import parting
from web.desk.access import note_act, organisers_only
from web.desk.people import role_in_words
from web.desk.person import page_of
from web.desk.person_forms import forms_of
from web.desk.turns import member_to_change, take_turn
from web.language import gettext as _
from web.visitor import member_here
from web.wording import day_of, said

blueprint = Blueprint("desk_people_acts", __name__, url_prefix="/desk/people")
Answer = Response | tuple[str, int]


@blueprint.post("/<int:number>/pause")
@organisers_only
def pause(number: int) -> Answer:
    """Leave somebody out until a Monday."""
    take_turn()
    member = member_to_change(number)
    forms = forms_of(member, "pause")
    form = forms["pause"]
    if not form.validate():
        return page_of(member, forms, "pause"), 422
    if member.paused_until != form.monday:
        member.pause_until(form.monday)
        note_act("pause_member", f"member {number}", why=form.why.data, until=form.monday.isoformat())
    flash(_("%(name)s is left out until %(monday)s.", name=said(member.first_name), monday=day_of(form.monday)))
    return _back(number)


@blueprint.post("/<int:number>/return")
@organisers_only
def let_in(number: int) -> Answer:
    """End a pause, or what came of silence; letters that somebody has ended stay ended."""
    take_turn()
    member = member_to_change(number)
    forms = forms_of(member, "return")
    form = forms["return"]
    if not form.validate():
        return page_of(member, forms, "return"), 422
    if member.paused_until is not None or member.quiet_since is not None:
        member.let_in(g.now)
        note_act("let_in_member", f"member {number}", why=form.why.data)
    flash(_("%(name)s is let back in.", name=said(member.first_name)))
    return _back(number)


@blueprint.post("/<int:number>/role")
@organisers_only
def change_role(number: int) -> Answer:
    """Let somebody be a member, a host or an organiser; at least one organiser stays."""
    organisers = take_turn()
    member = member_to_change(number)
    forms = forms_of(member, "role")
    form = forms["role"]
    if form.validate() and not member.is_confirmed:
        form.wrong(form.role, _("They have not confirmed their address yet; until then nobody knows who they are."))
    if form.errors:
        return page_of(member, forms, "role"), 422
    try:
        changed = give_role(member, form.role.data, organisers)
    except LastOrganiser:
        form.wrong(
            form.role,
            _("This is the last organiser. Make somebody else an organiser first, so that the desk is not left alone."),
        )
        return page_of(member, forms, "role"), 422
    if changed:
        note_act("give_role", f"member {number}", why=form.why.data, role=member.role)
    flash(_("%(name)s is now: %(role)s.", name=said(member.first_name), role=role_in_words(member)))
    return _back(number) if member_here().role == "organiser" else redirect(url_for("this_week.show"), 303)


@blueprint.post("/<int:number>/bar")
@organisers_only
def send_away(number: int) -> Answer:
    """Send somebody away for good: all that is known of them is erased, and their address signs up no more."""
    lock_for_leaving(g.session, g.now)
    take_turn()
    member = member_to_change(number)
    forms = forms_of(member, "bar")
    form = forms["bar"]
    if form.validate() and member.id == member_here().id:
        form.wrong(form.why, _("You cannot send yourself away. To leave, go to your profile."))
    if form.errors:
        return page_of(member, forms, "bar"), 422
    fall_out(g.session, member.id, g.now)
    bar(g.session, str(member.email), g.now)
    erase(g.session, member, g.now)
    note_act("bar_member", f"member {number}", why=form.why.data)
    flash(_("They are sent away. Whoever was to meet them is told, and paired again where it can be."))
    return _back(number)


@blueprint.post("/<int:number>/apart")
@organisers_only
def part(number: int) -> Answer:
    """Never pair two again; what they are to have together this week falls through."""
    take_turn()
    member = member_to_change(number)
    forms = forms_of(member, "apart")
    form = forms["apart"]
    other = form.find_other(member) if form.validate() else None
    if other is None:
        return page_of(member, forms, "apart"), 422
    parting.part(number, other.id, form.why.data)
    flash(_("%(one)s and %(other)s are kept apart.", one=said(member.first_name), other=said(other.first_name)))
    return _back(number)


@blueprint.post("/<int:number>/apart/<int:other>/lift")
@organisers_only
def lift(number: int, other: int) -> Answer:
    """Take back what an organiser said of two; what they said themselves stays, and nobody is told of it."""
    take_turn()
    member = member_to_change(number)
    name = f"lift-{other}"
    forms = forms_of(member, name)
    if name in forms:
        if not forms[name].validate():
            return page_of(member, forms, name), 422
        parting.part_no_longer(number, other, forms[name].why.data)
    flash(_("Organisers no longer keep the two apart."))
    return _back(number)


def _back(number: int) -> Response:
    return redirect(url_for("desk_people_person.show", number=number), 303)
