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
                "SELECT event_object_table FROM information_schema.triggers WHERE event_manipulation = %s"
                " AND action_timing = 'BEFORE' AND trigger_name LIKE '%%only_grows%%'",
                [event],
            )
        else:
            cursor.execute(
                "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s", [f"%BEFORE {event} ON%"]
            )
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.parametrize("event", ["UPDATE", "DELETE"])
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


def test_a_trace_leaves_after_a_year_and_not_before(cast: Cast) -> None:
    now = timezone.now()
    young, old = (
        Trace.objects.create(at=now - timedelta(days=days), by=cast.referent, kind="connexion") for days in (364, 366)
    )

    refused("UPDATE accounts_trace SET by_id = NULL WHERE id = %s", old.pk)
    refused("DELETE FROM accounts_trace WHERE id = %s", young.pk)

    assert old.delete()[0] == 1
    assert Trace.objects.get() == young
