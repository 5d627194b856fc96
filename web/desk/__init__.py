"""The organiser's desk: how are we doing, who needs me, what goes out next; one file for each of its pages."""

from web.desk import (
    dashboard,
    export,
    log,
    next_round,
    pages,
    programs,
    queue,
    reports,
    settings,
    tasks,
    venues,
    wall_lines,
)

VIEWS = [pages, dashboard, next_round, queue, reports, wall_lines, tasks, export, programs, settings, venues, log]
