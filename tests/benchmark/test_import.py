"""What a big file costs: preview and confirmation, beside a COPY of as many rows into the same tables."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from companies.models import Company, CompanyLog
from companies.resources import CompanyResource
from companies.scoped_resource import ScopedResource
from conventions.actions.campaigns import plan
from conventions.models import Result
from conventions.resources.results import ResultResource
from demonstration import bulk
from tabular.cells import Table
from tabular.importing import ImportResult
from tabular.reading import ReadTable, read_table
from tabular.writing import to_xlsx
from territories.semester import Semester
from tests.benchmark.measures import against, once, peak_memory, timed, within
from tests.benchmark.nation import Nation, account
from tests.factories import invented_siret
from tests.pages import hidden_fields, signed_in
from workflows.tables import CREATION

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]
ROWS = 10_000
AT = datetime(2021, 7, 8, tzinfo=UTC)
NEXT = Semester(2021, 1)
HEADERS = ("SIRET", "Nom", "Catégorie", "Secteur", "NAF", "Effectif", "Adresse", "Code postal", "Commune")


def test_ten_thousand_companies(nation: Nation) -> None:
    referent = account("referent", nation.home)
    floor = timed(lambda: undone(lambda: copy_companies(referent)), 3).median
    with peak_memory() as grown:
        for name, kind in (("Société", "nouvelles"), ("Maison", "modifiées")):
            table = read_table(companies(name))
            measured(CompanyResource, referent, table, what=f"{ROWS} entreprises {kind}", floor=floor, budget=12)
    for megabytes in grown:
        within(f"les quatre, {ROWS} entreprises : mémoire", megabytes, 300, "Mo")
    assert Company.objects.filter(name__startswith="Maison ").count() == ROWS


def test_ten_thousand_companies_through_the_pages(nation: Nation, settings: Settings, tmp_path: Path) -> None:
    """The file as the référent sends it, read twice: once to be shown, once to be written."""
    settings.MEDIA_ROOT = str(tmp_path)
    referent = account("referent", nation.home)
    client, content = signed_in(referent), companies("Société")
    floor = timed(lambda: undone(lambda: copy_companies(referent)), 3).median
    pages: list[Any] = []

    def preview() -> None:
        file = SimpleUploadedFile("entreprises.xlsx", content)
        pages.append(client.post(reverse("company_import"), {"import_file": file}))

    def confirm() -> None:
        fields = {name: values[0] for name, values in hidden_fields(pages[0]).items()}
        pages.append(client.post(reverse("company_import_confirm"), fields))

    with peak_memory() as grown:
        for title, press in (("aperçu", preview), ("confirmation", confirm)):
            found = once(press)
            what = f"{title} par la page, {ROWS} entreprises"
            against(what, found.median, floor, of="COPY", budget=12)
            within(f"{what} : requêtes", found.queries, 50, "requêtes")
    for megabytes in grown:
        within(f"par les pages, {ROWS} entreprises : mémoire", megabytes, 300, "Mo")
    assert (pages[0].status_code, pages[1].status_code) == (200, 302)
    assert Company.objects.filter(name__startswith="Société ").count() == ROWS


def test_results_of_a_departement(nation: Nation) -> None:
    """A file holds 10,000 lines at most: the longest that a département sends is that of all its companies."""
    referent = account("referent", nation.home)
    plan(
        NEXT, opens_on=date(2021, 7, 1), due_on=date(2021, 7, 31), locks_on=date(2021, 9, 30), at=AT, by=account("cget")
    )
    table = read_table(results_of(nation.home))
    floor = timed(lambda: undone(lambda: copy_results(nation.home)), 3).median

    measured(ResultResource, referent, table, what=f"{len(table.lines)} résultats", floor=floor, budget=4)


def measured(
    resource: type[ScopedResource], user: User, table: ReadTable, *, what: str, floor: float, budget: float
) -> None:
    """Preview, then confirmation."""
    for title, dry_run in (("aperçu", True), ("import", False)):
        found = once(partial(imported, resource, user, table, dry_run=dry_run))
        against(f"{title} de {what}", found.median, floor, of="COPY", budget=budget)
        within(f"{title} de {what} : requêtes", found.queries, 50, "requêtes")


def imported(resource: type[ScopedResource], user: User, table: ReadTable, *, dry_run: bool) -> None:
    work = resource(user=User.objects.get(pk=user.pk), at=AT)
    result: ImportResult = work.import_data(table, dry_run=dry_run)
    assert ([str(fault) for fault in result.shown_faults], len(result.to_write)) == ([], len(table.lines))


def companies(name: str) -> bytes:
    """A workbook of 10,000 companies that are nobody's yet."""
    same = ("1 rue du Terril", "62000", "Arras")
    rows = (
        (siret(index), f"{name} {index}", "PME", "artisanat", "47.11F", index % 250, *same) for index in range(ROWS)
    )
    return to_xlsx([Table("Entreprises", HEADERS, rows)], unknown="")


def siret(index: int, *, establishment: int = 10) -> str:
    return invented_siret(1_000 + index % 5_000, establishment + index // 5_000)


def results_of(department: str) -> bytes:
    """A workbook that answers all that the companies of a département are asked in the new campaign."""
    asked = Result.objects.filter(department=department, semester=NEXT, indicator__isnull=False)
    lines = asked.values_list("submission__convention__reference", "semester", "indicator__code")
    rows = ((reference, str(semester), code, 1) for reference, semester, code in lines)
    return to_xlsx([Table("Résultats", ("Référence", "Semestre", "Indicateur", "Valeur"), rows)], unknown="")


def undone(work: Callable[[], object]) -> None:
    with transaction.atomic():
        work()
        transaction.set_rollback(True)


def copy_companies(referent: User) -> None:
    """As many companies and lines of their journal as the file has."""
    model = Company.objects.filter(department=referent.department_id).earliest("siret")
    names = [field.attname for field in Company._meta.concrete_fields]
    same = {name: getattr(model, name) for name in names}
    keys = [uuid4() for _ in range(ROWS)]
    rows = (
        (same | {"id": key, "siret": siret(number, establishment=30), "name": f"Copie {number}"}).values()
        for number, key in enumerate(keys)
    )
    bulk.write(Company, names, (tuple(row) for row in rows))
    told = ((key, AT, referent.pk, CREATION) for key in keys)
    bulk.write(CompanyLog, ("company_id", "at", "by_id", "transition"), told)


def copy_results(department: str) -> None:
    """As many results as the file has, in place of those of the campaign."""
    columns = ("submission_id", "company_id", "department_id", "semester", "indicator_id", "status", "value")
    asked = Result.objects.filter(department=department, semester=NEXT, indicator__isnull=False)
    rows = [(*row, "value", 1) for row in asked.order_by("pk").values_list(*columns[:5])]
    asked.delete()
    bulk.write(Result, columns, rows)
