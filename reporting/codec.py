"""Turns the tree of a bilan into plain JSON values and back without losing anything: numbers travel as text. Pure."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from reporting.bilan import SCHEMA, BilanData

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None


class UnknownSchema(ValueError):
    """The snapshot was written by another version of the tree; the message is a French sentence."""


def to_json_value(data: BilanData) -> dict[str, Json]:
    """The bilan as JSON values; decimals as plain text (« 12.5 »), dates in ISO form."""
    return {field.name: _encode(getattr(data, field.name)) for field in fields(data)}


def from_json_value(value: dict[str, Any]) -> BilanData:  # Any: what json.loads gives
    """The bilan that `to_json_value` wrote. Raises UnknownSchema for a tree of another version."""
    if value.get("schema") != SCHEMA:
        raise UnknownSchema(f"Ce bilan est écrit dans la version {value.get('schema')!r}, inconnue de ce portail.")
    data: BilanData = _tree(BilanData, value)
    return data


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


def _tree(kind: type[Any], value: dict[str, Any]) -> Any:  # Any: one of the dataclasses of the tree, and its JSON
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
