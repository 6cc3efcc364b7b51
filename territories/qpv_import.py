"""Writes a list of QPV into the database in one transaction; importing the same file twice changes nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from territories.models import Department, Qpv, QpvCommune
from territories.qpv_file import Oddity, read_qpv_file
from territories.qpv_parsing import Commune, QpvRow, parse_qpv_file

_FIELDS = ("geography", "name", "department_id", "epci_siren", "epci_name")


@dataclass(frozen=True)
class QpvImport:
    """What became of every row of the file: read = created + updated + unchanged + set aside."""

    created: int
    updated: int
    unchanged: int
    set_aside: int
    by_department: Mapping[str, int]
    oddities: tuple[Oddity, ...]

    @property
    def read(self) -> int:
        """Rows of the file that are not blank."""
        return self.created + self.updated + self.unchanged + self.set_aside


@dataclass
class _Plan:
    """The rows to write, sorted by what they change."""

    created: list[QpvRow] = field(default_factory=list)
    updated: list[QpvRow] = field(default_factory=list)
    unchanged: list[QpvRow] = field(default_factory=list)


@transaction.atomic
def import_qpv(content: bytes, *, dry_run: bool = False) -> QpvImport:
    """Read the bytes of an official list and write it. Raises UnreadableFileError when nothing can be read.

    A row whose département is not loaded is set aside and reported; columns absent from the file are left as they are.
    """
    listed = parse_qpv_file(read_qpv_file(content))
    oddities = list(listed.oddities)
    rows = _with_department(listed.rows, oddities)
    plan = _plan(rows)
    if not dry_run:
        _write(plan.created + plan.updated)
    return QpvImport(
        created=len(plan.created),
        updated=len(plan.updated),
        unchanged=len(plan.unchanged),
        set_aside=listed.set_aside + len(listed.rows) - len(rows),
        by_department=dict(sorted(Counter(row.department for row in rows).items())),
        oddities=tuple(sorted(oddities, key=lambda oddity: oddity.line)),
    )


def _with_department(rows: Sequence[QpvRow], oddities: list[Oddity]) -> list[QpvRow]:
    """Keep the rows of a known département; the région of the file is only compared, never stored."""
    region_of = dict(Department.objects.values_list("code", "region_id"))
    kept = []
    for row in rows:
        if row.department not in region_of:
            remark = f"département {row.department} inconnu du portail, ligne mise de côté."
            oddities.append(Oddity(row.line, "code_qp", row.code, remark))
            continue
        region = region_of[row.department]
        if row.region and region and row.region != region:
            remark = f"le département {row.department} est dans la région {region}, valeur ignorée."
            oddities.append(Oddity(row.line, "insee_reg", row.region, remark))
        kept.append(row)
    return kept


def _plan(rows: Sequence[QpvRow]) -> _Plan:
    known = {code: tuple(values) for code, *values in Qpv.objects.values_list("code", *_FIELDS)}
    communes: dict[str, list[Commune]] = {}
    for code, insee_code, name in QpvCommune.objects.values_list("qpv__code", "insee_code", "name"):
        communes.setdefault(code, []).append(Commune(insee_code, name))
    plan = _Plan()
    for row in rows:
        if row.code not in known:
            plan.created.append(row)
        elif _values(row, known[row.code]) == known[row.code] and (
            row.communes is None or list(row.communes) == sorted(communes.get(row.code, []))
        ):
            plan.unchanged.append(row)
        else:
            plan.updated.append(row)
    return plan


def _values(row: QpvRow, current: tuple[str, ...]) -> tuple[str, ...]:
    """The row as the database would hold it; without an EPCI column, the current EPCI stays."""
    epci = row.epci if row.epci is not None else current[3:]
    return (row.geography, row.name, row.department, *epci)


def _write(rows: Sequence[QpvRow]) -> None:
    """Insert or correct the rows and replace their communes, in bulk."""
    if not rows:
        return
    with_epci = ["epci_siren", "epci_name"] if any(row.epci is not None for row in rows) else []
    Qpv.objects.bulk_create(
        [_qpv(row) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["geography", "name", "department", *with_epci],
    )
    located = [row for row in rows if row.communes is not None]
    ids = dict(Qpv.objects.values_list("code", "pk"))
    QpvCommune.objects.filter(qpv__in=[ids[row.code] for row in located]).delete()
    QpvCommune.objects.bulk_create(
        QpvCommune(qpv_id=ids[row.code], insee_code=commune.insee_code, name=commune.name)
        for row in located
        for commune in row.communes or ()
    )


def _qpv(row: QpvRow) -> Qpv:
    siren, name = row.epci or ("", "")
    return Qpv(
        code=row.code,
        geography=row.geography,
        name=row.name,
        department_id=row.department,
        epci_siren=siren,
        epci_name=name,
    )
