"""A published version of the catalogue, read from its TOML file: the indicators and ratios that exist. Pure."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

from indicators.document import CatalogueError, Table, read_document
from indicators.integrity import problems
from indicators.specs import Axis, Headlines, IndicatorSpec, Kind, Origin, RatioSpec, RatioTerm, Rule, RuleKind, Unit

__all__ = [
    "Axis",
    "Catalogue",
    "CatalogueError",
    "IndicatorSpec",
    "Kind",
    "Origin",
    "RatioSpec",
    "RatioTerm",
    "Rule",
    "RuleKind",
    "Unit",
    "available_versions",
    "drafted",
    "fingerprint_of",
    "load_catalogue",
    "read_catalogue",
    "shipped",
]

FOLDER = Path(__file__).resolve().parent / "catalogues"


@dataclass(frozen=True)
class Catalogue:
    """One immutable version, pinned by each convention."""

    version: str
    title: str
    published_on: date
    fingerprint: str
    indicators: tuple[IndicatorSpec, ...]
    ratios: tuple[RatioSpec, ...]
    headlines: Headlines

    @property
    def problems(self) -> list[str]:
        """Every contradiction in it, in French; an empty list means that it can be published."""
        return problems(self.indicators, self.ratios, self.headlines)

    @cached_property
    def by_code(self) -> Mapping[str, IndicatorSpec]:
        """Indicators by code."""
        return {indicator.code: indicator for indicator in self.indicators}

    def indicator(self, code: str) -> IndicatorSpec:
        """The indicator of this code. Raises CatalogueError when the version has none."""
        try:
            return self.by_code[code]
        except KeyError:
            raise CatalogueError(f"L’indicateur {code} n’existe pas dans le catalogue {self.version}.") from None

    def parts_of(self, code: str) -> tuple[IndicatorSpec, ...]:
        """The indicators declared as parts of this one."""
        return tuple(indicator for indicator in self.indicators if code in indicator.part_of)

    def family(self, code: str) -> frozenset[str]:
        """The indicators tied to this one by « dont », near or far, itself included: their figures must agree."""
        ties = {(indicator.code, whole) for indicator in self.indicators for whole in indicator.part_of}
        found, reached = frozenset[str](), frozenset({code})
        while found != reached:
            found = reached
            reached = found | {other for tie in ties if found.intersection(tie) for other in tie}
        return found

    def needed_by(self, codes: Collection[str]) -> frozenset[str]:
        """These codes, and what the figures and ratios built on them cannot do without: denominators and overlaps."""
        found, reached = frozenset[str](), frozenset(codes)
        while found != reached:
            found = reached
            needed = {code for ratio in self.ratios if ratio.added & found for code in ratio.needed}
            overlaps = {spec.overlap for spec in self.indicators if spec.code in found and spec.overlap}
            reached = found | needed | overlaps
        return found

    def valid_during(self, start: date, end: date) -> tuple[IndicatorSpec, ...]:
        """The indicators that make sense on at least one day of the period."""
        return tuple(indicator for indicator in self.indicators if indicator.valid_during(start, end))

    def required(
        self, axes: Collection[Axis], targeted_codes: Collection[str] = (), *, during: tuple[date, date] | None = None
    ) -> tuple[IndicatorSpec, ...]:
        """What a company must answer: the core of its axes, the complements on which it has a target, what both need.

        `during` (first and last day) leaves out what is not valid in that period.
        """
        candidates = self.valid_during(*during) if during else self.indicators
        chosen = {
            indicator.code
            for indicator in candidates
            if indicator.axis in axes and (indicator.core or indicator.code in targeted_codes)
        }
        needed = self.needed_by(chosen)
        return tuple(indicator for indicator in candidates if indicator.code in needed)


def available_versions() -> tuple[str, ...]:
    """The versions that the portal ships, oldest name first."""
    return tuple(sorted(path.stem.replace("_", "-") for path in FOLDER.glob("*.toml")))


def shipped(version: str) -> bytes:
    """The file of a version that the portal ships. Raises CatalogueError when it ships none of this name."""
    if version not in available_versions():
        raise CatalogueError(f"Le catalogue «\u00a0{version}\u00a0» n’existe pas.")
    return (FOLDER / f"{version.replace('-', '_')}.toml").read_bytes()


@cache
def load_catalogue(version: str) -> Catalogue:
    """A version that the portal ships, read once per process. Raises CatalogueError: unknown, or contradictory."""
    return read_catalogue(shipped(version))


def read_catalogue(content: bytes) -> Catalogue:
    """Read and check the bytes of a catalogue file. Raises CatalogueError with everything that is wrong in it."""
    catalogue = drafted(content)
    found = catalogue.problems
    if found:
        raise CatalogueError("\n".join(found))
    return catalogue


def drafted(content: bytes) -> Catalogue:
    """Read a file that may still contradict itself. Raises CatalogueError with everything that cannot be read."""
    document = read_document(content)
    return Catalogue(
        version=document["version"],
        title=document["title"],
        published_on=document["published_on"],
        fingerprint=fingerprint_of(content),
        indicators=tuple(
            _indicator(row, position, document["ceilings"])
            for position, row in _numbered(document.get("indicator", []))
        ),
        ratios=tuple(_ratio(row, position) for position, row in _numbered(document.get("ratio", []))),
        headlines=Headlines(**{page: tuple(codes) for page, codes in document["headlines"].items()}),
    )


def fingerprint_of(content: bytes) -> str:
    """SHA-256 of a file, which names the version for good."""
    return hashlib.sha256(content).hexdigest()


def _numbered(rows: Iterable[Table]) -> Iterable[tuple[int, Table]]:
    return enumerate(rows, start=1)


def _indicator(row: Table, position: int, ceilings: Mapping[str, int]) -> IndicatorSpec:
    ceiling = row.get("ceiling", ceilings.get(row["unit"]))
    words = row.get("words")
    converted = {
        "axis": Axis(row["axis"]),
        "kind": Kind(row["kind"]),
        "unit": Unit(row["unit"]),
        "origin": Origin[row["origin"].upper()],
        "part_of": tuple(row.get("part_of", ())),
        "ceiling": None if ceiling is None else Decimal(ceiling),
        "words": None if words is None else tuple(words),
        "rules": tuple(_rule(rule) for rule in row.get("rules", ())),
    }
    return IndicatorSpec(position=position, **(row | converted))


def _rule(row: Table) -> Rule:
    limit = row.get("limit")
    return Rule(
        kind=RuleKind(row["kind"]),
        of=tuple(row.get("of", ())),
        limit=None if limit is None else Decimal(limit),
        headcount=row.get("headcount", 0),
    )


def _ratio(row: Table, position: int) -> RatioSpec:
    converted = {
        "axis": Axis(row["axis"]),
        "numerator": _terms(row["numerator"]),
        "denominator": _terms(row["denominator"]),
    }
    return RatioSpec(position=position, **(row | converted))


def _terms(codes: Iterable[str]) -> tuple[RatioTerm, ...]:
    """« ACH-05 » is added, « -ACH-05 » is subtracted."""
    return tuple(RatioTerm(-1 if code.startswith("-") else 1, code.removeprefix("-")) for code in codes)
