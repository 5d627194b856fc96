"""Long work is looked at and stopped at the desk, and the log says who did it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.act import latest_acts
from data.member import Member
from data.task import Task
from tests.cast import at
from tests.web.conftest import Browser, fresh, main_of, one_database, words_of


def asked(session: Session, **columns: object) -> Task:
    task = Task(**({"kind": "export", "asked_at": at("mon 10:00"), "report": []} | columns))
    session.add(task)
    session.commit()
    return task


@one_database
def test_the_page_says_how_far_it_is_and_looks_again_until_it_has_ended(desk: Browser, session: Session) -> None:
    task = asked(session, alive_at=at("mon 11:59"), done=30, total=120)
    page = desk.open(f"/desk/work/{task.id}").text
    assert "25%" in page
    assert "data-at-work" in page
    task.end(at("mon 12:00"), "All done", ["line 3: somebody"])
    session.commit()
    page = desk.open(f"/desk/work/{task.id}").text
    assert "Done: All done" in " ".join(words_of(page).split())
    assert "line 3: somebody" in page
    assert "data-at-work" not in page


@one_database
@pytest.mark.parametrize(("kind", "way"), [("import", "/desk/people/import"), ("preview", "/desk/round")])
def test_once_it_has_ended_its_page_leads_on(desk: Browser, session: Session, kind: str, way: str) -> None:
    task = asked(session, kind=kind)
    page = f"/desk/work/{task.id}"
    assert f'href="{way}"' not in main_of(desk.open(page).text)
    task.end(at("mon 12:00"), "All done")
    session.commit()
    assert f'href="{way}"' in main_of(desk.open(page).text)


def test_a_task_is_stopped_once_and_the_log_says_by_whom(desk: Browser, session: Session, olga: Member) -> None:
    task = asked(session, alive_at=at("mon 11:59"))
    for _ in range(2):
        assert desk.press(f"/desk/work/{task.id}/stop").status_code == 303
    fresh(session, task)
    assert task.stop_asked_at is not None
    acts = latest_acts(session, 9)
    assert [(act.by_id, act.deed, act.about) for act in acts] == [(olga.id, "stop_task", f"task {task.id}")]
    session.commit()
    assert "Stopped long work" in desk.open("/desk/log").text


@one_database
def test_what_came_of_it_can_be_taken_along(desk: Browser, session: Session) -> None:
    task = asked(session, result=b"a,b\n", result_name="all.csv", ended_at=at("mon 10:00") + timedelta(minutes=1))
    answer = desk.open(f"/desk/work/{task.id}/result")
    assert (answer.data, answer.headers["Content-Disposition"]) == (b"a,b\n", "attachment; filename=all.csv")
    assert desk.open("/desk/work/999/result").status_code == 404
    assert desk.open("/desk/work/99999999999999999999").status_code == 404


@one_database
def test_an_organiser_lets_the_model_learn_pressed_twice_it_learns_once(desk: Browser, session: Session) -> None:
    answers = [desk.press("/desk/work/retrain") for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert [task.kind for task in session.scalars(select(Task))] == ["retrain"]
