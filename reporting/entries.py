"""What a bilan says, entry by entry, each by its label: texts, lists and names, figures. Pure.

A list of changes and the alarm compare two bilans by these. An entry is words, or the lines of a list: of a hundred
companies one reads those that differ, not twice the hundred.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from french.words import MONTHS, NOT_GIVEN, quantity, short_date
from reporting import sayings
from reporting.bilan import BilanData, Context, Example, Movement, Signatory, SpecificLine
from reporting.boxes import CONTEXT, ContextLine, asked_of
from reporting.columns import told
from reporting.method.overlaps import Overlap

NOBODY, NOTHING = "aucune entreprise", "rien"


@dataclass(frozen=True)
class Listed:
    """The lines of a list, and what is printed where there is none."""

    lines: tuple[str, ...]
    none: str = NOT_GIVEN

    def __str__(self) -> str:
        return joined(self.lines) or self.none


Entry = tuple[str, str | Listed]
"""What is said under a label."""


def joined(lines: Iterable[str]) -> str:
    """The lines of a list in one."""
    return "\u00a0; ".join(lines)


def reason_of(data: BilanData) -> Iterator[Entry]:
    """Why there is another version; nothing of the first."""
    return ((box.label, data.texts[box.name]) for box in asked_of(data.version) if box.rectificatif)


def written(data: BilanData) -> Iterator[Entry]:
    """What the préfecture writes and chooses."""
    typed = (box for box in asked_of(data.version) if box.is_typed and not box.rectificatif)
    yield from ((box.label, data.texts[box.name]) for box in typed)
    lines = (f"{line.name}, {line.kind}, {line.part}".rstrip(", ") for line in data.partners)
    yield "Partenaires", Listed(tuple(lines))
    examples = (_example(section.label, example) for section in data.axes for example in section.examples)
    yield "Exemples d’actions", Listed(tuple(examples))


def engaged(data: BilanData) -> Iterator[Entry]:
    """The companies of box 3."""
    yield "Conventions en vigueur", Listed(tuple(map(_signatory, data.signatories)))


def named(data: BilanData) -> Iterator[Entry]:
    """Who is waited for, who moved and what is counted twice, by name; nobody is good news, not a blank."""
    yield "Silencieuses", Listed(data.completeness.silent, NOBODY)
    yield "Reçues, non validées", Listed(data.completeness.pending, NOBODY)
    yield "Entrées, renouvellements et départs", Listed(tuple(map(_movement, data.movements)), NOBODY)
    yield "Engagements spécifiques", Listed(tuple(map(_specific, data.specific)), NOTHING)
    yield "Ce qui serait compté deux fois", Listed(tuple(map(_overlap, data.overlaps)), NOTHING)
    yield "Ce qui est compté ailleurs aussi", Listed(tuple(_elsewhere(data)), NOTHING)
    yield "Motif de l’envoi malgré des manques", data.sending_note or NOTHING


def _elsewhere(data: BilanData) -> Iterator[str]:
    """The companies counted in another bilan too, named once, each with its indicators and their values."""
    figures: dict[tuple[str, ...], list[str]] = {}
    for item in data.elsewhere:
        figures.setdefault(item.companies, []).append(f"{item.code} ({quantity(item.value)})")
    return (f"{', '.join(companies)}\u00a0: {', '.join(given)}" for companies, given in figures.items())


def counted(data: BilanData) -> Iterator[Entry]:
    """The figures, in the order of the bilan."""
    yield "Entreprises signataires", quantity(len(data.signatories))
    for month in data.signatures:
        said = f"{quantity(month.conventions)}, dont {quantity(month.from_charter)} issues d’une charte"
        yield f"Conventions signées en {_month(month.month)}", said
    yield "Chartes à convertir", quantity(data.charters_left)
    counts = data.completeness
    yield "Remontées attendues", quantity(counts.expected)
    yield "Remontées reçues", quantity(counts.received)
    yield "Remontées en retard", quantity(counts.late)
    yield "Remontées validées", quantity(counts.validated)
    for section in data.axes:
        yield f"{section.label}, entreprises engagées", quantity(section.companies)
    for line in data.lines:
        yield from told(line)
    for commitment in data.specific:
        yield f"{commitment.label} ({commitment.company}), cumul", quantity(commitment.cumulative, commitment.unit)
    yield from context(data.context)


def context(said: Context) -> Iterator[Entry]:
    """Box 6: each figure, why it is not there, and where it comes from."""
    for line in CONTEXT:
        yield line.label, quantity(getattr(said, line.name))
        if line.reason:
            yield f"{line.label}, motif de l’absence", getattr(said, line.reason) or NOTHING


def sources(said: Context) -> Iterator[Entry]:
    """Where the figures of box 6 come from and of when they are; not asked of who has no figure."""
    return ((f"{line.label}, source et date", _source(said, line)) for line in CONTEXT)


def categories(said: Context, line: ContextLine) -> str:
    """« catégories A, B, C »: which of the job seekers are counted; empty for the other figures of box 6."""
    letters: str = getattr(said, line.category) if line.category else ""
    return letters and f"catégories {letters}"


def absence(said: Context, line: ContextLine) -> str:
    """Why a figure of box 6 is not there; empty when it is, and when nobody said."""
    reason: str = getattr(said, line.reason) if line.reason and getattr(said, line.name) is None else ""
    return reason


def _month(code: str) -> str:
    """« février 2019 » for « 2019-02 »."""
    year, month = code.split("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def _source(said: Context, line: ContextLine) -> str:
    moment = getattr(said, line.dated) if line.dated else None
    parts = (getattr(said, line.source), categories(said, line), "" if moment is None else str(moment))
    return ", ".join(filter(None, parts)) or NOTHING


def departure_of(line: Signatory) -> str:
    """« résiliée le 31/05/2019 », as far as it is known; empty while it stays."""
    return f"{line.departure} le {short_date(line.left_on)}" if line.left_on else line.departure


def _signatory(line: Signatory) -> str:
    """What box 3 prints of it; not the end foreseen, which a later termination moves without touching this semester."""
    parts = (
        line.siret,
        line.category,
        line.town,
        " et ".join(line.axes),
        f"signée le {short_date(line.signed_on)}",
        f"charte {line.charter}" if line.charter else "nouvelle",
        "" if line.conventions == 1 else f"{line.conventions} conventions",
        "" if line.stays else departure_of(line) or "partie avant le dernier jour",
    )
    return f"{line.company} ({line.reference}), {', '.join(filter(None, parts))}"


def _example(axis: str, example: Example) -> str:
    teller = example.company or "la préfecture"
    consent = " (publication acceptée)" if example.publishable else ""
    return f"{axis}, {teller}, {example.title}\u00a0: {example.text}{consent}"


def _movement(line: Movement) -> str:
    brought = (f"{item.label} {sayings.with_unit(item.value, item.unit)}" for item in line.outcomes)
    said = f"{line.company} ({line.reference}), {line.kind} le {short_date(line.on)}"
    return ", ".join((said, *brought))


def _specific(line: SpecificLine) -> str:
    return f"{line.company}, {line.label}, objectif {quantity(line.target, line.unit)}"


def _overlap(item: Overlap) -> str:
    decision = f"{item.decision}\u00a0: {item.reason}" if item.reason else item.decision
    return f"{item.group_name}, {item.code}, {quantity(item.overlap)} sur {quantity(item.gross)} ({decision})"
