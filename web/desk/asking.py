"""Asks for long work once, however often the button is pressed, and writes it down."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

from flask import g
from wtforms import HiddenField

from data.task import Task, TaskKind, latest_tasks, waiting_task
from web.desk.access import note_act
from web.desk.turns import take_turn
from web.fields import Form
from web.visitor import member_here

RECENT = 100  # tasks among which the same press is looked for


class AskingForm(Form):
    """A form whose page can be sent once: each carries a key of its own."""

    key = HiddenField(default=lambda: token_urlsafe(16))


def ask_once(kind: TaskKind, deed: str, form: AskingForm, facts: dict[str, Any], **columns: Any) -> Task:
    """Return the task that this page asks for, new or asked for already; a new one is written down as `deed`."""
    take_turn()
    key = str(form.key.data or "")[:60]
    known = (task for task in latest_tasks(g.session, RECENT) if key and task.facts.get("key") == key)
    found = next((task for task in known if task.kind == kind and task.asked_by_id == member_here().id), None)
    if found is not None:
        return found
    return _ask(kind, deed, facts | {"key": key}, "", **columns)


def ask_unless_waiting(kind: TaskKind, deed: str, facts: dict[str, Any], why: str = "") -> Task:
    """Return the task that asks for just this: one that waits for its turn, or a new one, written down as `deed`."""
    take_turn()
    return waiting_task(g.session, kind, facts) or _ask(kind, deed, facts, why)


def _ask(kind: TaskKind, deed: str, facts: dict[str, Any], why: str, **columns: Any) -> Task:
    task = Task(kind=kind, asked_by_id=member_here().id, asked_at=g.now, facts=facts, **columns)
    g.session.add(task)
    g.session.flush()
    note_act(deed, f"task {task.id}", why=why)
    return task
