"""The organiser's desk: how are we doing, who needs me, what goes out next; one file for each of its pages."""

from web.desk import dashboard, log, pages, rounds, tasks

VIEWS = [pages, dashboard, rounds, tasks, log]
