"""What a rectificatif changes: every text, list and figure that differs between two versions, as printed. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from french.words import NOT_GIVEN, quantity, short_date
from reporting.bilan import BilanData, Context, Revision
from reporting.boxes import CONTEXT, asked_of
from reporting.columns import told
from reporting.method.overlaps import Overlap

NOBODY, NOTHING = "aucune entreprise", "rien"

Printed = dict[str, str]
"""What a version prints, by the label of the figure."""


def changes(old: BilanData, new: BilanData) -> tuple[Revision, ...]:
    """Everything that differs, in the order of the bilan, but the reason, which is printed with it."""
    return _compared(dict(_everything(old)), dict(_everything(new)))


def differences(old: BilanData, new: BilanData) -> tuple[Revision, ...]:
    """The same and the reason: what somebody who read the old value has not read."""
    before, after = ({**dict(_reason(data)), **dict(_everything(data))} for data in (old, new))
    return _compared(before, after)


def reads_the_same(old: BilanData, new: BilanData) -> bool:
    """True when who read the old value has read the new one: only the instant and the reason of the sending differ."""
    return _undated(old) == _undated(new)


def blank_boxes(data: BilanData) -> tuple[str, ...]:
    """The texts, lists and figures of context that the bilan prints as « non renseigné »."""
    texts = ((label, text or NOT_GIVEN) for label, text in (*_reason(data), *_written(data)))
    return tuple(label for label, text in (*texts, *_context(data.context)) if text == NOT_GIVEN)


def blank_figures(data: BilanData) -> tuple[str, ...]:
    """The indicators of which no company has given a figure for the semester."""
    return tuple(f"{figure.label} ({figure.code})" for figure in data.figures if figure.semester is None)


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
        texts={**data.texts, "rectification_reason": ""},
        sending_note="",
        versions=(),
        changes=(),
    )


def _undated(data: BilanData) -> BilanData:
    return replace(data, as_of=date.min, transmitted_at=None, sending_note="")


def _compared(before: Printed, after: Printed) -> tuple[Revision, ...]:
    labels = list(after) + [label for label in before if label not in after]
    pairs = ((label, before.get(label, NOT_GIVEN), after.get(label, NOT_GIVEN)) for label in labels)
    return tuple(
        Revision(label, was or NOT_GIVEN, is_now or NOT_GIVEN) for label, was, is_now in pairs if was != is_now
    )


def _everything(data: BilanData) -> Iterator[tuple[str, str]]:
    yield from _written(data)
    yield from _named(data)
    yield from _printed(data)


def _reason(data: BilanData) -> Iterator[tuple[str, str]]:
    """Why there is another version; nothing of the first."""
    return ((box.label, data.texts[box.name]) for box in asked_of(data.version) if box.rectificatif)


def _written(data: BilanData) -> Iterator[tuple[str, str]]:
    """The texts and the lists, by their label; an empty text is nothing."""
    typed = (box for box in asked_of(data.version) if box.is_typed and not box.rectificatif)
    yield from ((box.label, data.texts[box.name]) for box in typed)
    yield "Partenaires", _listed(f"{line.name}, {line.kind}, {line.part}".rstrip(", ") for line in data.partners)
    examples = (example for axis in data.axes for example in axis.examples)
    yield "Exemples d’actions", _listed(f"{item.company}, {item.title}\u00a0: {item.text}" for item in examples)
    yield "Conventions en vigueur", _listed(f"{line.company} ({line.reference})" for line in data.signatories)


def _named(data: BilanData) -> Iterator[tuple[str, str]]:
    """Who is waited for, who moved and what is counted twice, by name; nobody is good news, not a blank."""
    yield "Silencieuses", _listed(data.completeness.silent) or NOBODY
    yield "Reçues, non validées", _listed(data.completeness.pending) or NOBODY
    moves = (f"{line.company} ({line.reference}), {line.kind} le {short_date(line.on)}" for line in data.movements)
    yield "Entrées, renouvellements et départs", _listed(moves) or NOBODY
    yield "Ce qui serait compté deux fois", _listed(map(_overlap, data.overlaps)) or NOTHING
    flagged = (f"{item.code}, {quantity(item.value)}, {', '.join(item.companies)}" for item in data.elsewhere)
    yield "Ce qui est compté ailleurs aussi", _listed(flagged) or NOTHING


def _overlap(item: Overlap) -> str:
    decision = f"{item.decision}\u00a0: {item.reason}" if item.reason else item.decision
    return f"{item.group_name}, {item.code}, {quantity(item.overlap)} sur {quantity(item.gross)} ({decision})"


def _listed(lines: Iterable[str]) -> str:
    return "\u00a0; ".join(lines)


def _printed(data: BilanData) -> Iterator[tuple[str, str]]:
    yield "Entreprises signataires", quantity(len(data.signatories))
    counts = data.completeness
    yield "Réponses attendues", quantity(counts.expected)
    yield "Remontées reçues", quantity(counts.received)
    yield "Remontées validées", quantity(counts.validated)
    for line in data.lines:
        yield from told(line)
    for commitment in data.specific:
        yield f"{commitment.label} ({commitment.company}), cumul", quantity(commitment.cumulative, commitment.unit)
    yield from _context(data.context)


def _context(context: Context) -> Iterator[tuple[str, str]]:
    for line in CONTEXT:
        yield line.label, quantity(getattr(context, line.name))
        if line.reason:
            yield f"{line.label}, motif de l’absence", getattr(context, line.reason) or NOTHING
