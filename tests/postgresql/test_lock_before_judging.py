"""What is judged cannot change before it is written: the locks come first, as only PostgreSQL can show."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from time import sleep
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction

from accounts.models import User
from companies.scoped_resource import ScopedResource
from conventions.actions.conventions import revise
from conventions.actions.entry import Saving, save_results
from conventions.answers import Answer
from conventions.models import Convention, Result, Submission
from conventions.resources.conventions import ConventionResource
from conventions.resources.results import ResultResource
from indicators.specs import Axis
from tabular.importing import ImportResult
from tabular.reading import read_table
from tests.factories import ConventionFactory, MembershipFactory, SubmissionFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]

AT = datetime(2019, 7, 15, tzinfo=UTC)
CHANGED = "Des lignes ont changé depuis l’aperçu."
T = TypeVar("T")


def meanwhile(first: Callable[[], object], second: Callable[[], T]) -> T:
    """What `second` answers when it begins before `first` is committed, and waits for it."""

    def run() -> T:
        try:
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            answer = pool.submit(run)
            while not (answer.done() or somebody_waits()):
                sleep(0.01)
        return answer.result()


def somebody_waits() -> bool:
    """Whether anybody waits for what this connection holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
        return cursor.fetchone() is not None


def confirming(resource: type[ScopedResource], user: User, content: str) -> Callable[[], ImportResult]:
    """A file that was previewed, about to be confirmed."""
    table = read_table(content.encode())
    seen = resource(user=user, at=AT).import_data(table, dry_run=True).seen
    return lambda: resource(user=user, at=AT).import_data(table, seen=seen)


def test_a_file_of_results_does_not_write_over_what_a_company_is_saving() -> None:
    referent, submission = UserFactory(referent=True), SubmissionFactory(answers={"REC-01": 12})
    member = MembershipFactory(company=submission.company).user
    result = Result.objects.get(submission=submission, indicator__code="REC-01")
    content = f"Référence;Semestre;Indicateur;Valeur\n{submission.convention.reference};2019-S1;REC-01;13\n"
    typed = Saving(submission, {result.pk: Answer(status=result.status, value=Decimal(20))}, version=submission.version)

    imported = meanwhile(
        lambda: save_results([typed], by=member, on=AT.date()), confirming(ResultResource, referent, content)
    )

    assert imported.base_errors == [CHANGED]
    assert Result.objects.get(pk=result.pk).value == 20
    assert Submission.objects.get(pk=submission.pk).version == 1


def test_a_file_of_conventions_does_not_write_over_what_a_colleague_is_saving() -> None:
    referent, draft = UserFactory(referent=True), ConventionFactory(draft=True)
    content = f"Référence;SIRET;Date d’effet;Axes\n{draft.reference};;01/01/2020;recruter\n"
    frame: dict[str, Any] = {"axes": list(Axis), "axes_reason": "", "charter": None}

    imported = meanwhile(
        lambda: revise(draft, starts_on=date(2020, 3, 1), **frame, at=AT, by=referent),
        confirming(ConventionResource, referent, content),
    )

    assert imported.base_errors == [CHANGED]
    assert Convention.objects.get(pk=draft.pk).starts_on == date(2020, 3, 1)
