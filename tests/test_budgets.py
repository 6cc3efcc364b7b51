"""The sizes that keep the house readable: no file, function or template grows past its budget, nothing is inline."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import PACKAGES, ROOT
from tests.template_use import unused_templates

FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES, TEMPLATE_WIDTH = 300, 40, 150, 140
# Tables typed by hand are long because what they say is long.
TABLES = {"tests/test_access_matrix.py"}
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "javascript: address": re.compile(r"(href|action)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "n|safe": re.compile(r"\|\s*safe(seq)?\b"),
    "autoescape off": re.compile(r"{%\s*autoescape\s+off"),
}
BANNED_MODULES = {"core.py", "common.py", "utils.py", "helpers.py", "signals.py"}


def sources(*folders: str) -> list[Path]:
    """Python files of these folders, migrations apart."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    """Pages and fragments; mails are plain text."""
    return sorted((ROOT / "templates").rglob("*.html"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def long_functions(path: Path, limit: int) -> Iterator[str]:
    """Functions longer than the limit, decorators apart."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= limit:
            yield f"{name(path)}:{node.lineno} {node.name}"


def wide_lines(path: Path) -> list[str]:
    """Lines of a template that one cannot read without scrolling."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return [f"{name(path)}:{number}" for number, row in enumerate(rows, 1) if len(row) > TEMPLATE_WIDTH]


def inline_parts(text: str) -> list[str]:
    """What the content security policy would block in a browser, or what would let a name become markup."""
    return [kind for kind, pattern in INLINE.items() if pattern.search(text)]


def test_no_file_is_too_long() -> None:
    paths = [path for path in sources(*PACKAGES, "tests") if name(path) not in TABLES]

    assert [name(path) for path in paths if lines(path) > FILE_LINES] == []


def test_no_template_is_too_long() -> None:
    assert [name(path) for path in templates() if lines(path) > TEMPLATE_LINES] == []


def test_no_template_line_is_too_long() -> None:
    assert [line for path in templates() for line in wide_lines(path)] == []


def test_tables_of_pages_are_framed_by_one_component() -> None:
    framed = [name(path) for path in templates() if "fr-table__" in path.read_text(encoding="utf-8")]

    assert framed == ["templates/components/table.html"]


def test_every_template_is_drawn_by_something() -> None:
    assert unused_templates(ROOT / "templates", sources(*PACKAGES)) == []


def test_no_function_is_too_long() -> None:
    assert [found for path in sources(*PACKAGES) for found in long_functions(path, FUNCTION_LINES)] == []


def test_no_drawer_for_everything() -> None:
    assert [name(path) for path in sources(*PACKAGES) if path.name in BANNED_MODULES] == []


def test_nothing_is_inline() -> None:
    found = {name(path): inline_parts(path.read_text(encoding="utf-8")) for path in templates()}

    assert {path: kinds for path, kinds in found.items() if kinds} == {}


def test_no_model_saves_by_surprise() -> None:
    """No save() or delete() of our own, no signal receiver: an action does everything in the open."""
    pattern = re.compile(r"^\s+def (save|delete)\(self|@receiver\(|\.connect\(", re.MULTILINE)
    # A form, and an engine of sessions, are asked to save by Django itself: it is what they are for.
    paths = [path for path in sources(*PACKAGES) if "forms" not in name(path) and name(path) != "accounts/sessions.py"]

    assert [name(path) for path in paths if pattern.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<p style="color:red">', ["style attribute"]),
        ("<style>p{}</style>", ["style element"]),
        ('<a onclick="go()">', ["event attribute"]),
        ("<script>go()</script>", ["inline script"]),
        ('<a href="javascript:go()">', ["javascript: address"]),
        ("{{ name|safe }}", ["n|safe"]),
        ("{% autoescape off %}", ["autoescape off"]),
        ('<script src="{% static "js/portal.js" %}" defer></script><p class="style">on = 1</p>', []),
    ],
)
def test_inline_guard_sees_a_planted_fault(text: str, expected: list[str]) -> None:
    assert inline_parts(text) == expected


def test_length_guard_sees_a_planted_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    path = tmp_path / "long.py"
    path.write_text("def three():\n    a = 1\n    return a\n", encoding="utf-8")

    assert list(long_functions(path, 2)) == ["long.py:1 three"]
    assert list(long_functions(path, 3)) == []


def test_width_guard_sees_a_planted_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    page = tmp_path / "page.html"
    page.write_text(f"<p>\n  {'é' * 138}\n  {'é' * 139}\n</p>\n", encoding="utf-8")

    assert wide_lines(page) == ["page.html:3"]


def test_guard_of_templates_sees_a_planted_fault(tmp_path: Path) -> None:
    view = tmp_path / "views.py"
    view.write_text('render(request, "page.html")\n', encoding="utf-8")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "404.html").write_text("", encoding="utf-8")
    (folder / "base.html").write_text("", encoding="utf-8")
    (folder / "page.html").write_text(
        '{% extends "base.html" %}{% include "_row.html" with row=1 only %}', encoding="utf-8"
    )
    (folder / "_row.html").write_text("", encoding="utf-8")
    (folder / "_forgotten.html").write_text('{% include "_inside.html" only %}', encoding="utf-8")
    (folder / "_inside.html").write_text("", encoding="utf-8")

    assert unused_templates(folder, [view]) == ["_forgotten.html", "_inside.html"]
