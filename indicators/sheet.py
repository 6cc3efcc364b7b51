"""The indicators of a version as a spreadsheet: one line each, to be changed elsewhere and imported again.

A line says what the form of an indicator says, by the same names, and is held to the same rules.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from french.order import folded
from french.words import NO, YES
from indicators import editing
from indicators.document import CatalogueError, Table, told
from indicators.forms import IndicatorForm
from tabular import cells
from tabular.importing import Fault, FileRow, rows_of
from tabular.limits import FileRefused
from tabular.reading import canonical_headers, read_table
from tabular.writing import to_xlsx

SPREADSHEET = b"PK"
"""What every XLSX and ODS file begins with."""

MOST = 500
"""Lines: ten times the catalogue of 2018."""

Columns = Mapping[str, forms.Field]


def is_spreadsheet(content: bytes) -> bool:
    """Whether a file is one, whatever its name."""
    return content.startswith(SPREADSHEET)


def sheet_of(document: Table) -> bytes:
    """The indicators of a version, in XLSX."""
    columns = _columns()
    rows = [_told(IndicatorForm(None, row=row, shown=""), columns) for row in document.get("indicator", [])]
    headers = tuple(str(field.label) for field in columns.values())
    return to_xlsx([cells.Table("Indicateurs", headers, rows, still=1)], unknown="")


def document_of(content: bytes, document: Table) -> Table:
    """The version whose indicators are the lines of the file, in their order; the rest of it stays.

    Raises CatalogueError with everything that is wrong in the file.
    """
    columns = _columns()
    typed = [(line, IndicatorForm(_typed(line, columns), row=None, shown="")) for line in _lines(content, columns)]
    faults = [str(fault) for line, form in typed for fault in _faults(line, form, columns)]
    times = Counter(form.cleaned_data["code"] for _line, form in typed if form.is_valid())
    faults += [f"{code}\u00a0: ce code est sur deux lignes." for code, number in times.items() if number > 1]
    if faults:
        raise CatalogueError("\n".join(told(faults)))
    return editing.replaced(document, [form.said for _line, form in typed])


def _columns() -> Columns:
    """Every field that is shown, by its name, in the order of the form; its label is the title of its column."""
    fields = IndicatorForm(None, row=None, shown="").fields
    return {name: field for name, field in fields.items() if name != "shown"}


def _told(form: IndicatorForm, columns: Columns) -> list[cells.Cell]:
    return [_cell(field, form[name].value()) for name, field in columns.items()]


def _cell(field: forms.Field, value: Any) -> cells.Cell:  # Any: what a form begins with
    if isinstance(field, forms.BooleanField):
        return YES if value else NO
    if isinstance(field, forms.ChoiceField):
        return str(dict(_choices(field)).get(value, ""))
    return "" if value is None else value


def _lines(content: bytes, columns: Columns) -> list[FileRow]:
    labels = [str(field.label) for field in columns.values()]
    try:
        table = read_table(content)
        lines = list(rows_of(table, canonical_headers(table.headers, labels), needed=labels))
    except FileRefused as refusal:
        raise CatalogueError(str(refusal)) from refusal
    if len(lines) > MOST:
        raise CatalogueError(f"Ce fichier a plus de {MOST} lignes\u00a0: ce ne sont pas des indicateurs.")
    return lines


def _typed(line: FileRow, columns: Columns) -> QueryDict:
    """The line as its form would have been sent."""
    sent = QueryDict(mutable=True)
    for name, field in columns.items():
        sent[name] = _sent(field, line.text(str(field.label)))
    return sent


def _sent(field: forms.Field, text: str) -> str:
    if isinstance(field, forms.BooleanField):
        return "on" if folded(text) == YES else ""
    if isinstance(field, forms.ChoiceField):
        return str({folded(str(said)): value for value, said in _choices(field)}.get(folded(text), text))
    return text.replace(",", ".") if isinstance(field, forms.DecimalField) else text


def _choices(field: forms.ChoiceField) -> list[tuple[Any, Any]]:
    offered: Any = field.choices  # Any: the stubs do not know that it is read as a list
    return list(offered)


def _faults(line: FileRow, form: IndicatorForm, columns: Columns) -> Iterator[Fault]:
    for name, field in columns.items():
        label, text = str(field.label), line.text(str(field.label))
        if isinstance(field, forms.BooleanField) and folded(text) not in {YES, NO}:
            yield Fault(line.number, label, text, "écrivez oui ou non.")
        yield from (Fault(line.number, label, text, str(message)) for message in form.errors.get(name, ()))
    yield from (Fault(line.number, "", "", str(message)) for message in form.non_field_errors())
