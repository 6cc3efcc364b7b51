"""Files of conventions and results: judged in a few questions, whatever the rows, and never twice the same row."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from conventions.models import Convention, ConventionLog
from conventions.resources.conventions import ConventionResource
from conventions.resources.results import ResultResource
from tabular.importing import ImportResult
from tabular.reading import read_table
from tests.cast import Cast
from tests.factories import CompanyFactory, ConventionFactory, SubmissionFactory

FRAME = "Référence;SIRET;Date d’effet;Axes\n"
LINES = "Référence;Semestre;Indicateur;Valeur\n"
AT = datetime(2019, 7, 15, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def previewed(
    resource: type[ConventionResource | ResultResource], user: User, content: str
) -> tuple[ImportResult, int]:
    """What the preview says, and how many questions it asked: none of them writes or locks."""
    work = resource(user=User.objects.get(pk=user.pk), at=AT)
    with CaptureQueriesContext(connection) as queries:
        result = work.import_data(read_table(content.encode()), dry_run=True)
    asked = [query["sql"] for query in queries]
    assert [sql for sql in asked if not sql.startswith("SELECT") or "FOR UPDATE" in sql] == []
    return result, len(asked)


def drafts(cast: Cast, number: int) -> str:
    made = [
        ConventionFactory(draft=True, company=CompanyFactory(department=cast.company.department)) for _ in range(number)
    ]
    return FRAME + "".join(f"{one.reference};;01/01/2020;recruter\n" for one in made)


def beginners(cast: Cast, number: int) -> str:
    made = [CompanyFactory(department=cast.company.department) for _ in range(number)]
    return FRAME + "".join(f";{one.siret};01/01/2020;recruter\n" for one in made)


@pytest.mark.parametrize("made", [drafts, beginners])
def test_a_preview_of_conventions_asks_as_much_for_one_row_as_for_thirty(
    cast: Cast, made: Callable[[Cast, int], str]
) -> None:
    spent = []
    for number in (1, 30):
        result, asked = previewed(ConventionResource, cast.referent, made(cast, number))
        assert (len(result.to_write), result.faults) == (number, [])
        assert "recruter" in [cell.after for cell in result.preview[0].cells]
        spent.append(asked)

    assert spent[0] == spent[1] <= 5


@pytest.mark.parametrize("made", [drafts, beginners])
def test_conventions_are_written_in_as_many_statements_for_three_as_for_thirty(
    cast: Cast, made: Callable[[Cast, int], str]
) -> None:
    spent = []
    for number in (3, 30):
        table = read_table(made(cast, number).encode())
        work = ConventionResource(user=User.objects.get(pk=cast.referent.pk), at=AT)
        with CaptureQueriesContext(connection) as queries:
            result = work.import_data(table)
        assert (len(result.to_write), result.faults, result.base_errors) == (number, [], [])
        spent.append(len(queries))

    written = Convention.objects.filter(starts_on=date(2020, 1, 1), ends_on=date(2022, 12, 31), axes__axis="recruter")
    assert spent[0] == spent[1] <= 26
    assert [one.axes.count() for one in written] == [1] * 33
    assert {log.transition for log in ConventionLog.objects.filter(at=AT)} <= {"creer", "reviser"}
    assert ConventionLog.objects.filter(at=AT).count() == 33


def test_references_follow_each_other_past_the_thousandth(cast: Cast) -> None:
    for number in (999, 1000):
        company = CompanyFactory(department=cast.company.department)
        ConventionFactory(company=company, draft=True, reference=f"PAQTE-62-2020-{number}")

    content = beginners(cast, 2)
    ConventionResource(user=cast.referent, at=AT).import_data(read_table(content.encode()))

    drawn_up = Convention.objects.filter(logs__transition="creer", logs__at=AT).order_by("reference")
    assert [one.reference for one in drawn_up] == ["PAQTE-62-2020-1001", "PAQTE-62-2020-1002"]


def test_a_preview_of_results_asks_as_much_for_one_row_as_for_thirty(cast: Cast) -> None:
    spent = []
    for number in (1, 30):
        made = [ConventionFactory(company=CompanyFactory(department=cast.company.department)) for _ in range(number)]
        for one in made:
            SubmissionFactory(convention=one, answers={"REC-01": 12})
        content = LINES + "".join(f"{one.reference};2019-S1;REC-01;13\n" for one in made)
        result, asked = previewed(ResultResource, cast.referent, content)
        assert (len(result.to_write), result.faults) == (number, [])
        spent.append(asked)

    assert spent[0] == spent[1] == 1


def test_two_conventions_of_a_file_that_overlap_are_refused_with_both_lines(cast: Cast) -> None:
    siret = cast.company.siret

    result, _ = previewed(
        ConventionResource, cast.referent, f"{FRAME};{siret};01/01/2020;recruter\n\n;{siret};01/06/2021;recruter\n"
    )

    assert [str(fault) for fault in result.faults] == [
        "Ligne 4, colonne Date d’effet, « 01/06/2021 »\u00a0: cette convention chevauche celle de la ligne 2\u00a0: "
        "changez l’une des deux dates."
    ]
    assert not Convention.objects.exists()


def test_a_figure_out_of_reach_is_refused_with_its_line(cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company)
    SubmissionFactory(convention=convention, answers={"REC-01": 12})

    result, _ = previewed(ResultResource, cast.referent, f"{LINES}{convention.reference};2019-S1;REC-01;1000000\n")

    assert [str(fault) for fault in result.faults] == [
        "Ligne 2, colonne Valeur, « 1000000 »\u00a0: 1\u202f000\u202f000 est trop grand\u00a0: le portail accepte "
        "au plus 100\u202f000 recrutements par entreprise et par semestre. Vérifiez le nombre de chiffres et l’unité, "
        "puis corrigez."
    ]


def test_a_surprising_figure_is_said_in_the_preview_and_written(cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company)
    SubmissionFactory(convention=convention, answers={"REC-01": 12, "REC-02": 3})
    lines = f"{convention.reference};2019-S1;REC-01;1001\n{convention.reference};2019-S1;REC-02;4\n"

    result, _ = previewed(ResultResource, cast.referent, f"{LINES}{lines}")

    assert (len(result.to_write), result.faults) == (2, [])
    assert result.remarks == [
        "Ligne 2\u00a0: Recrutements (REC-01)\u00a0: 1\u202f001 recrutements en un semestre, plus de 1\u202f000. "
        "Est-ce exact\u00a0?",
        "Ligne 2\u00a0: Recrutements (REC-01)\u00a0: 1\u202f001 recrutements pour 120 salariés. "
        "Est-ce le périmètre de la convention\u00a0?",
    ]


def test_a_result_twice_is_refused_with_both_lines(cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company, starts_on=date(2019, 2, 8))
    SubmissionFactory(convention=convention, answers={"REC-01": 12})
    line = f"{convention.reference};2019-S1;REC-01;13\n"

    result, _ = previewed(ResultResource, cast.referent, f"{LINES}{line}{line}")

    assert [str(fault) for fault in result.faults] == [
        "Ligne 3, colonne Indicateur, « REC-01 »\u00a0: ce résultat figure déjà à la ligne 2\u00a0: gardez-en un."
    ]
