"""The pages of the desk, as they stand in its head: the one list of where an organiser can go."""

from __future__ import annotations

from flask import Blueprint

from web.language import gettext as _

blueprint = Blueprint("desk", __name__)
BOTH, ORGANISERS = ("host", "organiser"), ("organiser",)


@blueprint.app_template_global("desk_pages")
def desk_pages() -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the endpoint, the words and the roles of each page."""
    return [
        ("desk_dashboard.show", _("Overview"), BOTH),
        ("desk_round.show", _("The round"), ORGANISERS),
        ("desk_people.show", _("People"), ORGANISERS),
        ("desk_queue.show", _("To look at"), BOTH),
        ("desk_tasks.show", _("Long work"), ORGANISERS),
        ("desk_settings.show", _("Settings"), ORGANISERS),
        ("desk_programs.show", _("Programs"), ORGANISERS),
        ("desk_log.show", _("Log"), ORGANISERS),
    ]
