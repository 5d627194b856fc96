"""The shape of the code: its budgets, its first sentences, its words; the arrows are import-linter's."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("matcher", "data", "web", "jobs")
FILES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "versions" not in path.parts
)  # a migration is as long as its tables
FORBIDDEN_WORDS = re.compile(r"service|manager|handler|repositor|util|helper", re.IGNORECASE)
# Numeric kernels that need more than a function's forty lines say why where they stand.
LONG_KERNELS: set[str] = set()
SHORT, LONG = 25, 40
# geopy's own signature: whoever calls a Geocoder says `exactly_one`.
AS_THE_LIBRARY_CALLS_IT = {"data/geocoder.py:geocode", "data/geocoder.py:reverse"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions() -> Iterator[tuple[str, Function]]:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield f"{name_of(path)}:{node.name}", node


def length(node: Function) -> int:
    """Return the lines of a function, its docstring aside: saying more must not cost anything."""
    first = node.body[0]
    documented = ast.get_docstring(node) is not None and len(node.body) > 1
    skipped = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - skipped


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_has_at_most_two_hundred_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 200


def test_half_of_the_files_have_at_most_eighty_lines() -> None:
    assert statistics.median(len(path.read_text(encoding="utf-8").splitlines()) for path in FILES) <= 80


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_opens_with_one_sentence(path: Path) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert doc, "no docstring"
    assert doc.splitlines()[0].endswith((".", ":")), doc.splitlines()[0]


def test_a_function_has_at_most_forty_lines() -> None:
    long = [name for name, node in functions() if length(node) > LONG]
    assert [name for name in long if name not in LONG_KERNELS] == []


def test_nine_of_ten_functions_have_at_most_twenty_five_lines() -> None:
    lengths = [length(node) for _, node in functions()]
    assert sum(lines <= SHORT for lines in lengths) / len(lengths) >= 0.9


def test_half_of_the_functions_have_at_most_eight_lines() -> None:
    assert statistics.median(length(node) for _, node in functions()) <= 8


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        name
        for name, function in functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_no_parameter_is_a_flag() -> None:
    """A truth may be handed on; a switch, set by a caller's True or False or by a default, hides two functions in one."""
    taking = {name: function for name, function in functions() if bool_parameters(function)}
    defaults = [
        name
        for name, function in taking.items()
        if any(isinstance(value, ast.Constant) and isinstance(value.value, bool) for value in defaults_of(function))
    ]
    assert [name for name in defaults if name not in AS_THE_LIBRARY_CALLS_IT] == []
    names = {name.partition(":")[2] for name in taking} - {"geocode", "reverse"}
    switched = [f"{name_of(path)}:{call.lineno}" for path, call in calls() if called(call) in names and switches(call)]
    assert switched == []


def bool_parameters(function: Function) -> list[str]:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return [a.arg for a in arguments if isinstance(a.annotation, ast.Name) and a.annotation.id == "bool"]


def defaults_of(function: Function) -> list[ast.expr | None]:
    return [*function.args.defaults, *function.args.kw_defaults]


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path, node


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def switches(call: ast.Call) -> bool:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return any(isinstance(value, ast.Constant) and isinstance(value.value, bool) for value in given)


def test_nobody_is_called_a_manager() -> None:
    names = [name for name, _ in functions()]
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names += [name_of(path)] + [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [name for name in names if FORBIDDEN_WORDS.search(name)] == []


def test_nouns_never_commit_and_never_ask_the_time() -> None:
    for path in FILES:
        if path.parts[-2] == "migrations" or name_of(path).split("/")[0] not in {"data", "matcher"}:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\.commit\(|\.now\(|utcnow|time\.time\(|date\.today", text), name_of(path)


def test_the_readme_names_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [room for room in ROOMS if f"{room}/" not in readme] == []


def test_no_file_names_this_folder_and_no_lock_says_where_packages_come_from() -> None:
    texts = (
        [path for path in ROOT.glob("*") if path.is_file() and path.name[:9] != ".coverage"]
        + FILES
        + sorted((ROOT / "tests").rglob("*.py"))
    )
    found = [name_of(path) for path in texts if str(ROOT).encode() in path.read_bytes()]
    assert found == []
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=" in text
        assert "://" not in text
        assert not re.search(r"^--", text, re.MULTILINE)
