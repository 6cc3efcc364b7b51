"""Markup is made in templates: a program that calls a text safe could let a name become markup."""

import ast

import pytest

from tests.architecture import PACKAGES, ROOT

MAKERS = frozenset({"mark_safe", "SafeString", "SafeText", "SafeData"})
REVIEWED: dict[str, list[str]] = {}
"""None today: whoever needs one says here why it is safe."""


def made_safe(source: str) -> list[str]:
    """How a program calls a text safe: by a maker, or by a class of its own."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            found += [name] if name in MAKERS else []
        if isinstance(node, ast.ClassDef):
            found += [node.name for base in node.bases if getattr(base, "id", getattr(base, "attr", "")) in MAKERS]
        if isinstance(node, ast.FunctionDef) and node.name == "__html__":
            found.append(node.name)
    return found


def test_no_program_calls_a_text_safe() -> None:
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    found = {path.relative_to(ROOT).as_posix(): made_safe(path.read_text("utf-8")) for path in paths}

    assert {name: makers for name, makers in found.items() if makers} == REVIEWED


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("return SafeString(f'<b>{name}</b>')", ["SafeString"]),
        ("return safestring.mark_safe(name)", ["mark_safe"]),
        ("class Html(SafeString):\n    pass", ["Html"]),
        ("class Name:\n    def __html__(self):\n        return self.name", ["__html__"]),
        ("def key() -> SafeString:\n    return format_html('<i>{}</i>', 1)", []),
    ],
)
def test_a_text_called_safe_is_seen(source: str, expected: list[str]) -> None:
    assert made_safe(source) == expected
