"""Reads the lists and texts of the demonstration from data/. Pure: nothing here touches the database."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from stdnum import luhn

from indicators.specs import Axis
from territories.semester import Semester

DATA = Path(__file__).resolve().parent / "data"
AXES = {"S": Axis.SENSIBILISER, "F": Axis.FORMER, "R": Axis.RECRUTER, "A": Axis.ACHETER}


def invented_siret(number: int, establishment: int = 1) -> str:
    """A SIRET with valid keys on a SIREN 0009xxxxx, a series that no real company has; `number` is below 10,000."""
    siren = f"0009{number:04d}"
    siren += luhn.calc_check_digit(siren)
    body = f"{siren}{establishment:04d}"
    return body + luhn.calc_check_digit(body)


@dataclass(frozen=True)
class CompanySource:
    """A line of companies.csv; `courses` says, by semester, how the company's submission went."""

    department: str
    number: int
    name: str
    category: str
    sector: str
    naf: str
    headcount: int
    postcode: str
    town: str
    axes: tuple[Axis, ...]
    starts_on: date | None
    place: str
    charter: str
    state: str
    courses: Mapping[str, str]

    @property
    def siret(self) -> str:
        """An invented number with a valid key."""
        return invented_siret(self.number)

    @property
    def is_small(self) -> bool:
        """A TPE: nobody there but the owner fills in forms."""
        return self.category == "TPE"


@dataclass(frozen=True)
class BilanSource:
    """The texts of one bilan; the dates say how far it went."""

    semester: Semester
    started_on: date
    organisation: str
    strategy: str
    obstacles: str
    essentials: str
    transmitted_on: date | None = None
    sending_note: str = ""
    rectified_on: date | None = None
    rectification_reason: str = ""
    rectified_note: str = ""


@dataclass(frozen=True)
class ExampleSource:
    """A concrete action told in a submission; {REC-02} in its text is what the same submission says of REC-02."""

    semester: str
    company: int
    axis: str
    title: str
    text: str


@dataclass(frozen=True)
class DepartmentSource:
    """The file of a département: its marker word, its context, its partners and its texts."""

    code: str
    marker: str
    phone: str
    context: Mapping[str, Any]  # Any: one type per figure
    partners: tuple[Mapping[str, str], ...]
    bilans: tuple[BilanSource, ...]
    examples: tuple[ExampleSource, ...]
    own_examples: tuple[Mapping[str, str], ...]


@cache
def companies() -> tuple[CompanySource, ...]:
    """Every company of the three départements, in the order of their signature."""
    return tuple(_company(row) for row in _rows("companies.csv"))


@cache
def yearly_targets() -> Mapping[str, Mapping[str, Decimal]]:
    """First-year target by indicator, then by category; a category without a figure has no target on it."""
    return {
        row["code"]: {key: Decimal(value) for key, value in row.items() if key != "code" and value}
        for row in _rows("targets.csv")
    }


@cache
def department(code: str) -> DepartmentSource:
    """The texts of one département."""
    content = tomllib.loads((DATA / f"{code}.toml").read_text(encoding="utf-8"))
    return DepartmentSource(
        code=content["code"],
        marker=content["marker"],
        phone=content["phone"],
        context=content["context"],
        partners=tuple(content["partner"]),
        bilans=tuple(_bilan(row) for row in content["bilan"]),
        examples=tuple(ExampleSource(**row) for row in content["example"]),
        own_examples=tuple(content.get("own_example", ())),
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def _company(row: dict[str, str]) -> CompanySource:
    return CompanySource(
        department=row["department"],
        number=int(row["number"]),
        name=row["name"],
        category=row["category"],
        sector=row["sector"],
        naf=row["naf"],
        headcount=int(row["headcount"]),
        postcode=row["postcode"],
        town=row["town"],
        axes=tuple(AXES[letter] for letter in row["axes"]),
        starts_on=date.fromisoformat(row["starts_on"]) if row["starts_on"] else None,
        place=row["place"],
        charter=row["charter"],
        state=row["state"],
        courses={semester: row[semester] for semester in ("2019-S1", "2019-S2", "2020-S1") if row[semester]},
    )


def _bilan(row: dict[str, Any]) -> BilanSource:  # Any: TOML values
    texts: dict[str, Any] = {  # Any: TOML values
        key: value.strip() if isinstance(value, str) else value for key, value in row.items()
    }
    return BilanSource(**(texts | {"semester": Semester.parse(row["semester"])}))
