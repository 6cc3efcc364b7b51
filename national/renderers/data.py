"""The consolidated bilan as JSON, the whole of it, and as CSV: its sums, and who is missing. Pure."""

import json
from collections.abc import Iterator

from national.renderers.absent import UNSENT, absent_companies
from national.value import NATIONAL_SCHEMA, Consolidated, NationalFigure, NationalRatio, NationalTotal
from reporting.codec import encode
from reporting.columns import COMPANIES, GIVEN, NOTHING
from reporting.figures import Figure
from reporting.renderers.data import MEASURE, measures
from reporting.rows import NUMBER
from tabular import writing
from tabular.cells import Cell, Quantity, Table

OLDER = "antérieur à ce semestre"
MISSING = "Semestre précédent des départements sans bilan"
COUNTED = ("Départements comptés", "Départements transmis", "Départements engagés")


def to_csv(data: Consolidated) -> bytes:
    """Its sums: the rest is in the other files."""
    return sums_to_csv(data.total)


def sums_to_csv(total: NationalTotal) -> bytes:
    """One line per indicator and measure, then one line for each département and company that is missing."""
    place = (total.scope, total.semester)
    rows = (
        (*place, item.axis_label, item.line.code, item.line.label, *measure, *counted(item, total))
        for item in total.lines
        for measure in (*measures(item.line), *_missing(item))
    )
    absent = ((*place, "", *row, "", "", "") for row in _absent(total))
    names = ("Territoire", "Semestre", "Axe", "Code", "Indicateur", *MEASURE, *COUNTED)
    return writing.to_csv(Table("Mesures", names, (*rows, *absent)), unknown="")


def to_json(data: Consolidated) -> bytes:
    """The whole value, in the shape that `docs/schemas/` publishes; the same value gives the same bytes."""
    value = {"schema": NATIONAL_SCHEMA, "total": data.total, "headlines": data.headlines, "bilans": data.bilans}
    return json.dumps(encode(value), ensure_ascii=False, indent=1).encode()


def counted(item: NationalFigure | NationalRatio, data: NationalTotal) -> tuple[Cell, ...]:
    """Under COUNTED."""
    return item.departments, len(data.shares), data.engaged


def _absent(data: NationalTotal) -> Iterator[tuple[Cell, ...]]:
    """The code of such a line is that of a département, its label the name of who is missing, or was before."""
    for place in data.missing:
        said = ("missing_department", "Département sans bilan", len(place.companies), COMPANIES, UNSENT)
        yield place.code, place.name, *said
    for name in data.older:
        yield "", name, "older_department", "Bilan antérieur compté depuis le lancement", "", "", OLDER
    for one in absent_companies(data):
        yield one.code, one.company, "missing_company", "Entreprise non comptée", "", COMPANIES, one.why


def _missing(item: NationalFigure | NationalRatio) -> Iterator[tuple[Cell, ...]]:
    """What the départements that did not transmit had before: a flux and a stock have it, a ratio does not add up."""
    if isinstance(item.line, Figure):
        status = GIVEN if item.missing is not None else NOTHING
        value = "" if item.missing is None else Quantity(item.missing, item.line.unit)
        yield "missing", MISSING, value, item.line.unit or NUMBER, status
