"""What becomes of a line for the wall: it hangs, or it is refused or taken down."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from data.wall import WallLine, lock_line
from web import errors
from web.desk.access import hosts_only, note_act
from web.desk.queue import RefusalForm, key_of, queue_page, stamp_of
from web.language import gettext as _
from web.visitor import member_here

blueprint = Blueprint("desk_wall", __name__, url_prefix="/desk/queue/lines")
LARGEST_NUMBER = 2**31


@blueprint.post("/<int:number>/hang")
@hosts_only
def hang(number: int) -> Response | tuple[str, int]:
    """Let everybody read it."""
    line = _line(number)
    if not _is_as_seen(line):
        return _changed()
    line.show(g.now)
    note_act("show_line", f"line {line.id}")
    flash(_("It hangs on the wall."))
    return redirect(url_for("desk_queue.show"), 303)


@blueprint.post("/<int:number>/refuse")
@hosts_only
def refuse(number: int) -> Response | tuple[str, int]:
    """Let nobody else read it, or no longer."""
    line = _line(number)
    if not _is_as_seen(line):
        return _changed()
    form = RefusalForm(prefix=f"{key_of(line)}-")
    if not form.validate():
        return queue_page({key_of(line): form}), 422
    line.refuse(g.now)
    note_act("refuse_line", f"line {line.id}", why=form.why.data)
    flash(_("Nobody else will read it."))
    return redirect(url_for("desk_queue.show"), 303)


def _line(number: int) -> WallLine:
    """Return a line, locked; nobody judges their own."""
    line = lock_line(g.session, number) if number < LARGEST_NUMBER else None
    if line is None or line.seat.member_id == member_here().id:
        errors.not_found()
    return line


def _is_as_seen(line: WallLine) -> bool:
    return request.form.get("stamp") == stamp_of(line)


def _changed() -> tuple[str, int]:
    message = _("This line has changed, or somebody has looked at it meanwhile. Please look again: nothing was done.")
    return queue_page(message=message), 409
