"""What a rectificatif changes: every figure that differs between two versions, as both print it. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dsfr_forms.french_numbers import NARROW_SPACE, NO_BREAK_SPACE, format_number
from reporting.bilan import BilanData, Change, Context, Figure, RatioFigure

NOT_GIVEN = "non renseigné"

Printed = dict[str, str]
"""What a version prints, by the label of the figure."""


def changes(old: BilanData, new: BilanData) -> tuple[Change, ...]:
    """The figures that differ, in the order of the bilan; a figure that a version lacks is « non renseigné » there."""
    before, after = dict(_printed(old)), dict(_printed(new))
    labels = list(after) + [label for label in before if label not in after]
    pairs = ((label, before.get(label, NOT_GIVEN), after.get(label, NOT_GIVEN)) for label in labels)
    return tuple(Change(label, was, is_now) for label, was, is_now in pairs if was != is_now)


def says_the_same(old: BilanData, new: BilanData) -> bool:
    """True when a reader would learn nothing from the new version: same figures, same texts, same lists."""
    return _content(old) == _content(new)


def _content(data: BilanData) -> BilanData:
    """The bilan without what only tells one version from another."""
    return replace(
        data,
        version=0,
        as_of=date.min,
        transmitted_at=None,
        rectification_reason="",
        sending_note="",
        versions=(),
        changes=(),
    )


def _printed(data: BilanData) -> Iterator[tuple[str, str]]:
    yield "Entreprises signataires", _number(Decimal(len(data.signatories)))
    counts = data.completeness
    yield "Réponses attendues", _number(Decimal(counts.expected))
    yield "Réponses reçues", _number(Decimal(counts.received))
    yield "Réponses validées", _number(Decimal(counts.validated))
    for figure in data.figures:
        yield from _figure(figure)
    for ratio in data.ratios:
        yield from _ratio(ratio)
    for line in data.specific:
        yield f"{line.label} ({line.company}), cumul", _number(line.cumulative, line.unit)
    yield from _context(data.context)


def _figure(figure: Figure) -> Iterator[tuple[str, str]]:
    name = f"{figure.label} ({figure.code})"
    yield f"{name}, semestre", _number(figure.semester, figure.unit)
    yield f"{name}, cumul", _number(figure.cumulative, figure.unit)
    yield f"{name}, objectif", _number(figure.target, figure.unit)
    yield f"{name}, attendu à ce jour", _number(figure.expected, figure.unit)
    yield f"{name}, réponses", f"{figure.respondents} sur {figure.asked}"


def _ratio(ratio: RatioFigure) -> Iterator[tuple[str, str]]:
    name = f"{ratio.label} ({ratio.code})"
    yield name, NOT_GIVEN if ratio.percent is None else f"{format_number(ratio.percent)}{NARROW_SPACE}%"
    yield f"{name}, réponses", f"{ratio.respondents} sur {ratio.asked}"


def _context(context: Context) -> Iterator[tuple[str, str]]:
    yield "Nombre de QPV", _number(context.qpv_count)
    yield "PRU d’intérêt national", _number(context.pru_count)
    yield "Population des QPV", _number(context.population)
    yield "Demandeurs d’emploi dans les QPV", _number(context.defm)


def _number(value: Decimal | int | None, unit: str = "") -> str:
    if value is None:
        return NOT_GIVEN
    return f"{format_number(value)}{NO_BREAK_SPACE}{unit}" if unit else format_number(value)
