"""The organiser's desk: how are we doing, who needs me, what goes out next; one file for each of its pages."""

from web.desk import (
    dashboard,
    export,
    log,
    merging,
    message,
    next_round,
    pages,
    people,
    people_import,
    person,
    person_acts,
    programs,
    queue,
    reports,
    rounds,
    settings,
    tasks,
    venues,
    wall_lines,
)

VIEWS = [
    pages, dashboard, rounds, next_round, people, person, person_acts, merging, message, people_import, queue, reports,
    wall_lines, tasks, export, programs, settings, venues, log,
]  # fmt: skip
