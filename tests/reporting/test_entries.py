"""Everything that a bilan prints is compared: each of its values is changed in turn, and each change is told."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from reporting.bilan import BilanData, MonthSigned, Movement, Revision
from reporting.changes import changes, drift
from reporting.method.overlaps import CountedElsewhere, Overlap, Ruling, Share
from reporting.rows import Said, long
from tests.reporting.samples import sample

GROUP = Overlap(
    "000999771",
    "Groupe Terril",
    "REC-01",
    (Share("A", Decimal(9)), Share("B", Decimal(3))),
    Decimal(3),
    Ruling.LARGEST.value,
    "",
    "Filiale comprise.",
)
FULL = replace(
    sample(),
    overlaps=(GROUP,),
    elsewhere=(CountedElsewhere("REC-01", Decimal(9), ("A (convention nationale)",)),),
    signatures=(MonthSigned("2019-02", 3, 1),),
    charters_left=4,
)
UNTOLD = {
    "schema|semester|version|versions|changes": "which bilan it is, and what is told of it",
    r"place\.\w+": "the département, which is its address",
    "as_of|transmitted_at": "the day of its figures",
    r"texts\.rectification_reason": "printed above the list of changes",
    "launch|provisional|comparable": "how figures are counted: these then differ",
    r"headlines.*": "which figures come first",
    r"signatories\[\d\]\.(starts_on|ends_on)": "a later termination belongs to its own semester",
    r"signatories\[\d\]\.departure": "printed of who left only",
    r"signatories\[\d\]\.(sector|naf)": "what the company is, beside what it signed: the agency sorts by it",
    r"axes\[\d\]\.axis": "the code of a label",
    r"axes\[\d\]\.(figures|ratios)\[\d+\]\.(core|depth|rank|apart|distinct|counted_in)": "of the catalogue",
    r"axes\[\d\]\.examples\[\d\]\.origin": "an example of the préfecture names no company",
    r"overlaps\[\d\]\.(group|kept|shares.*)": "it has a name, what is kept is in its decision, shares in its gross",
}
"""What may differ without being told, and why."""


CODES = {Ruling.LARGEST.value: Ruling.SUM.value, "2019-02": "2019-03"}
"""Texts that cannot be any other."""


def otherwise(value: object) -> object:
    """Another value of the same type; itself when nobody can say which."""
    match value:
        case bool():
            return not value
        case str():
            return CODES.get(value, value + "x")
        case int() | Decimal() | Fraction():
            return value + 1
        case date():
            return value + timedelta(days=1)
    return value


def parts(value: Any) -> Iterator[tuple[str | int, Any]]:  # Any: a tree of dataclasses
    """What a value is made of, the first and the last line of a list, each with its key."""
    if is_dataclass(value) and not isinstance(value, type):
        yield from ((field.name, getattr(value, field.name)) for field in fields(value))
    elif isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from ((at, value[at]) for at in sorted({0, len(value) - 1}) if value)


def put(value: Any, key: str | int, part: object) -> Any:  # Any: a tree of dataclasses
    """The same value with another part there."""
    if isinstance(key, int):
        return (*value[:key], part, *value[key + 1 :])
    return {**value, key: part} if isinstance(value, dict) else replace(value, **{key: part})


def mutants(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # Any: a tree of dataclasses
    """The same tree with one leaf that is another, or one line less, each with where."""
    if isinstance(value, tuple) and value:
        yield f"{path}[-1]", value[:-1]
    for key, part in parts(value):
        for where, other in mutants(part, f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}"):
            yield where, put(value, key, other)
    if (other := otherwise(value)) != value:
        yield path, other


def is_untold(where: str) -> bool:
    return any(re.fullmatch(f"({pattern})", where) for pattern in UNTOLD)


def measures(data: BilanData) -> list[list[Said]]:
    """What files say of each line."""
    return [list(long(line)) for line in data.lines]


def test_everything_that_differs_is_told() -> None:
    found = [(where.lstrip("."), other) for where, other in mutants(FULL) if not changes(FULL, other)]
    rows = measures(FULL)

    unexplained = [where for where, other in found if not is_untold(where) and measures(other) != rows]
    elsewhere = [where for where, _ in found if not is_untold(where) and ".figures[" not in where]
    assert unexplained == elsewhere == []


def test_a_list_tells_the_lines_that_differ_only() -> None:
    first, second, third = FULL.signatories
    new = replace(FULL, signatories=(first, replace(second, company="Renommée", charter=""), third))
    less = replace(FULL, signatories=(first, second))

    assert changes(FULL, new) == (
        Revision(
            "Conventions en vigueur",
            "Ateliers Terril 001 (PAQTE-62-2019-001), 00090000000001, TPE, Arras, Sensibiliser et Former, "
            "signée le 08/02/2019, nouvelle",
            "Renommée (PAQTE-62-2019-001), 00090000000001, TPE, Arras, Sensibiliser et Former, "
            "signée le 08/02/2019, nouvelle",
        ),
    )
    (gone, count) = changes(FULL, less)
    assert (gone.old[:19], gone.new) == ("Ateliers Terril 002", "absent de la liste")
    assert count == Revision("Entreprises signataires", "3", "2")


def test_the_same_lines_in_another_order_say_the_same() -> None:
    assert changes(FULL, replace(FULL, partners=FULL.partners[::-1])) == ()


def test_a_count_of_companies_alone_is_told_by_the_header_of_its_column() -> None:
    figure = replace(FULL.axes[2].figures[0], cumulative_companies=2)
    axis = replace(FULL.axes[2], figures=(figure, *FULL.axes[2].figures[1:]))

    assert changes(FULL, replace(FULL, axes=(*FULL.axes[:2], axis, FULL.axes[3]))) == (
        Revision("Recrutements (REC-01), entreprises du cumul", "3", "2"),
    )


def later(**changed: Any) -> BilanData:  # Any: fields of a bilan
    return replace(FULL, **changed)


@pytest.mark.parametrize(
    ("live", "sentence"),
    [
        (later(), ""),
        (later(charters_left=3), "1 chiffre a changé"),
        (later(partners=(), texts={**FULL.texts, "strategy": "Une autre."}), ""),
        (later(movements=(Movement("B", "PAQTE-62-2019-001", "résiliée", date(2019, 6, 1), ()),)), "1 liste a changé"),
        (later(signatories=FULL.signatories[:2]), "1 chiffre et 1 liste ont changé"),
        (
            later(charters_left=3, completeness=replace(FULL.completeness, received=3, silent=())),
            "2 chiffres et 1 liste ont changé",
        ),
    ],
)
def test_the_alarm_counts_figures_and_lists_and_no_text(live: BilanData, sentence: str) -> None:
    assert drift(FULL, live).sentence == sentence
