"""Says, word for word, what a version of the catalogue changes of another. Pure."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from french.numbers import format_number
from french.words import NO, YES
from indicators.catalogue import Catalogue
from indicators.specs import IndicatorSpec, RatioSpec, RatioTerm, Rule


class Fate(StrEnum):
    """What becomes of a few words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Words:
    """A few words in a row that share one fate."""

    fate: Fate
    text: str

    @property
    def is_removed(self) -> bool:
        """Only the text before has them."""
        return self.fate is Fate.REMOVED

    @property
    def is_added(self) -> bool:
        """Only the text after has them."""
        return self.fate is Fate.ADDED


@dataclass(frozen=True)
class Edit:
    """One thing said of a line, before and after, as one text."""

    name: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Line:
    """An indicator, a ratio or a list of the catalogue: what it is called, and all that it says, by its French name."""

    code: str
    label: str
    said: Mapping[str, str]

    @property
    def name(self) -> str:
        """What a journal calls it: its code, or the name of what has none."""
        return self.code or self.label


@dataclass(frozen=True)
class Changed:
    """A line that both versions have and that does not say the same."""

    line: Line
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Comparison:
    """Every difference between two versions; `kept` counts the lines that say the same."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    changed: tuple[Changed, ...]
    kept: int

    @property
    def total(self) -> int:
        """How many lines are added, removed or changed."""
        return len(self.added) + len(self.removed) + len(self.changed)


MOST_COMPARED = 250_000
"""Pairs of words and spaces: some pages against some pages. Beyond, it takes seconds for each text of a version."""


def compared(new: Catalogue, old: Catalogue) -> Comparison:
    """What `new` changes of `old`: indicators and ratios by code, headlines, and the order of what both have."""
    common = old.by_code.keys() & new.by_code.keys()
    after = {line.name: line for line in _lines(new, common)}
    before = {line.name: line for line in _lines(old, common)}
    both = [(line, before[name]) for name, line in after.items() if name in before]
    changed = tuple(Changed(line, _edits(line.said, was.said)) for line, was in both if line.said != was.said)
    return Comparison(
        added=tuple(line for name, line in after.items() if name not in before),
        removed=tuple(line for name, line in before.items() if name not in after),
        changed=changed,
        kept=len(both) - len(changed),
    )


def differing(before: str, after: str) -> tuple[Words, ...]:
    """Both texts as one, word for word: joined, what is kept or removed is the first, kept or added the second."""
    old, new = re.findall(r"\s+|[^\s]+", before), re.findall(r"\s+|[^\s]+", after)
    if len(old) * len(new) > MOST_COMPARED:
        return Words(Fate.REMOVED, before), Words(Fate.ADDED, after)
    found: list[Words] = []
    for _tag, start, end, begin, stop in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[begin:stop])
        if gone == come:
            found.append(Words(Fate.KEPT, gone))
        else:
            found += [Words(fate, text) for fate, text in ((Fate.REMOVED, gone), (Fate.ADDED, come)) if text]
    return tuple(found)


def _edits(after: Mapping[str, str], before: Mapping[str, str]) -> tuple[Edit, ...]:
    return tuple(Edit(name, differing(before[name], text)) for name, text in after.items() if before[name] != text)


def _lines(catalogue: Catalogue, common: Iterable[str]) -> Iterable[Line]:
    yield from (Line(spec.code, spec.label, said_of(spec)) for spec in catalogue.indicators)
    yield from (Line(ratio.code, ratio.label, _said_of_ratio(ratio)) for ratio in catalogue.ratios)
    pages = {"première page d’un bilan": catalogue.headlines.bilan, "accueil de l’agence": catalogue.headlines.nation}
    yield Line("", "Chiffres clés", {name: ", ".join(codes) for name, codes in pages.items()})
    order = ", ".join(spec.code for spec in catalogue.indicators if spec.code in common)
    yield Line("", "Ordre des indicateurs", {"ordre": order})


def said_of(spec: IndicatorSpec) -> Mapping[str, str]:
    """All that a version says of an indicator, each thing by its French name, as text."""
    return {
        "libellé": spec.label,
        "axe": spec.axis.label,
        "définition": spec.definition,
        "ce qui compte": spec.counts,
        "ce qui ne compte pas": spec.excludes,
        "type": spec.kind.label,
        "unité": spec.unit.label,
        "mots": ", ".join(spec.words or ()),
        "noyau": _yes(spec.core),
        "peut être promis": _yes(spec.targetable),
        "distinct dans une entreprise et un semestre": _yes(spec.distinct),
        "plafond": format_number(spec.ceiling) if spec.ceiling is not None else "",
        "valable à partir du": f"{spec.valid_from:%d/%m/%Y}" if spec.valid_from else "",
        "valable jusqu’au": f"{spec.valid_until:%d/%m/%Y}" if spec.valid_until else "",
        "partie de": ", ".join(spec.part_of),
        "parties qui s’excluent": _yes(spec.disjoint_parts),
        "part commune": spec.overlap,
        "contrôles": ", ".join(map(_said_of_rule, spec.rules)),
        "contrôle de vraisemblance": spec.plausibility,
        "reformulé, compte la même chose": _yes(spec.reworded),
        "origine": spec.origin.label,
        "source": spec.source,
    }


def _said_of_ratio(ratio: RatioSpec) -> Mapping[str, str]:
    return {
        "libellé": ratio.label,
        "axe": ratio.axis.label,
        "définition": ratio.definition,
        "numérateur": _sum(ratio.numerator),
        "dénominateur": _sum(ratio.denominator),
        "numérateur cumulé": _yes(ratio.cumulated_numerator),
    }


def _sum(terms: Iterable[RatioTerm]) -> str:
    signed = " ".join(f"{'+' if term.sign > 0 else '−'} {term.code}" for term in terms)
    return signed.removeprefix("+ ")


def _said_of_rule(rule: Rule) -> str:
    """As the file says it: these rules are written there only."""
    limit = "" if rule.limit is None else f"{rule.limit:f}"
    headcount = f"headcount {rule.headcount}" if rule.headcount else ""
    return " ".join(filter(None, [rule.kind.value, *rule.of, limit, headcount]))


def _yes(value: bool) -> str:  # noqa: FBT001  # what it says is the value itself
    return YES if value else NO
