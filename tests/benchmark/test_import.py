"""What 10,000 companies in a file cost: reading, preview and confirmation, beside a COPY of the same rows."""

import io
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from companies.models import Company, CompanyLog, LegalUnit
from companies.resources import CompanyResource
from tabular.cells import Table
from tabular.importing import ImportResult
from tabular.reading import ReadTable, read_table
from tabular.writing import to_xlsx
from tests.benchmark.measures import say, weighed
from tests.cast import Cast
from tests.factories import invented_siret

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]
ROWS = 10_000
AT = datetime(2019, 2, 8, tzinfo=UTC)
HEADERS = ("SIRET", "Nom", "Catégorie", "Secteur", "NAF", "Effectif", "Adresse", "Code postal", "Commune")


def content(name: str) -> bytes:
    """A workbook of 10,000 companies."""
    same = ("1 rue du Terril", "62000", "Arras")
    rows = (
        (
            _siret(index),
            f"{name} {index}",
            "PME",
            "artisanat",
            "47.11F",
            index % 250,
            *same,
        )
        for index in range(ROWS)
    )
    return to_xlsx([Table("Entreprises", HEADERS, rows)], unknown="")


def _siret(index: int) -> str:
    return invented_siret(1_000 + index % 5_000, 1 + index // 5_000)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_ten_thousand_companies(cast: Cast) -> None:
    def importing(table: ReadTable, *, dry_run: bool, name: str) -> float:
        """The time, its queries told."""
        work = CompanyResource(user=User.objects.get(pk=cast.referent.pk), at=AT)
        with CaptureQueriesContext(connection) as queries:
            results: list[ImportResult] = []
            spent = timed(lambda: results.append(work.import_data(table, dry_run=dry_run)))
        assert ([str(fault) for fault in results[0].shown_faults], len(results[0].to_write)) == ([], ROWS)
        weighed(f"{name}, requêtes", len(queries), 50, "requêtes")
        return spent

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    new, changed = content("Société"), content("Maison")
    read: list[ReadTable] = []
    began = time.process_time()
    read.append(read_table(new))
    weighed(f"lecture de {ROWS} lignes", time.process_time() - began, 3, "s")
    tables = {"nouvelles": read[0], "modifiées": read_table(changed)}
    spent_on = {}
    for kind, table in tables.items():
        spent_on[f"aperçu de {ROWS} entreprises {kind}"] = importing(table, dry_run=True, name=f"aperçu, {kind}")
        spent_on[f"import de {ROWS} entreprises {kind}"] = importing(table, dry_run=False, name=f"import, {kind}")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    weighed("mémoire du processus en plus", grown, 300, "Mo")
    assert Company.objects.filter(name__startswith="Maison ").count() == ROWS
    floor = min(copied() for _ in range(3))
    for name, spent in spent_on.items():
        say(f"{name:<46} {spent:6.2f} s   COPY {floor:5.2f} s   rapport {spent / floor:5.1f}", spent / floor, 12, "×")


def copied() -> float:
    """The time that the database itself takes to write the same rows into the same tables, with their indexes."""
    companies = Company.objects.filter(name__startswith="Maison ")
    written = list(companies.values_list(*_columns(Company)))
    numbers = set(companies.values_list("legal_unit", flat=True))
    units = LegalUnit.objects.filter(pk__in=numbers)
    firms = list(units.values_list(*_columns(LegalUnit)))
    told = list(CompanyLog.objects.filter(transition="creer").values_list(*_columns(CompanyLog)))
    _forget_the_journal()
    companies.delete()
    units.delete()
    start = time.perf_counter()
    _copy(LegalUnit, firms)
    _copy(Company, written)
    _copy(CompanyLog, told)
    return time.perf_counter() - start


def _forget_the_journal() -> None:
    """Whole: PostgreSQL refuses that a line of it goes."""
    how = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {CompanyLog._meta.db_table}")


def _columns(model: type[Company | CompanyLog | LegalUnit]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields]


def _copy(model: type[Company | CompanyLog | LegalUnit], rows: list[tuple[object, ...]]) -> None:
    """PostgreSQL copies; SQLite, which cannot, inserts one prepared statement after another."""
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), _columns(model)
    into = f"{table} ({', '.join(map(quote, names))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = ("\t".join("\\N" if cell is None else _escaped(str(cell)) for cell in row) for row in rows)
            cursor.copy_expert(f"COPY {into} FROM STDIN", io.StringIO("\n".join(lines)))
        else:
            marks = ", ".join(["%s"] * len(names))
            plain: list[list[Any]] = [
                [str(cell) if cell == {} else getattr(cell, "hex", cell) for cell in row] for row in rows
            ]
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", plain)  # noqa: S608  # our own table


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
