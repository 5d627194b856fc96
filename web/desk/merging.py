"""Two members who are one person: a page that says what will happen, and the button that does it."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from data.avoidance import avoidances_of
from data.member import Member
from data.merging import CannotMerge, lock_for_leaving, merge, plan_merging
from data.report import count_reports_about
from web import errors
from web.desk.access import note_act, organisers_only
from web.desk.person import page_of
from web.desk.person_forms import OtherForm, WhyForm, forms_of
from web.desk.turns import member_shown, member_to_change, take_turn
from web.language import gettext as _
from web.visitor import member_here
from web.wording import said

blueprint = Blueprint("desk_people_merging", __name__, url_prefix="/desk/people")


@blueprint.get("/<int:number>/merge")
@organisers_only
def ask(number: int) -> str | tuple[str, int]:
    """Say what will become of the seats and all else of the second, before anything is done."""
    first = member_shown(number)
    forms = forms_of(first)
    form = forms["merge"] = OtherForm(request.args, prefix="merge-", meta={"csrf": False})
    second = form.find_other(first) if first.is_confirmed and form.validate() else None
    if not first.is_confirmed:
        form.wrong(form.other, _("Begin on the page of the one who stays: this one has not confirmed the address."))
    elif second is not None and second.id == member_here().id:
        form.wrong(form.other, _("This is you, and the second one leaves. Begin on the other page, please."))
    if second is None or form.errors:
        return page_of(first, forms, "merge"), 422
    return _page(first, second, WhyForm())


@blueprint.post("/<int:number>/merge/<int:other>")
@organisers_only
def do(number: int, other: int) -> Response | tuple[str, int]:
    """Merge them, in one transaction; pressed twice, the second has left already."""
    lock_for_leaving(g.session, g.now)
    take_turn()
    first = member_to_change(number)
    if _is_done(number, other):
        return _back(number)
    second = member_to_change(other)
    form = WhyForm()
    if number == other or not first.is_confirmed or second.id == member_here().id:
        errors.not_found()
    if not form.validate():
        return _page(first, second, form), 422
    name = said(second.first_name)
    try:
        with g.session.begin_nested():
            merge(g.session, first, second, g.now)
    except (CannotMerge, IntegrityError):  # they were given a seat at this very moment
        flash(_("This has changed meanwhile, and nothing was done. Please look once more."))
        return _back(number)
    note_act("merge_members", f"member {number}", why=form.why.data, other=other)
    note_act("merged_into", f"member {other}", why=form.why.data, other=number)
    flash(_("%(name)s is one person now. The second one has left.", name=name))
    return _back(number)


def _is_done(number: int, other: int) -> bool:
    return number != other and member_shown(other).left_at is not None


def _page(first: Member, second: Member, form: WhyForm) -> str:
    return render_template(
        "desk/merging/ask.html",
        first=first,
        second=second,
        form=form,
        merging=plan_merging(g.session, first, second, g.now),
        avoided=len(avoidances_of(g.session, second.id)),
        reported=count_reports_about(g.session, second.id),
    )


def _back(number: int) -> Response:
    return redirect(url_for("desk_people_person.show", number=number), 303)
