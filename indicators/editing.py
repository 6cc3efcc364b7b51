"""What one changes in the tables of a draft: its frame, a line more, a line changed, a line less. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from indicators.document import Table


def begun(document: Table, *, version: str, title: str, published_on: date) -> Table:
    """A new version that says what this one says: no line of it is reworded yet."""
    rows = [{name: value for name, value in row.items() if name != "reworded"} for row in document["indicator"]]
    return framed(document | {"indicator": rows}, version=version, title=title, published_on=published_on)


def framed(document: Table, *, version: str, title: str, published_on: date) -> Table:
    """The same lines under another name or date."""
    return document | {"version": version, "title": title, "published_on": published_on}


def row_of(document: Table, code: str) -> Table | None:
    """The row of this indicator; None when the version has none."""
    return next((row for row in document.get("indicator", []) if row["code"] == code), None)


def changed(document: Table, code: str, said: Mapping[str, object]) -> Table:
    """This indicator says something else; None takes an entry away, and what is not named stays."""
    rows = [_said(row, said) if row["code"] == code else row for row in document["indicator"]]
    return document | {"indicator": rows}


def added(document: Table, said: Mapping[str, object]) -> Table:
    """One indicator more, after the last of its axis."""
    rows = list(document.get("indicator", []))
    after = [number for number, row in enumerate(rows, start=1) if row["axis"] == said["axis"]]
    rows.insert(after[-1] if after else len(rows), _said({}, said))
    return document | {"indicator": rows}


def removed(document: Table, code: str) -> Table:
    """One indicator less; what still cites it contradicts itself until it is mended."""
    return document | {"indicator": [row for row in document["indicator"] if row["code"] != code]}


def replaced(document: Table, lines: Sequence[Mapping[str, object]]) -> Table:
    """These indicators and no other, in this order; what a line does not name stays as its code had it."""
    known = {row["code"]: row for row in document.get("indicator", [])}
    return document | {"indicator": [_said(known.get(str(line["code"]), {}), line) for line in lines]}


def _said(row: Table, said: Mapping[str, object]) -> Table:
    merged: Table = {**row, **said}
    return {name: value for name, value in merged.items() if value is not None}
