"""The organiser's desk: how are we doing, who needs me, what goes out next; one file for each of its pages."""

from web.desk import dashboard, log, next_round, pages, tasks

VIEWS = [pages, dashboard, next_round, tasks, log]
