"""Reads the régions and départements shipped in data/ into the database; a second run changes nothing."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from territories.models import Department, Region

_Place = TypeVar("_Place", Region, Department)

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Tally:
    """How many rows a load created, changed and left alone."""

    created: int
    updated: int
    unchanged: int


@dataclass(frozen=True)
class TerritoriesLoad:
    """What load_territories did, or would do."""

    regions: Tally
    departments: Tally


@transaction.atomic
def load_territories(*, folder: Path = DATA, dry_run: bool = False) -> TerritoriesLoad:
    """Create or correct every région and département of `folder`; rows absent from the files are left alone."""
    regions = [Region(code=row["code"], name=row["name"]) for row in _rows(folder / "regions.csv")]
    departments = [
        Department(
            code=row["code"],
            name=row["name"],
            name_kind=int(row["name_kind"]),
            region_id=row["region"] or None,
            prefecture=row["prefecture"],
            time_zone=row["time_zone"],
        )
        for row in _rows(folder / "departements.csv")
    ]
    return TerritoriesLoad(
        regions=_upsert(regions, fields=("name",), dry_run=dry_run),
        departments=_upsert(
            departments,
            fields=("name", "name_kind", "region_id", "prefecture", "time_zone"),
            dry_run=dry_run,
        ),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=";")


def _upsert(rows: Sequence[_Place], *, fields: Sequence[str], dry_run: bool) -> Tally:
    """Two queries whatever the number of rows: read, then one insert-or-update of what differs."""
    if not rows:
        return Tally(created=0, updated=0, unchanged=0)
    manager = type(rows[0]).objects
    known = {code: values for code, *values in manager.values_list("code", *fields)}
    created = [row for row in rows if row.pk not in known]
    updated = [row for row in rows if row.pk in known and known[row.pk] != [getattr(row, name) for name in fields]]
    if not dry_run:
        manager.bulk_create(
            created + updated,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[name.removesuffix("_id") for name in fields],
        )
    return Tally(len(created), len(updated), len(rows) - len(created) - len(updated))
