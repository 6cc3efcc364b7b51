"""Turns the lines of a bilan into the numbers that are kept apart of it, and their words back into lines."""

import json
from collections.abc import Iterator
from typing import Any

from indicators.specs import Kind
from reporting.bilan import AxisSection, BilanData
from reporting.figures import Figure, RatioFigure
from reporting.models import BilanDocument, SentExample, SentLine, SentText
from territories.semester import Semester

Line = Figure | RatioFigure
Numbers = dict[str, Any]
"""By the name of the column."""

SAME = (
    *("respondents", "not_applicable", "silent", "pending", "asked", "previous"),
    *("constant", "constant_companies", "arrivals", "departures", "last_known", "carried", "carried_companies"),
    *("cumulative", "cumulative_companies", "expected", "expected_answered", "expected_companies", "tracked", "holes"),
    *("objective", "objective_conventions"),
)
"""What a figure and its row call by the same name, and what adds up."""

WRITTEN = (SentText.Box.ESSENTIALS, SentText.Box.ORGANISATION, SentText.Box.STRATEGY, SentText.Box.OBSTACLES)
"""The boxes that are typed in full, by their name."""

FIGURE_WORDS = ("code", "label", "definition", "kind", "unit", "core", "rank", "distinct")
RATIO_WORDS = ("code", "label", "definition", "rank", "counted_in")


def lines_of(document: BilanDocument, data: BilanData) -> list[SentLine]:
    """The rows of a document, not saved; the same value gives the same rows."""
    place = {"document": document, "department_id": data.place.code, "semester": Semester.parse(data.semester)}
    return [SentLine(**place, **numbers) for numbers in numbers_of(data)]


def numbers_of(data: BilanData) -> Iterator[Numbers]:
    """What is kept of each line."""
    for axis in data.axes:
        yield from (_figure(axis, figure) for figure in axis.figures)
        yield from (_ratio(axis, ratio) for ratio in axis.ratios)


def examples_sent(document: BilanDocument, data: BilanData) -> list[SentExample]:
    """The examples of a document, not saved, in the order in which it tells them."""
    told = [(axis.axis, example) for axis in data.axes for example in axis.examples]
    return [
        SentExample(
            document=document,
            department_id=data.place.code,
            semester=Semester.parse(data.semester),
            rank=rank,
            axis=axis,
            company=example.company,
            title=example.title,
            text=example.text,
            consent=example.publishable,
        )
        for rank, (axis, example) in enumerate(told, start=1)
    ]


def texts_sent(document: BilanDocument, data: BilanData) -> list[SentText]:
    """What a document has in its boxes, its partners and its signatories, not saved, in that order."""
    place = {"document": document, "department_id": data.place.code, "semester": Semester.parse(data.semester)}
    return [
        SentText(**place, rank=rank, box=box, title=title, text=text)
        for rank, (box, title, text) in enumerate(_texts(data), start=1)
    ]


def _texts(data: BilanData) -> Iterator[tuple[SentText.Box, str, str]]:
    for box in WRITTEN:
        if text := data.texts[box]:
            yield box, "", text
    for partner in data.partners:
        yield SentText.Box.PARTNERS, partner.name, ", ".join(filter(None, (partner.kind, partner.part)))
    for line in data.signatories:
        told = (line.category, line.town, line.reference, ", ".join(line.axes), line.departure)
        yield SentText.Box.SIGNATORIES, line.company, "\u00a0; ".join(filter(None, told))


def counts_of(data: BilanData) -> Numbers:
    """What a document keeps beside its value: who answered, in numbers and by name."""
    told = data.completeness
    return {
        "signatories": len(data.signatories),
        "expected": told.expected,
        "received": told.received,
        "validated": told.validated,
        "silent": list(told.silent),
        "pending": list(told.pending),
    }


def words_of(written: str) -> tuple[str, str, Line]:
    """The axis, its label, and the line of which nothing is known but its name."""
    axis, label, kind, words = json.loads(written)
    if kind == "ratio":
        unknown: Numbers = dict.fromkeys(("numerator", "denominator", "previous_numerator", "previous_denominator"))
        return axis, label, RatioFigure(**words, **unknown, respondents=0, asked=0)
    return axis, label, Figure(**words, depth=0)


def words_of_axis(axis: str) -> str:
    """How the words of the lines of an axis begin."""
    return json.dumps([axis])[:-1]


def _figure(axis: AxisSection, figure: Figure) -> Numbers:
    progress = figure.progress
    return {
        **_named(axis, figure, "indicateur", FIGURE_WORDS),
        "runs": figure.kind == Kind.FLUX and not figure.distinct,
        "depth": figure.depth,
        "apart": figure.apart,
        "value": figure.semester,
        **{name: getattr(figure, name) for name in SAME},
        "progress_numerator": None if progress is None else progress.numerator,
        "progress_denominator": None if progress is None else progress.denominator,
    }


def _ratio(axis: AxisSection, ratio: RatioFigure) -> Numbers:
    names = ("respondents", "asked", "numerator", "denominator")
    return {**_named(axis, ratio, "ratio", RATIO_WORDS), **{name: getattr(ratio, name) for name in names}}


def _named(axis: AxisSection, line: Line, kind: str, names: tuple[str, ...]) -> Numbers:
    words = {name: getattr(line, name) for name in names}
    return {"code": line.code, "words": json.dumps([axis.axis, axis.label, kind, words], ensure_ascii=False)}
