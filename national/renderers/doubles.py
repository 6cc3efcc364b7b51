"""What stands beside the totals: what would be counted twice, commitments of one company. Listed, never added. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from national.value import Consolidated
from reporting.bilan import BilanData, SpecificLine
from reporting.renderers.listing import NUMBERS, OVERLAP_HEADERS, Double
from reporting.renderers.wording import PrintedElsewhere, PrintedOverlap, decisions_of


def decisions(data: Consolidated) -> tuple[str, ...]:
    """What each département decided of its groups."""
    return tuple(
        f"{share}, {said}"
        for share, bilan in data.sent
        for said in decisions_of(item for item in bilan.overlaps if item.ruling or item.is_open)
    )


def doubles(data: Consolidated) -> list[Double]:
    """Of each département a table of what its groups gave several times, then one of what another bilan counts too."""
    return [table for share, bilan in data.sent for table in _of(str(share), share.code, bilan) if table.rows]


def _of(place: str, code: str, bilan: BilanData) -> Iterator[Double]:
    given = (PrintedOverlap.of(item, bilan.figure(item.code)) for item in bilan.overlaps if item.matters)
    yield Double(
        f"recoupements-{code}",
        f"{NUMBERS} bilan-overlaps",
        f"{place}\u00a0: brut, recoupement et net",
        OVERLAP_HEADERS,
        tuple((f"{line.group}\u00a0: {line.label}", (line.gross, line.overlap, line.net)) for line in given),
    )
    counted = (PrintedElsewhere.of(item, bilan.figure(item.code)) for item in bilan.elsewhere)
    yield Double(
        f"ailleurs-{code}",
        f"{NUMBERS} bilan-elsewhere",
        f"{place}\u00a0: comptés ailleurs aussi",
        ("Valeur",),
        tuple((f"{line.companies}\u00a0: {line.label}", (line.value,)) for line in counted),
    )


def specific(data: Consolidated) -> list[SpecificLine]:
    """The commitments outside the catalogue, each with the département of its company."""
    return [replace(line, company=f"{line.company}, {share}") for share, bilan in data.sent for line in bilan.specific]
