"""The organiser's desk: how are we doing, who needs me, what goes out next; one file for each of its pages."""

from web.desk import dashboard, log, merging, message, pages, people, people_import, person, person_acts, tasks

VIEWS = [pages, dashboard, people, person, person_acts, merging, message, people_import, tasks, log]
