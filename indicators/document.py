"""The file of a catalogue as the tables that TOML makes of it: read with its shape checked, and written back. Pure."""

import json
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from indicators.specs import Axis, Kind, Origin, RuleKind, Unit

Table = dict[str, Any]
"""A table of TOML: strings, whole and decimal numbers, yes or no, days, lists and tables."""

LARGEST = 1_000_000_000
"""Of a ceiling or a limit: a hundred times that is the most that a result can hold."""

MOST_TOLD = 100
"""Sentences about one file: another that is no catalogue at all would have a hundred thousand."""

DECIMALS = 6
"""Of a ceiling or a limit, at most."""

VERSION = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")


class CatalogueError(ValueError):
    """A catalogue that cannot be used; the message says why, in French."""


TEXT, FLAG, NUMBER, DAY, CODES, TABLES, TABLE = (
    "un texte",
    "true ou false",
    "un nombre",
    "une date",
    "des codes",
    "[]",
    "{}",
)

TYPES: Mapping[str, tuple[type, ...]] = {
    TEXT: (str,),
    FLAG: (bool,),
    NUMBER: (int, Decimal),
    DAY: (date,),
    CODES: (list,),
    TABLES: (list,),
    TABLE: (dict,),
}

FRAME = {"version": TEXT, "title": TEXT, "published_on": DAY, "headlines": TABLE, "ceilings": TABLE}
LISTS = {"indicator": TABLES, "ratio": TABLES}
INDICATOR = {
    **dict.fromkeys(("code", "axis", "label", "definition", "counts", "excludes"), TEXT),
    **dict.fromkeys(("kind", "unit", "origin", "source", "plausibility"), TEXT),
    "core": FLAG,
}
OF_INDICATOR = {
    **dict.fromkeys(("disjoint_parts", "distinct", "targetable", "reworded"), FLAG),
    **dict.fromkeys(("part_of", "words"), CODES),
    **dict.fromkeys(("valid_from", "valid_until"), DAY),
    "rules": TABLES,
    "overlap": TEXT,
    "ceiling": NUMBER,
}
RATIO = {**dict.fromkeys(("code", "axis", "label", "definition"), TEXT), "numerator": CODES, "denominator": CODES}
OF_RATIO = {"cumulated_numerator": FLAG}
RULE = {"kind": TEXT}
OF_RULE = {"of": CODES, "limit": NUMBER, "headcount": NUMBER}

LONGEST = {"version": 20, "title": 100, "code": 10, "label": 120, "source": 300, "plausibility": 300}
"""What the columns of the database hold; other texts have the length of a page."""
LONGEST_TEXT = 5000
CHOICES: Mapping[str, Collection[str]] = {
    "axis": [axis.value for axis in Axis],
    "unit": [unit.value for unit in Unit],
    "origin": [origin.name.lower() for origin in Origin],
}
KINDS = [kind.value for kind in Kind]
RULES = [kind.value for kind in RuleKind]


def read_document(content: bytes) -> Table:
    """The tables of a catalogue file. Raises CatalogueError with everything that is not in its place."""
    try:
        # As Windows writes it: with a mark in front.
        document = tomllib.loads(content.decode("utf-8-sig"), parse_float=_decimal)
    except UnicodeDecodeError:
        raise CatalogueError("Le catalogue ne peut pas être lu\u00a0: ce n’est pas un texte en UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise CatalogueError(f"Le catalogue ne peut pas être lu\u00a0: ce n’est pas du TOML ({error}).") from error
    if found := told(_misplaced(document)):
        raise CatalogueError("\n".join(found))
    return document


def _decimal(text: str) -> Decimal:
    """A number with a point or an exponent; one that is too large to be held is none, and refused in its place."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def told(sentences: Iterable[str]) -> list[str]:
    """As many of them as one reads; no more are looked for."""
    found = list(islice(sentences, MOST_TOLD + 1))
    if len(found) > MOST_TOLD:
        found[MOST_TOLD:] = ["Et d’autres encore\u00a0: corrigez d’abord celles-là."]
    return found


def written(document: Table) -> bytes:
    """The file of these tables; reading it gives them back."""
    lines = [f"{_key(name)} = {_value(value)}" for name, value in document.items() if name not in {*TABLED, *LISTS}]
    for name in TABLED:
        lines += ["", f"[{name}]", *_entries(document[name])]
    for name in LISTS:
        for row in document.get(name, []):
            lines += ["", f"[[{name}]]", *_entries(row)]
    return ("\n".join(lines) + "\n").encode()


TABLED = ("headlines", "ceilings")


def _entries(table: Table) -> Iterator[str]:
    yield from (f"{_key(name)} = {_value(value)}" for name, value in table.items())


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case int() | Decimal():
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case date():
            return value.isoformat()
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            return "{ " + ", ".join(_entries(value)) + " }"
        case _:
            raise TypeError(f"no catalogue holds a {type(value).__name__}")


def _text(value: str) -> str:
    """A string of JSON is one of TOML, but for one character that TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _misplaced(document: Table) -> Iterator[str]:
    yield from _entries_of("Le catalogue", document, FRAME, LISTS)
    if isinstance(version := document.get("version"), str) and not VERSION.fullmatch(version):
        yield "Le catalogue\u00a0: la version s’écrit en minuscules, chiffres et traits d’union, comme paqte-2018."
    yield from _headlines_and_ceilings(document)
    for number, row in enumerate(_list(document, "indicator"), start=1):
        where = _named("Indicateur", number, row)
        yield from _row(where, row, INDICATOR, OF_INDICATOR)
        for rule in _list(row, "rules") if isinstance(row, dict) else ():
            yield from _row(f"{where}, règle", rule, RULE, OF_RULE, kinds=RULES)
    for number, row in enumerate(_list(document, "ratio"), start=1):
        yield from _row(_named("Taux", number, row), row, RATIO, OF_RATIO)


def _list(table: Table, name: str) -> list[Any]:  # Any: what should be tables
    found = table.get(name, [])
    return found if isinstance(found, list) else []


def _named(what: str, number: int, row: object) -> str:
    code = row.get("code") if isinstance(row, dict) else None
    return f"{what} n°\u00a0{number} ({code})" if isinstance(code, str) else f"{what} n°\u00a0{number}"


def _headlines_and_ceilings(document: Table) -> Iterator[str]:
    if isinstance(headlines := document.get("headlines"), dict):
        yield from _entries_of("[headlines]", headlines, {"bilan": CODES, "nation": CODES}, {})
    if isinstance(ceilings := document.get("ceilings"), dict):
        yield from _entries_of("[ceilings]", ceilings, {}, dict.fromkeys(CHOICES["unit"], NUMBER))


def _row(
    where: str, row: object, needed: Mapping[str, str], possible: Mapping[str, str], *, kinds: Collection[str] = KINDS
) -> Iterator[str]:
    if not isinstance(row, dict):
        yield f"{where}\u00a0: ce n’est pas une table."
        return
    yield from _entries_of(where, row, needed, possible)
    code = row.get("code")
    if isinstance(code, str) and not CODE.fullmatch(code):
        yield f"{where}\u00a0: un code s’écrit en majuscules, chiffres et traits d’union, comme SEN-01."
    for name, choices in {**CHOICES, "kind": kinds}.items():
        if isinstance(said := row.get(name), str) and said not in choices:
            yield f"{where}\u00a0: «\u00a0{name}\u00a0» vaut «\u00a0{said}\u00a0», attendu\u00a0: {', '.join(choices)}."


def _entries_of(where: str, table: Table, needed: Mapping[str, str], possible: Mapping[str, str]) -> Iterator[str]:
    """What is missing, what nobody knows, and what is of another type or size."""
    known = {**needed, **possible}
    yield from (f"{where}\u00a0: «\u00a0{name}\u00a0» manque." for name in needed if name not in table)
    for name, value in table.items():
        if name not in known:
            yield f"{where}\u00a0: «\u00a0{name}\u00a0» n’existe pas dans un catalogue. Retirez cette entrée."
        elif type(value) not in TYPES[known[name]]:
            yield f"{where}\u00a0: «\u00a0{name}\u00a0» doit être {_asked(known[name])}."
        else:
            yield from _sized(where, name, value, known[name])


def _is_invisible(letter: str) -> bool:
    """A control character, or one that turns the text around it; line feeds and tabs are neither."""
    turns = unicodedata.bidirectional(letter) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return turns or (unicodedata.category(letter) == "Cc" and letter not in "\n\t")


def _asked(kind: str) -> str:
    return {CODES: "une liste de textes", TABLES: "une suite de tables", TABLE: "une table"}.get(kind, kind)


def _is_held(value: Decimal) -> bool:
    """Written out, 1e-999999999 would fill the memory."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -DECIMALS and 0 <= value <= LARGEST


def _sized(where: str, name: str, value: Any, kind: str) -> Iterator[str]:  # Any: of the type that was asked
    if kind == CODES and not all(type(item) is str for item in value):
        yield f"{where}\u00a0: «\u00a0{name}\u00a0» doit être une liste de textes."
        return
    if kind == NUMBER and not _is_held(Decimal(value)):
        yield f"{where}\u00a0: «\u00a0{name}\u00a0» doit être compris entre 0 et un milliard, six décimales au plus."
    texts = {TEXT: [value], CODES: value}.get(kind, [])
    longest = LONGEST.get(name, LONGEST_TEXT)
    if any(len(text) > longest for text in texts):
        yield f"{where}\u00a0: «\u00a0{name}\u00a0» compte plus de {longest} caractères."
    if any(_is_invisible(letter) for text in texts for letter in text):
        yield f"{where}\u00a0: «\u00a0{name}\u00a0» contient un caractère invisible. Retapez ce texte."
