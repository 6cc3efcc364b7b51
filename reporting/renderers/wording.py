"""The sentences of the first page and of the list of movements: each number with the companies it is about. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from french.numbers import counted, format_number
from french.words import NOT_APPLICABLE, short_date
from indicators.specs import Kind
from reporting import sayings
from reporting.bilan import Movement
from reporting.figures import Figure
from reporting.method.overlaps import CountedElsewhere, Overlap

COMPANIES = ("entreprise", "entreprises")


@dataclass(frozen=True)
class KeyFigure:
    """A figure of the first page: its value, and in one line what it rests on."""

    label: str
    value: str
    note: str

    @classmethod
    def of(cls, figure: Figure) -> "KeyFigure":
        """A stock shows its last known state, a yes or no how many said it."""
        is_stock = figure.kind == Kind.STOCK
        value = figure.last_known if is_stock else figure.semester
        notes = [_answers(figure), *([_carried(figure)] if figure.carried_companies else []), _variation(figure)]
        said = NOT_APPLICABLE if figure.is_not_applicable else sayings.with_unit(value, figure.unit)
        return cls(figure.label, said, "\u00a0; ".join(filter(None, notes)))


def _answers(figure: Figure) -> str:
    said = f"{counted(figure.respondents, 'réponse', 'réponses')} sur {format_number(figure.asked)}"
    return f"{said}, {format_number(figure.not_applicable)} sans objet" if figure.not_applicable else said


def _carried(figure: Figure) -> str:
    carried = sayings.with_unit(figure.carried, figure.unit)
    return f"dont {carried} repris du semestre précédent ({counted(figure.carried_companies, *COMPANIES)})"


def _variation(figure: Figure) -> str:
    """Over the companies that gave it both times, and saying so; nothing when there is nothing to compare."""
    if figure.constant is None:
        return ""
    several = figure.constant_companies > 1
    among = f"les {format_number(figure.constant_companies)} entreprises qui ont" if several else "l’entreprise qui a"
    said = sayings.change_with_unit(figure.constant, figure.unit) if figure.constant else "stable"
    return f"{said} pour {among} répondu aux deux semestres"


@dataclass(frozen=True)
class PrintedMovement:
    """A company that enters, renews or leaves, as it is printed."""

    company: str
    reference: str
    kind: str
    on: str
    outcomes: str

    @classmethod
    def of(cls, movement: Movement) -> "PrintedMovement":
        """What it brought since the launch, in one line."""
        brought = (f"{item.label}\u00a0: {sayings.with_unit(item.value, item.unit)}" for item in movement.outcomes)
        return cls(
            movement.company, movement.reference, movement.kind, short_date(movement.on), "\u00a0; ".join(brought)
        )


@dataclass(frozen=True)
class PrintedOverlap:
    """What a group gave several times, as it is printed."""

    group: str
    label: str
    gross: str
    overlap: str
    net: str

    @classmethod
    def of(cls, item: Overlap, figure: Figure | None) -> "PrintedOverlap":
        """Under the label of its figure."""
        unit = figure.counted_in if figure else ""
        return cls(
            group=item.group_name,
            label=_label(figure, item.code),
            gross=sayings.with_unit(item.gross, unit),
            overlap=sayings.with_unit(item.overlap, unit),
            net=sayings.with_unit(item.net, unit),
        )


def decisions_of(overlaps: Iterable[Overlap]) -> tuple[str, ...]:
    """What was decided of each group and why, once each: « Groupe : garder la plus grande valeur… ».

    The company that is kept may not have given an indicator: the decision says nothing of it, and its code is said.
    """
    items = list(overlaps)
    ruled = {item.group for item in items if item.ruling}
    return tuple(dict.fromkeys(_decision(item, left_open=item.group in ruled and item.is_open) for item in items))


def _decision(item: Overlap, *, left_open: bool) -> str:
    said = f"{item.group_name}\u00a0: {item.decision}"
    if left_open:
        return f"{said} pour {item.code}"
    return f"{said}. {item.reason}" if item.reason else said


@dataclass(frozen=True)
class PrintedElsewhere:
    """The part of a figure that another bilan counts too, as it is printed."""

    label: str
    value: str
    companies: str

    @classmethod
    def of(cls, item: CountedElsewhere, figure: Figure | None) -> "PrintedElsewhere":
        """Under the label of its figure."""
        unit = figure.counted_in if figure else ""
        return cls(_label(figure, item.code), sayings.with_unit(item.value, unit), ", ".join(item.companies))


def _label(figure: Figure | None, code: str) -> str:
    return figure.label if figure else code
