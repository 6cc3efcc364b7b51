"""Which templates something draws: named in our programs, drawn by Django or crispy-forms, or inside one that is."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

OF_THE_FRAMEWORKS = frozenset(
    {
        "400.html",
        "403.html",
        "403_csrf.html",
        "404.html",
        "405.html",
        "429.html",
        "500.html",
        "admin/base_site.html",
        "crispy_dsfr/field.html",
        "crispy_dsfr/whole_uni_form.html",
        "django/forms/widgets/clearable_file_input.html",
    }
)
"""Asked for by their place: pages of errors by their status, administration, crispy-forms, the widget of a file."""

DRAWS = re.compile(r"{%\s*(?:extends|include|drawn)\s+[\"']([^\"']+)[\"']")


def all_templates(folder: Path) -> set[str]:
    """Every template under the folder, by the name one asks for."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.is_file()}


def names_in(source: str) -> Iterator[str]:
    """The strings of a program: whoever asks for a template names it whole."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def unused_templates(folder: Path, programs: Iterable[Path], roots: Iterable[str] = OF_THE_FRAMEWORKS) -> list[str]:
    """The templates that nothing draws."""
    templates = all_templates(folder)
    named = {name for path in programs for name in names_in(path.read_text(encoding="utf-8"))}
    waiting = (named | set(roots)) & templates
    drawn: set[str] = set()
    while waiting:
        name = waiting.pop()
        drawn.add(name)
        waiting |= (set(DRAWS.findall((folder / name).read_text(encoding="utf-8"))) & templates) - drawn
    return sorted(templates - drawn)
