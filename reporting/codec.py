"""Turns the tree of a bilan into plain JSON values and back without losing anything: numbers travel as text. Pure."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from indicators.catalogue import load_catalogue
from reporting.bilan import SCHEMA, BilanData

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None
Tree = dict[str, Any]
"""What json.loads gives of a snapshot: any JSON value by the name of its field."""


class UnknownSchema(ValueError):
    """The snapshot was written by another version of the tree; the message is a French sentence."""


def to_json_value(data: BilanData) -> dict[str, Json]:
    """The bilan as JSON values; decimals as plain text (« 12.5 »), dates in ISO form."""
    return {field.name: _encode(getattr(data, field.name)) for field in fields(data)}


def from_json_value(value: Tree) -> BilanData:
    """The bilan that `to_json_value` wrote, today or under an older schema. Raises UnknownSchema for any other tree."""
    data: BilanData = _tree(BilanData, upgraded(value))
    return data


def upgraded(value: Tree) -> Tree:
    """The same snapshot in the schema of today, one step after the other; the one given is left as it was."""
    while (schema := value.get("schema")) != SCHEMA:
        if schema not in UPGRADES:
            raise UnknownSchema(f"Ce bilan est écrit dans la version {schema!r}, inconnue de ce portail.")
        value = UPGRADES[schema](value)
    return value


def _with_headlines(value: Tree) -> Tree:
    """Schema 2 says which figures come first; schema 1 printed those of the only catalogue of its day."""
    return value | {"schema": 2, "headlines": list(load_catalogue("paqte-2018").headlines.bilan)}


UPGRADES: dict[int, Callable[[Tree], Tree]] = {1: _with_headlines}
"""From one schema to the next. A step is never taken away: what was sent once is read for ever."""


def _encode(value: object) -> Json:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _tree(kind: type[Any], value: Tree) -> Any:  # Any: one of the dataclasses of the tree, and its JSON
    return kind(**{name: _decode(hint, value[name]) for name, hint in _hints(kind).items()})  # type: ignore[arg-type]  # a class is hashable


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:  # Any: a type expression
    return get_type_hints(kind)


def _decode(hint: Any, value: Any) -> Any:  # Any: a type expression, JSON, and the value of that type
    if get_origin(hint) is UnionType:
        if value is None:
            return None
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        return tuple(_decode(get_args(hint)[0], item) for item in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return _tree(hint, value)
    return _SCALARS[hint](value)


_SCALARS: dict[Any, Any] = {  # Any: a type, and what reads it
    str: str,
    int: int,
    bool: bool,
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}
