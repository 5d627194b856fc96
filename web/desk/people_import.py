"""Signs up the people of a list: an organiser sends the file, the jobs process reads it, the report stands on a page."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from flask_wtf.file import FileField
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Redirection

from web import errors
from web.desk.access import organisers_only
from web.desk.asking import AskingForm, ask_once
from web.fields import choice, tidy_line
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.uploads import LARGEST_LIST
from web.visitor import visiting_member
from web.wording import number

blueprint = Blueprint("desk_people_import", __name__, url_prefix="/desk/people/import")
LONGEST_NAME = 120
MODES = {
    "dry_run": _l("Only look: say what would happen, and write nothing"),
    "import": _l("Sign them up"),
}
CONSENTS = {
    "ask": _l("No: write to each, and pair nobody before they have pressed the button in that letter"),
    "given": _l("Yes, all of them have agreed to be signed up here: they get no letter and are in the next round"),
}


class ImportForm(AskingForm):
    """The file, and what to do with it."""

    file = FileField(
        _l("The list"),
        description=_l(
            "A CSV or TSV file, as any spreadsheet saves it. Its first line names the columns: name, e-mail, job title and location. It may have up to 20 MB."
        ),
    )
    mode = choice(_l("What shall happen?"), MODES, _l("Please choose what shall happen."), default="dry_run")
    consent = choice(
        _l("Have they agreed already?"), CONSENTS, _l("Please say whether they have agreed."), default="ask"
    )
    content = b""

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and read the file."""
        good = bool(super().validate(extra_validators))
        if not self.file.data:
            self.wrong(self.file, _("Please choose a file."))
            return False
        self.content = self.file.data.read()
        if not self.content.strip():
            self.wrong(self.file, _("This file is empty."))
        return good and not self.file.errors

    @property
    def file_name(self) -> str:
        """The name of the file, without folders and without what no name has."""
        bare = PurePosixPath(PureWindowsPath(self.file.data.filename or "").name).name
        shown = "".join(letter for letter in tidy_line(bare) if letter.isprintable())
        return shown[-LONGEST_NAME:] or "people.csv"


@blueprint.get("")
@organisers_only
def show() -> str:
    """Ask for the file."""
    return render_template("desk/people_import/show.html", form=ImportForm(formdata=None))


@blueprint.post("")
@organisers_only
def ask() -> Redirection | tuple[str, int]:
    """Have the file read; the page of the task says how far it is, and what became of each row."""
    form = ImportForm()
    if not form.validate():
        return render_template("desk/people_import/show.html", form=form), 422
    facts = {"mode": form.mode.data, "consent": form.consent.data}
    task = ask_once("import", "import_people", form, facts, file_name=form.file_name, file=form.content)
    return redirect(url_for("desk_tasks.one", number=task.id), 303)


@blueprint.errorhandler(RequestEntityTooLarge)
def refuse(error: RequestEntityTooLarge) -> Response:
    """Say how large a list may be, and what to do; the file was not read. Others learn nothing of this page."""
    member = visiting_member()
    if member is None or member.role != "organiser":
        return errors.apologise(error)
    form = ImportForm(formdata=None)
    form.file.errors = [
        _(
            "This file is larger than %(size)s MB, and more cannot be taken at once. "
            "Please cut it into several files, each with the line that names the columns, and send one after the other.",
            size=number(LARGEST_LIST // 2**20),
        )
    ]
    return make_response(render_template("desk/people_import/show.html", form=form), 413)
