"""The contracts between modules say what the modules say of themselves."""

import ast
import re
import tomllib
from pathlib import Path

from tests.architecture import PACKAGES, ROOT

PURE_CONTRACT = "The pure cores know nothing of Django"


def says_pure(path: Path) -> bool:
    """Whether the docstring of the module promises that it is pure."""
    return bool(re.search(r"\bPure\b", ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""))


def pure_modules(root: Path, packages: tuple[str, ...] | list[str]) -> set[str]:
    """The modules under these packages whose docstring says « Pure »."""
    paths = [path for package in packages for path in (root / package).rglob("*.py") if says_pure(path)]
    return {".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__") for path in paths}


def held_pure() -> set[str]:
    """The modules that the contract holds to it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return set(next(item["source_modules"] for item in contracts if item["name"] == PURE_CONTRACT))


def test_every_module_that_says_pure_is_held_to_it() -> None:
    assert sorted(pure_modules(ROOT, PACKAGES) - held_pure()) == []


def test_a_module_that_says_pure_is_seen(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (room / "figures.py").write_text('"""Counts. Pure: no Django."""\n', encoding="utf-8")
    (room / "views.py").write_text('"""Purely pages."""\n', encoding="utf-8")

    assert pure_modules(tmp_path, ["room"]) == {"room.figures"}
