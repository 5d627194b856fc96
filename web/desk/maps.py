"""The maps of the desk: where members live, by town and by cell, wherever they are ten or more."""

from __future__ import annotations

from typing import Any

from web.desk import drawing
from web.desk.charts import Chart
from web.desk.few import counted
from web.language import gettext as _
from web.language import locale_spoken

FEWEST_CELLS = 2  # who only names a town lives in its middle cell, and so does everybody else


def world_of(facts: dict[str, Any]) -> Chart | None:
    """Return the map of the world with a dot for each town of ten or more; none while there is no such town."""
    towns = facts["towns"]
    if not towns:
        return None
    names = locale_spoken().territories
    rows = [[f"{one['name']}, {names.get(one['country'], one['country'])}", counted(one["people"])] for one in towns]
    if facts["elsewhere"]:
        rows.append([_("All other towns"), counted(facts["elsewhere"])])
    hint = _("A dot stands for a town of ten members or more; all others are summed up.")
    picture = drawing.world(towns, max(town["people"] for town in towns))
    return Chart(_("Where members live"), picture, [_("Town"), _("Members")], rows, hint)


def largest_town(facts: dict[str, Any]) -> Chart | None:
    """Return the cells of the largest town with ten members or more; none for a single one, which shows nothing."""
    cells = facts["cells"]
    if len(cells) < FEWEST_CELLS:
        return None
    rows = [[f"{latitude:.2f}, {longitude:.2f}", counted(people)] for latitude, longitude, people in cells[::-1]]
    if facts["others"]:
        rows.append([_("All other cells"), counted(facts["others"])])
    hint = _("North is up. Cells of two kilometres; those of fewer than ten members are not drawn.")
    title = _("Around %(town)s", town=facts["towns"][0]["name"])
    return Chart(title, drawing.cells(cells), [_("Middle of the cell"), _("Members")], rows, hint)
