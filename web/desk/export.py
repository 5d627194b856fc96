"""Everything as files: an organiser asks for it and says why, and the jobs write it; done once however often it is pressed."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from data.act import LONGEST_WHY
from data.task import open_tasks
from web.desk.access import organisers_only
from web.desk.asking import ask_unless_waiting
from web.desk.turns import take_turn
from web.fields import Form, line
from web.language import gettext as _
from web.language import lazy_gettext as _l

blueprint = Blueprint("desk_export", __name__, url_prefix="/desk/export")


class ExportForm(Form):
    """Why somebody needs the data of everybody."""

    why = line(
        _l("What do you need it for?"),
        _l("It is written down in the log, with your name."),
        longest=LONGEST_WHY,
        missing=_l("Please say what you need it for: these are the names and addresses of everybody."),
    )


@blueprint.get("")
@organisers_only
def show() -> str:
    """Say what is in it, and ask why."""
    return render_template("desk/export/show.html", form=ExportForm(formdata=None))


@blueprint.post("")
@organisers_only
def ask() -> Response | tuple[str, int]:
    """Ask the jobs for it; while one is at work, no second one begins."""
    form = ExportForm()
    if not form.validate():
        return render_template("desk/export/show.html", form=form), 422
    take_turn()  # two presses are heard one after the other
    task = next((task for task in open_tasks(g.session) if task.kind == "export"), None)
    if task is not None:
        flash(_("An export is at work already: this is it."))
    else:
        task = ask_unless_waiting("export", "ask_export", {}, form.why.data)
        flash(_("It is being written. The file can be taken along here, for two weeks."))
    return redirect(url_for("desk_tasks.one", number=task.id), 303)
