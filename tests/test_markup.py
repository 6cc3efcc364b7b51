"""Markup is made in templates, and nothing else is: no program calls a text safe, no template compares a state."""

import ast
import re

import pytest

from tests.architecture import PACKAGES, ROOT

MAKERS = frozenset({"mark_safe", "SafeString", "SafeText", "SafeData"})
REVIEWED: dict[str, list[str]] = {"reporting/views/bilans.py": ["SafeString"]}
"""The page of a sent bilan, as our templates wrote it that day. Whoever needs another says here why it is safe."""

CODE_COMPARED = re.compile(r"""\.(?:state|status)\s*(?:==|!=|(?:not\s+)?in\b)|(?:==|!=)\s*[\w.]+\.(?:state|status)\b""")
"""A state by its code, which is the model's: a template asks `is_draft`."""


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


def states_compared(source: str) -> list[str]:
    """The tags of a template that compare a state."""
    return [tag for tag in re.findall(r"{%.*?%}", source, re.DOTALL) if CODE_COMPARED.search(tag)]


TALL = re.compile(r"(?<=[\w»}…)]) (?=[;:?!](?:\s|<|$))", re.MULTILINE)
"""A space that may leave « : » alone at the start of a line."""


def test_tall_punctuation_stays_with_its_word() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): len(wrong)
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if (wrong := TALL.findall(re.sub(r"{#.*?#}", "", path.read_text("utf-8"), flags=re.DOTALL)))
    }

    assert found == {}


def test_no_template_compares_a_state() -> None:
    paths = sorted((ROOT / "templates").rglob("*.*"))
    found = {
        path.relative_to(ROOT).as_posix(): states_compared(path.read_text("utf-8")) for path in paths if path.is_file()
    }

    assert {name: tags for name, tags in found.items() if tags} == {}


@pytest.mark.parametrize(
    "tag",
    [
        '{% if submission.state == "draft" %}',
        "{% if line.result.status != 'value' and deciding %}",
        '{% elif "draft" == bilan.state %}',
        '{% if bilan.state in "draft transmitted" %}',
        "{% if bilan.state not in closed %}",
    ],
)
def test_a_state_compared_in_a_template_is_seen(tag: str) -> None:
    assert states_compared(f"<p>{{{{ bilan.state_label }}}}{tag}projet{{% endif %}}</p>") == [tag]


def test_a_template_that_asks_the_model_is_left_alone() -> None:
    assert states_compared('{% if bilan.is_draft %}{{ bilan.state_label }}{% endif %}{% url "x" bilan.state %}') == []
