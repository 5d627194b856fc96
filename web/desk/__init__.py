"""The organiser's desk: how are we doing, who needs me, what goes out next; one file for each of its pages."""

from web.desk import dashboard, log, pages, settings, tasks, venues

VIEWS = [pages, dashboard, tasks, settings, venues, log]
