"""The guards of the house as functions, so that each can be tried on a planted fault."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from territories.scoping import ScopedModel

View = Callable[..., Any]
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}

ROOT = Path(settings.BASE_DIR)
PACKAGES: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "root_packages"
]
"""Every package of the house, top floor first: rooms, libraries and the wiring."""

OUR_APPS = tuple(config.label for config in apps.get_app_configs() if config.name in PACKAGES)
"""The rooms: what Django knows as applications."""

UNSCOPED = {
    # Reference data, the same for everybody.
    "territories.Region",
    "territories.Qpv",
    "territories.QpvCommune",
    "indicators.CatalogueVersion",
    "indicators.Indicator",
    "conventions.Campaign",
    "conventions.CampaignReminder",
    # Reached through the row that refers to it, which is scoped, or by a key that only who reads the value can compute.
    "documents.StoredFile",
    # A name and a number, which any signatory of the firm may see.
    "companies.LegalUnit",
    # Reached by sign-in and by the outbox only, never by a page that lists rows.
    "accounts.User",
    "accounts.OutgoingMail",
    # Read by the command of the demonstration only.
    "reporting.SeededAccount",
    # Read by the decorator that writes them, for the person who sent the form.
    "accounts.UsedKey",
    # A person's own, read for this person.
    "accounts.SavedView",
    "accounts.ChosenColumns",
    "privacy.InactivityNotice",
    "accounts.Bucket",
    "accounts.Session",
}

READS = re.compile(
    r"^\s*(SELECT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|BEGIN|DECLARE|EXPLAIN|PRAGMA)\b", re.IGNORECASE
)


class GetWrote(AssertionError):
    """A page that was only read changed the database."""


def our_models() -> list[type[Model]]:
    """Every model of our apps."""
    return [model for label in OUR_APPS for model in apps.get_app_config(label).get_models()]


def models_without_scope(models: list[type[Model]]) -> list[str]:
    """Models that nobody declared unscoped and that do not say how their rows are found from a scope."""
    return [
        model._meta.label
        for model in models
        if model._meta.label not in UNSCOPED
        and not (issubclass(model, ScopedModel) and getattr(model, "scope_paths", None) is not None)
    ]


def bare_models(source: str, scoped: set[str]) -> list[str]:
    """Where a view reaches rows of a scoped model otherwise than through `visible_to`, as "line: code".

    `Model.objects` must be followed by `.visible_to(…)`; a bare model may not be handed to a shortcut.
    """
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
            name = node.value.id if isinstance(node.value, ast.Name) else ""
            following = parents.get(node)
            if name in scoped and not (isinstance(following, ast.Attribute) and following.attr == "visible_to"):
                found.append(f"{node.lineno}: {ast.unparse(following or node)}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHORTCUTS:
            bare = any(isinstance(item, ast.Name) and item.id in scoped for item in node.args)
            found += [f"{node.lineno}: {ast.unparse(node)}"] if bare else []
    return found


def bare_models_for_a_user(source: str, scoped: set[str], *, everywhere: bool = False) -> list[str]:
    """The same faults outside the views: in every function that reads for somebody (`user`, `request`, `self.user`).

    With `everywhere`, in every function: a file is always imported by somebody, whom its resource keeps.
    A selector that is handed a row or a département reads what its caller was allowed to see: it names nobody.
    """
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and (everywhere or _reads_for_somebody(node)):
            body = ast.unparse(node)
            found += [f"{node.name}: {fault.partition(': ')[2]}" for fault in bare_models(body, scoped)]
            managers = re.findall(r"[\w.]+\._default_manager\b(?!\.visible_to)(?! *$)[.\w]*", body)
            found += [f"{node.name}: {manager}" for manager in managers]
    return found


def _reads_for_somebody(function: ast.FunctionDef) -> bool:
    """Whether the function is given, or keeps, the person for whom it reads."""
    names = {argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]}
    return bool(names & {"user", "request"}) or "self.user" in ast.unparse(function)


def forms_bound_by_hand(source: str) -> list[str]:
    """Where a view decides by itself whether something was sent, as "line: code".

    `request.POST` with nothing in it is false: a page that asks it takes a form sent empty for a page that is read.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.BoolOp(values=asked):
                pass
            case ast.IfExp(test=test, body=body):
                # One form of a page that has several is told by what was sent: `request.POST.get("action") == "add"`.
                asked = [test, *([body] if "request.method" in ast.unparse(test) else [])]
            case ast.If(test=test):
                asked = [test]
            case _:
                continue
        if any(ast.unparse(part) == "request.POST" for part in asked):
            found.append(f"{node.lineno}: {ast.unparse(node).splitlines()[0]}")
    return found


def endpoints(patterns: list[Any] | None = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, View]]:
    """(name with namespaces, route, view) of every address of the portal."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from endpoints(pattern.url_patterns, prefix + str(pattern.pattern), inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", prefix + str(pattern.pattern), pattern.callback


def views_without_policy(found: Iterator[tuple[str, str, View]]) -> list[str]:
    """Names of the addresses whose view carries neither @allow nor @public; the administration has its own rule."""
    return [name for name, _, view in found if not name.startswith("admin:") and not hasattr(view, "allowed_roles")]


KEPT_BY_READING = ("accounts_session", "accounts_bucket", "accounts_trace", "documents_storedfile")
"""Tables that a page which is only read may write: sessions, counts of failed guesses, traces of what was taken or
refused, and files made once, which say nothing that the page did not say."""


@contextmanager
def only_reads() -> Iterator[None]:
    """Refuse any statement that writes on the test's connection, but for KEPT_BY_READING."""

    def refuse(execute: View, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not READS.match(sql) and not any(table in sql for table in KEPT_BY_READING):
            raise GetWrote(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
