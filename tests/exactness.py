"""Guards of the figures: nothing inexact in them, no indicator named by the code, pure modules held to their word."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import PACKAGES, ROOT

FIGURES = ("conventions", "demonstration", "documents", "french", "indicators", "national", "reporting", "territories")
"""The rooms through which a figure passes, from the form to the document."""

INEXACT = {"float", "Avg", "FloatField", "math", "statistics"}
"""What makes a binary fraction of a figure; `Avg` on SQLite too."""

CODE = re.compile(r"\b(SEN|FOR|REC|ACH)-\d{2}\b")


def modules(*packages: str) -> list[Path]:
    """Their modules, migrations apart."""
    found = [file for package in packages for file in (ROOT / package).rglob("*.py")]
    return sorted(file for file in found if "migrations" not in file.parts)


def inexact(source: str) -> list[str]:
    """What is, or may be, a binary fraction: a float, or a true division, which is one unless a side is exact.

    A text on the right of the stroke makes a path, not a number.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.alias(name=name) if name in INEXACT:
                found.append(name)
            case ast.Attribute(attr=name) if name in INEXACT:
                found.append(name)
            case ast.Constant(value=float()):
                found.append(ast.unparse(node))
            case ast.BinOp(op=ast.Div(), right=right) if not _is_text(right):
                found.append(ast.unparse(node))
            case ast.AugAssign(op=ast.Div()):
                found.append(ast.unparse(node))
    return sorted(found)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def named_indicators(source: str) -> list[str]:
    """The codes of indicators in a program, its docstrings apart: the catalogue alone says what is asked."""
    tree = ast.parse(source)
    explained = {id(statement.value) for statement in ast.walk(tree) if isinstance(statement, ast.Expr)}
    return [
        found.group()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained
        if (found := CODE.search(node.value))
    ]


def says_pure(source: str) -> bool:
    """Whether the module says of itself that it is pure."""
    return bool(re.search(r"\b(Pure\.|Pure:|Pure )", ast.get_docstring(ast.parse(source)) or ""))


def held_to_their_word(configuration: str) -> set[str]:
    """The modules that the import linter keeps away from Django; a package stands for all of its modules."""
    contracts = tomllib.loads(configuration)["tool"]["importlinter"]["contracts"]
    pure = [item["source_modules"] for item in contracts if "django" in item.get("forbidden_modules", ())]
    named = {module for modules in pure for module in modules}
    return named | {module for module in pure_modules() if named & set(_packages(module))}


def _packages(module: str) -> Iterator[str]:
    """The packages that a module is in: a.b of a.b.c, then a."""
    while module:
        module = module.rpartition(".")[0]
        yield module


def pure_modules() -> Iterator[str]:
    """The dotted names of the modules that say so."""
    for file in modules(*PACKAGES):
        if says_pure(file.read_text(encoding="utf-8")):
            yield ".".join(file.relative_to(ROOT).with_suffix("").parts)
