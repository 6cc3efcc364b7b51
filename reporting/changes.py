"""What a rectificatif changes: every text, list and figure that differs between two versions, as printed. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from french.numbers import counted
from french.words import NOT_GIVEN, quantity
from reporting import entries
from reporting.bilan import BilanData, Revision
from reporting.columns import told
from reporting.entries import Entry, Listed
from reporting.figures import Figure, RatioFigure
from reporting.rows import Said, long

ABSENT = "absent de la liste"
"""Of a line of a list that one of two versions does not have."""


@dataclass(frozen=True)
class Drift:
    """What was sent and is no longer true: the figures, then the lists and names."""

    figures: tuple[Revision, ...] = ()
    lists: tuple[Revision, ...] = ()

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """All of them."""
        return (*self.figures, *self.lists)

    @property
    def sentence(self) -> str:
        """« 3 chiffres et 1 liste ont changé »; nothing changed: nothing is said."""
        parts = [
            counted(len(self.figures), "chiffre", "chiffres") if self.figures else "",
            counted(len(self.lists), "liste", "listes") if self.lists else "",
        ]
        verb = "a" if len(self.revisions) == 1 else "ont"
        return f"{' et '.join(filter(None, parts))} {verb} changé" if self.revisions else ""


def changes(old: BilanData, new: BilanData) -> tuple[Revision, ...]:
    """Everything that differs, in the order of the bilan, but the reason, which is printed with it."""
    return (*_compared(_everything(old), _everything(new)), *_elsewhere(old, new))


def drift(sent: BilanData, live: BilanData) -> Drift:
    """What is no longer true of what was sent. What the préfecture wrote and chose stands as it wrote it."""
    figures = (*_compared(entries.counted(sent), entries.counted(live)), *_elsewhere(sent, live))
    lists = _compared(_lists(sent), _lists(live))
    return Drift(figures, lists)


def differences(old: BilanData, new: BilanData) -> tuple[Revision, ...]:
    """The same and the reason: what somebody who read the old value has not read."""
    reasons = _compared(entries.reason_of(old), entries.reason_of(new))
    return (*reasons, *changes(old, new))


def reads_the_same(old: BilanData, new: BilanData) -> bool:
    """True when who read the old value has read the new one: only the instant and the reason of the sending differ."""
    return _undated(old) == _undated(new)


def blank_boxes(data: BilanData) -> tuple[str, ...]:
    """The texts, lists and figures of context that the bilan prints as « non renseigné »."""
    said = (*entries.reason_of(data), *entries.written(data), *entries.engaged(data), *entries.context(data.context))
    return tuple(label for label, entry in said if _whole(entry) == NOT_GIVEN)


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
    """What changed since the version before follows from the rest, but for the reason of the sending that it quotes."""
    return replace(data, as_of=date.min, transmitted_at=None, sending_note="", changes=())


def _everything(data: BilanData) -> Iterator[Entry]:
    yield from entries.written(data)
    yield from _lists(data)
    yield from entries.counted(data)
    yield from entries.sources(data.context)


def _lists(data: BilanData) -> Iterator[Entry]:
    yield from entries.engaged(data)
    yield from entries.named(data)


def _compared(old: Iterable[Entry], new: Iterable[Entry]) -> tuple[Revision, ...]:
    """The entries that differ, in the order of the new version, then those that it no longer has."""
    before, after = dict(old), dict(new)
    labels = [*after, *(label for label in before if label not in after)]
    pairs = ((label, before.get(label, NOT_GIVEN), after.get(label, NOT_GIVEN)) for label in labels)
    return tuple(_revision(label, was, is_now) for label, was, is_now in pairs if _differ(was, is_now))


def _differ(was: str | Listed, is_now: str | Listed) -> bool:
    """Two orders of the same lines say the same."""
    if isinstance(was, Listed) and isinstance(is_now, Listed):
        return Counter(was.lines) != Counter(is_now.lines)
    return was != is_now


def _revision(label: str, was: str | Listed, is_now: str | Listed) -> Revision:
    if isinstance(was, Listed) and isinstance(is_now, Listed):
        return Revision(label, _only(was, is_now), _only(is_now, was))
    return Revision(label, _whole(was), _whole(is_now))


def _whole(said: str | Listed) -> str:
    return str(said) or NOT_GIVEN


def _only(one: Listed, other: Listed) -> str:
    """The lines that the other list does not have."""
    own = Counter(one.lines) - Counter(other.lines)
    if own:
        return entries.joined(own.elements())
    return ABSENT if one.lines else one.none


def _elsewhere(old: BilanData, new: BilanData) -> Iterator[Revision]:
    """The columns of files that differ, of a line of which nothing that is told does: a count of companies, mostly."""
    before = {line.code: line for line in old.lines}
    for line in new.lines:
        was = before.get(line.code)
        if was is not None and was != line and tuple(told(was)) == tuple(told(line)):
            yield from _cells(was, line)


def _cells(was: Figure | RatioFigure, is_now: Figure | RatioFigure) -> Iterator[Revision]:
    if was.definition != is_now.definition:
        yield Revision(f"{is_now.label} ({is_now.code}), définition", was.definition, is_now.definition)
    before = {said.column.file: said for said in long(was)}
    for said in long(is_now):
        old = before.get(said.column.file)
        if old and old != said:
            yield Revision(f"{is_now.label} ({is_now.code}), {said.column.file.lower()}", _number(old), _number(said))


def _number(said: Said) -> str:
    return said.status if said.value is None else quantity(said.value.value)
