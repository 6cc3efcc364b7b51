"""Turns the tree of a bilan into plain JSON values and back without losing anything: numbers are numbers. Pure."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from french.numbers import rounded
from indicators.catalogue import load_catalogue
from indicators.specs import Kind
from reporting.bilan import SCHEMA, BilanData
from reporting.boxes import TYPED

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Tree = dict[str, Any]
"""What json.loads gives of a snapshot: any JSON value by the name of its field."""


class UnknownSchema(ValueError):
    """The snapshot was written by another version of the tree; the message is a French sentence."""


def to_json_value(data: BilanData) -> dict[str, Json]:
    """The bilan as JSON values: exact numbers, dates in ISO form."""
    return {field.name: encode(getattr(data, field.name)) for field in fields(data)}


def to_json(data: BilanData) -> bytes:
    """The whole value as a file; the same value gives the same bytes."""
    return json.dumps(to_json_value(data), ensure_ascii=False, indent=2).encode()


def fingerprint(data: BilanData) -> str:
    """SHA-256 of the JSON file, in hexadecimal: whoever holds that file can verify what a document says of it."""
    return hashlib.sha256(to_json(data)).hexdigest()


def from_json_value(value: Tree) -> BilanData:
    """The bilan that `to_json_value` wrote, today or under an older schema. Raises UnknownSchema for any other tree."""
    value = upgraded(value)
    # A box that did not exist when this was sent is « non renseigné » in it.
    texts = {box.name: "" for box in TYPED} | value["texts"]
    data: BilanData = _tree(BilanData, value | {"texts": texts})
    return data


def totals_of(value: Tree) -> dict[str, Decimal | None]:
    """The total of the semester by code, without reading the rest of a snapshot."""
    figures = (figure for axis in upgraded(value)["axes"] for figure in axis["figures"])
    return {figure["code"]: _decode(Decimal | None, figure["semester"]) for figure in figures}


def upgraded(value: Tree) -> Tree:
    """The same snapshot in the schema of today, one step after the other; the one given is left as it was."""
    while (schema := value.get("schema")) != SCHEMA:
        if schema not in UPGRADES:
            raise UnknownSchema(f"Ce bilan est écrit dans la version {schema!r}, inconnue de ce portail.")
        value = UPGRADES[schema](value)
    return value


def _boxes_by_name(value: Tree) -> Tree:
    """Schema 2 keeps what was typed by the name of its box, and says which figures come first.

    Schema 1 knew one catalogue only: its first page is that of `paqte-2018`.
    """
    texts = {name: value[name] for name in ("essentials", "organisation", "strategy", "obstacles")}
    texts |= {f"referent_{name}": text for name, text in value["referent"].items()}
    texts["rectification_reason"] = value["rectification_reason"]
    kept = {name: item for name, item in value.items() if name not in {*texts, "referent"}}
    return kept | {"schema": 2, "texts": texts, "headlines": list(load_catalogue("paqte-2018").headlines.bilan)}


def _figures_by_perimeter(value: Tree) -> Tree:
    """Schema 3 says of each number which companies it is about.

    Schema 2 did not know: what it printed is kept under the names that print the same number, the rest is not there. A
    stock was the last known value of each company, never what was reported.
    """
    axes = [axis | {"figures": [_named(figure) for figure in axis["figures"]]} for axis in value["axes"]]
    return value | {"schema": 3, "axes": axes}


def _fraction(said: str | None) -> str | None:
    return None if said is None else str(Fraction(said))


def _named(figure: Tree) -> Tree:
    kept = {name: item for name, item in figure.items() if name != "target"}
    expected, objective = (_fraction(figure[name]) for name in ("expected", "target"))
    kept |= {"expected": expected, "silent": figure["asked"] - figure["respondents"], "tracked": figure["cumulative"]}
    if figure["kind"] == Kind.STOCK:
        return kept | {"cumulative": None, "last_known": figure["semester"], "semester": None, "previous": None}
    if figure["kind"] == Kind.YES_NO:
        return kept | {"cumulative": None}
    return kept | {"objective": objective, "progress": figure["cumulative"]}


_FRACTIONS = ("expected", "expected_answered", "objective", "progress")
_DECIMALS = (
    *("semester", "previous", "constant", "arrivals", "departures", "revised"),
    *("last_known", "carried", "cumulative", "tracked"),
    *("numerator", "denominator", "previous_numerator", "previous_denominator"),
    *("value", "overlap", "target"),
)


def _numbers_as_numbers(value: Tree) -> Tree:
    """Schema 4 writes numbers as numbers, and the two terms of a fraction beside what is printed of it.

    Until schema 3 numbers were text. It knew neither consents nor signatures by month: the fields have a default.
    """
    axes = [axis | {name: _numbered(axis[name]) for name in ("figures", "ratios")} for axis in value["axes"]]
    movements = [row | {"outcomes": _numbered(row["outcomes"])} for row in value.get("movements", [])]
    overlaps = [row | {"shares": _numbered(row["shares"])} for row in _numbered(value.get("overlaps", []))]
    lists = {name: _numbered(value.get(name, [])) for name in ("elsewhere", "specific")}
    return value | lists | {"schema": 4, "axes": axes, "movements": movements, "overlaps": overlaps}


def _signatories_by_activity(value: Tree) -> Tree:
    """Schema 5 says what each signatory does. Until schema 4 nothing was said of it, and it stays unsaid."""
    signatories = [row | {"sector": "", "naf": ""} for row in value["signatories"]]
    return value | {"schema": 5, "signatories": signatories}


def _numbered(rows: list[Tree]) -> list[Tree]:
    return [row | {name: _said(name, row[name]) for name in (*_DECIMALS, *_FRACTIONS) if row.get(name)} for row in rows]


def _said(name: str, text: str) -> Json:
    return encode(Fraction(text) if name in _FRACTIONS else Decimal(text))


UPGRADES: dict[int, Callable[[Tree], Tree]] = {
    1: _boxes_by_name,
    2: _figures_by_perimeter,
    3: _numbers_as_numbers,
    4: _signatories_by_activity,
}
"""From one schema to the next. A step is never taken away: what was sent once is read for ever."""


def encode(value: object) -> Json:
    """Any part of such a tree as JSON values, a dataclass by the names of its fields.

    A fraction has its two exact terms, and under `value` what is printed of it. Raises TypeError for what has no JSON
    form; ValueError for a number that a double would change: a hundred times what the catalogue lets pass.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Fraction):
        return {"value": number(rounded(value)), "numerator": value.numerator, "denominator": value.denominator}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {name: encode(item) for name, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no JSON form for {type(value).__name__}")


def number(value: Decimal) -> int | float:
    """The same number for JSON, without a fraction when it has none. Raises ValueError when a double is not exact."""
    if value == value.to_integral_value():
        return int(value)
    if Decimal(repr(float(value))) != value:
        raise ValueError(f"{value} has more digits than a double holds")
    return float(value)


def _exact(value: float | Decimal) -> Decimal:
    """What `number` wrote, read as a double or as a decimal."""
    return Decimal(str(value))


def _fraction_of(value: Tree) -> Fraction:
    return Fraction(value["numerator"], value["denominator"])


def _tree(kind: type[Any], value: Tree) -> Any:  # Any: one of the dataclasses of the tree
    """A field with a default came after the first snapshots and may be missing from them; the others may not."""
    hints = _hints(kind)  # type: ignore[arg-type]  # a class is hashable
    given = [field.name for field in fields(kind) if field.name in value or field.default is MISSING]
    return kind(**{name: _decode(hints[name], value[name]) for name in given})


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:  # Any: a type expression
    return get_type_hints(kind)


def _decode(hint: Any, value: Any) -> Any:  # Any: a type expression, JSON, and the value of that type
    if get_origin(hint) is UnionType:
        if value is None:
            return None
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is Mapping:
        return {name: _decode(get_args(hint)[1], item) for name, item in value.items()}
    if get_origin(hint) is tuple:
        return tuple(_decode(get_args(hint)[0], item) for item in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return _tree(hint, value)
    return _SCALARS[hint](value)


_SCALARS: dict[Any, Any] = {  # Any: a type, and what reads it
    str: str,
    int: int,
    bool: bool,
    Decimal: _exact,
    Fraction: _fraction_of,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}
