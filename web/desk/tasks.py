"""Long work: what the jobs process does for the desk, how far it is, what came of it; it can be stopped."""

from __future__ import annotations

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirection

from data.task import Task, latest_tasks, lock_task, task_numbered
from web import errors
from web.desk.access import note_act, organisers_only
from web.desk.asking import ask_unless_waiting
from web.language import gettext as _
from web.language import lazy_gettext as _l

blueprint = Blueprint("desk_tasks", __name__, url_prefix="/desk/work")
SHOWN = 30
LARGEST_NUMBER = 2**31
KINDS = {
    "import": _l("Sign people up from a list"),
    "preview": _l("Prepare the round"),
    "export": _l("Export everything"),
    "retrain": _l("Learn from what was said"),
    "message": _l("Write to people"),
}


@blueprint.get("")
@organisers_only
def show() -> str:
    """Show what is at work and what has ended."""
    return render_template("desk/tasks/show.html", tasks=latest_tasks(g.session, SHOWN))


@blueprint.post("/retrain")
@organisers_only
def retrain() -> Redirection:
    """Let the model learn now from all that was said, and not only on Sunday."""
    task = ask_unless_waiting("retrain", "retrain", {})
    return redirect(url_for("desk_tasks.one", number=task.id), 303)


@blueprint.get("/<int:number>")
@organisers_only
def one(number: int) -> str:
    """Show one piece of work; while it is open the page looks again by itself."""
    return render_template("desk/tasks/one.html", task=_task(number))


@blueprint.get("/<int:number>/result")
@organisers_only
def result(number: int) -> Response:
    """Give the file that came of it."""
    task = _task(number)
    if task.result is None:
        errors.not_found()
    response = make_response(task.result)
    response.mimetype = "application/octet-stream"
    response.headers.set("Content-Disposition", "attachment", filename=task.result_name)
    return response


@blueprint.post("/<int:number>/stop")
@organisers_only
def stop(number: int) -> Redirection:
    """Stop it at its next step; a second press changes nothing."""
    task = lock_task(g.session, number) if number < LARGEST_NUMBER else None
    if task is None:
        errors.not_found()
    if task.is_open and task.stop_asked_at is None:
        task.ask_to_stop(g.now)
        note_act("stop_task", f"task {task.id}")
    flash(_("It stops at its next step. What is done stays done.") if task.is_open else _("It has ended."))
    return redirect(url_for("desk_tasks.one", number=number), 303)


@blueprint.app_template_filter("task_in_words")
def in_words(task: Task) -> str:
    """Return what a task does."""
    return str(KINDS[task.kind])


def _task(number: int) -> Task:
    task = task_numbered(g.session, number) if number < LARGEST_NUMBER else None
    return task or errors.not_found()
