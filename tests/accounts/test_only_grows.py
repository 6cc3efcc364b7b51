"""What no code of ours can undo: a line of any journal, tried by plain SQL, past all our code, on both databases."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Trace
from companies.models import CompanyLog
from tests.cast import Cast

pytestmark = pytest.mark.django_db

JOURNALS = {
    "accounts_accountact",
    "accounts_trace",
    "companies_companylog",
    "conventions_campaignlog",
    "conventions_conventionlog",
    "conventions_submissionlog",
    "indicators_cataloguedraftlog",
    "national_message",
    "national_publication",
    "reporting_arbitration",
    "reporting_bilanlog",
}


def guarded(event: str) -> set[str]:
    """The tables in which the database itself refuses this of every row, or of the last year's."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%only_grows%%'"
                " AND tgenabled = 'O' AND pg_get_triggerdef(oid) LIKE %s",
                [f"% BEFORE {event} ON %"],
            )
        else:
            cursor.execute(
                "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s", [f"%BEFORE {event} ON%"]
            )
        return {name for (name,) in cursor.fetchall()}


EVENTS = ("UPDATE", "DELETE", "TRUNCATE" if connection.vendor == "postgresql" else "INSERT")


@pytest.mark.parametrize("event", EVENTS)
def test_every_journal_is_guarded(event: str) -> None:
    assert guarded(event) >= JOURNALS
    assert {model._meta.db_table for model in apps.get_models()} > JOURNALS


def refused(statement: str, key: int) -> None:
    refusal = pytest.raises(IntegrityError, match="ne se modifie pas et ne s’efface pas")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [key])


def test_a_line_is_never_changed_nor_erased(cast: Cast) -> None:
    line = CompanyLog.objects.create(company=cast.company, at=timezone.now(), by=cast.referent, transition="suivre")

    refused("UPDATE companies_companylog SET transition = 'corriger' WHERE id = %s", line.pk)
    refused("DELETE FROM companies_companylog WHERE id = %s", line.pk)

    assert CompanyLog.objects.get().transition == "suivre"


def test_a_line_is_not_replaced(cast: Cast) -> None:
    line = CompanyLog.objects.create(company=cast.company, at=timezone.now(), by=cast.referent, transition="suivre")
    if connection.vendor == "sqlite":
        refused("INSERT OR REPLACE INTO companies_companylog SELECT * FROM companies_companylog WHERE id = %s", line.pk)
    line.transition = "corriger"

    with pytest.raises(IntegrityError), transaction.atomic():
        CompanyLog.objects.bulk_create(
            [line], update_conflicts=True, update_fields=["transition"], unique_fields=["id"]
        )

    assert CompanyLog.objects.get().transition == "suivre"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite ne vide une table que ligne après ligne.")
def test_a_journal_is_not_emptied_at_once() -> None:
    refusal = pytest.raises(IntegrityError, match="ne se modifie pas et ne s’efface pas")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE companies_companylog")


def test_a_trace_leaves_after_a_year_and_not_before(cast: Cast) -> None:
    now = timezone.now()
    young, old = (
        Trace.objects.create(at=now - timedelta(days=days), by=cast.referent, kind="connexion") for days in (364, 366)
    )

    refused("UPDATE accounts_trace SET by_id = NULL WHERE id = %s", old.pk)
    refused("DELETE FROM accounts_trace WHERE id = %s", young.pk)

    assert old.delete()[0] == 1
    assert Trace.objects.get() == young
