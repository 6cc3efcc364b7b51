"""What a database says when two people wrote the same thing at once, as a French sentence."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import IntegrityError, OperationalError
from django.db.models import Model, UniqueConstraint

TAKEN = frozenset({"23505", "23P01"})
"""PostgreSQL's codes of a unique and of an exclusion constraint."""

WAITED = frozenset({"55P03", "40P01"})
"""PostgreSQL's codes of a lock that somebody else keeps, and of two people who wait for each other."""

ALREADY_THERE = "C’est déjà enregistré\u00a0: quelqu’un vient peut-être de le faire."
BUSY = (
    "Un autre envoi est en cours d’enregistrement\u00a0: "
    "attendez quelques secondes, puis vérifiez ce qui est enregistré."
)


def sentence_of(error: IntegrityError) -> str:
    """The sentence of the rule of uniqueness that was broken; empty when it is a rule of another kind."""
    cause = error.__cause__
    if getattr(cause, "pgcode", "") in TAKEN:
        named = getattr(getattr(cause, "diag", None), "constraint_name", "")
        return _sentences_by_name().get(named, ALREADY_THERE)
    told = re.match(r"UNIQUE constraint failed: (?:index '(?P<index>.+)'|(?P<columns>.+))", str(error))
    if told is None:
        return ""
    if told["index"]:
        return _sentences_by_name().get(told["index"], ALREADY_THERE)
    return _sentences_by_columns().get(frozenset(told["columns"].split(", ")), ALREADY_THERE)


def is_busy(error: OperationalError) -> bool:
    """Whether the database gave up waiting for somebody else's lock."""
    return getattr(error.__cause__, "pgcode", "") in WAITED


def _rules() -> Iterator[tuple[type[Model], UniqueConstraint]]:
    for model in apps.get_models():
        for rule in model._meta.constraints:
            if isinstance(rule, UniqueConstraint):
                yield model, rule


def _sentences_by_name() -> dict[str, str]:
    return {rule.name: str(rule.violation_error_message) for _, rule in _rules()}


def _sentences_by_columns() -> dict[frozenset[str], str]:
    """SQLite names the columns of a rule, never the rule."""
    return {
        frozenset(f"{model._meta.db_table}.{columns[name]}" for name in rule.fields): str(rule.violation_error_message)
        for model, rule in _rules()
        for columns in [{field.name: field.column for field in model._meta.concrete_fields}]
    }
