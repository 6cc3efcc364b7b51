"""The published shape of the JSON files, read from the dataclasses that they are written from: JSON Schema. Pure.

`docs/schemas/` keeps what is published: one file per schema, served for ever at an address that says its number.
"""

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from reporting.bilan import SCHEMA, BilanData
from reporting.boxes import TYPED
from reporting.codec import Json, encode

Schema = dict[str, Json]

FRACTION: Schema = {
    "type": "object",
    "description": "An exact fraction: `numerator` / `denominator`; `value` is what is printed, to two decimals.",
    "properties": {
        "value": {"type": "number"},
        "numerator": {"type": "integer"},
        "denominator": {"type": "integer", "minimum": 1},
    },
    "required": ["value", "numerator", "denominator"],
}
SCALARS: dict[Any, Schema] = {  # Any: a type
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "number"},
    Fraction: {"$ref": "#/$defs/Fraction"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schemas"


@dataclass(frozen=True)
class Published:
    """A tree that has a file; a room above this one publishes its own the same way."""

    name: str
    root: type
    number: int
    """Of its schema today; those before it stay served."""

    def path(self, number: int | None = None) -> Path:
        """Where a schema is kept, that of today unless another one is asked for."""
        return FOLDER / f"{self.name}-{self.number if number is None else number}.json"

    def written(self) -> bytes:
        """The schema of today as its file has it."""
        return json.dumps(schema_of(self), ensure_ascii=False, indent=2).encode() + b"\n"


BILAN = Published("bilan", BilanData, SCHEMA)


def schema_of(tree: Published) -> Schema:
    """The shape of a tree today."""
    definitions: dict[str, Json] = {"Fraction": FRACTION}
    _define(tree.root, definitions)
    body: Any = definitions.pop(tree.root.__name__)  # Any: the schema of an object
    body["properties"] = {"schema": {}} | body["properties"] | {"schema": {"const": tree.number}}
    body["required"] = ["schema", *(one for one in body["required"] if one != "schema")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:paqte:{tree.name}:{tree.number}",
        **body,
        "$defs": dict(sorted(definitions.items())),
    }


def _define(hint: Any, definitions: dict[str, Json]) -> str:  # Any: a dataclass, or one of a given kind
    """Adds the schema of a dataclass and of all it holds; gives its name."""
    kind: Any = get_origin(hint) or hint  # Any: a dataclass
    given = get_args(hint)
    name = "".join([kind.__name__, *(f"Of{one.__name__}" for one in given)])
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _object(
            kind, dict(zip(getattr(kind, "__parameters__", ()), given, strict=True)), definitions
        )
    return name


def _object(kind: type[Any], given: Mapping[TypeVar, type], definitions: dict[str, Json]) -> Schema:
    """Fields without a default are always there; the others came later, and are that default where they are missing."""
    hints, said = get_type_hints(kind), dict(_documented(kind))
    properties: dict[str, Json] = {}
    for field in fields(kind):
        typed = _typed(given.get(hints[field.name], hints[field.name]), definitions)
        properties[field.name] = {**said.get(field.name, {}), **typed, **_default(field)}
    return {
        "type": "object",
        "description": _flat(kind.__doc__ or ""),
        "properties": properties,
        "required": [field.name for field in fields(kind) if field.default is MISSING],
    }


def _default(field: Field[Any]) -> Schema:
    return {} if field.default is MISSING else {"default": encode(field.default)}


def _typed(hint: Any, definitions: dict[str, Json]) -> Schema:  # Any: a type expression
    if get_origin(hint) is UnionType:
        known = next(part for part in get_args(hint) if part is not type(None))
        return {"anyOf": [_typed(known, definitions), {"type": "null"}]}
    if get_origin(hint) is Mapping:
        texts: Schema = {box.name: {"type": "string", "description": box.label} for box in TYPED}
        return {"type": "object", "properties": texts, "additionalProperties": {"type": "string"}}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _typed(get_args(hint)[0], definitions)}
    if is_dataclass(get_origin(hint) or hint):
        return {"$ref": f"#/$defs/{_define(hint, definitions)}"}
    return dict(SCALARS[hint])


def _documented(kind: type) -> Iterator[tuple[str, Schema]]:
    """What the docstring under each field says of it."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    for pair in pairwise(getattr(tree, "body", ())):
        match pair:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, {"description": _flat(text)}


def _flat(text: str) -> str:
    return " ".join(text.split())
