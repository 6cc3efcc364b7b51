"""Files of conventions with what they promise and whom one writes to: columns that people add to their own tables."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from companies.models import Company, CompanyLog, Contact, Succession
from conventions.models import Convention, ConventionLog, Target
from conventions.resources.conventions import ConventionResource
from tabular.importing import ImportResult
from tabular.reading import read_table
from tabular.writing import to_csv
from tests.cast import Cast
from tests.factories import CompanyFactory, ContactFactory, ConventionFactory, TargetSetFactory

AT = datetime(2019, 7, 15, tzinfo=UTC)
TITLES = ["SIRET", "Date d’effet", "Axes", "Motif du choix des axes"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def table(titles: Sequence[str], *rows: Sequence[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([titles, *rows])
    return out.getvalue().encode()


def imported(cast: Cast, content: bytes, *, dry_run: bool = False) -> ImportResult:
    work = ConventionResource(user=User.objects.get(pk=cast.referent.pk), at=AT)
    return work.import_data(read_table(content, knows=work.knows), dry_run=dry_run)


def promised(convention: Convention) -> dict[str, Decimal]:
    targets = Target.objects.of(convention).select_related("indicator").order_by("indicator__code", "year")
    return {f"{target.indicator.code}/{target.year}": target.value for target in targets}


def test_a_row_draws_up_a_convention_with_its_targets_and_a_contact(cast: Cast) -> None:
    titles = [
        *TITLES,
        "REC-02 année 1",
        "rec-02 an 2",
        "REC-02 A3",
        "FOR-07 année 1",
        "FOR-01 année 2",
        "Contact",
        "E-mail",
        "Téléphone",
    ]
    row = [cast.company.siret, "8 février 2019", "Recrutement et formation", "Petite.", "12", "0", "", "1 200", "oui"]
    result = imported(cast, table(titles, [*row, "Alix Terril", "alix@terril.example", "321000000"]))

    convention = Convention.objects.get()
    assert (result.faults, result.summary) == ([], "1 ligne nouvelle, 0 modifiée, 0 inchangée")
    assert [axis.value for axis in convention.signed_axes()] == ["former", "recruter"]
    assert promised(convention) == {"FOR-01/2": 1, "FOR-07/1": 1200, "REC-02/1": 12, "REC-02/2": 0}
    contact = Contact.objects.get(company=cast.company, email="alix@terril.example")
    assert (contact.name, contact.phone) == ("Alix Terril", "0321000000")
    assert [log.transition for log in ConventionLog.objects.order_by("pk")] == ["creer", "fixer"]
    assert CompanyLog.objects.filter(company=cast.company, transition="contacts", by=cast.referent).count() == 1


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    titles = [*TITLES, "REC-02 année 1", "Contact"]
    content = table(titles, [cast.company.siret, "08/02/2019", "recruter", "Petite.", "12", "Alix Terril"])

    summaries = [imported(cast, content).summary for _ in range(2)]

    assert summaries[1] == "0 ligne nouvelle, 0 modifiée, 1 inchangée"
    assert (Convention.objects.count(), Contact.objects.filter(name="Alix Terril").count()) == (1, 1)
    assert ConventionLog.objects.count() == 2


def test_a_draft_keeps_what_its_columns_do_not_say(cast: Cast) -> None:
    draft = ConventionFactory(draft=True, company=cast.company, starts_on=date(2019, 2, 8))
    before = promised(draft)
    row = [draft.reference, cast.company.siret, "08/02/2019", "tous", "", "7", ""]
    titles = ["Référence", *TITLES, "REC-02 année 1", "REC-02 année 2"]

    result = imported(cast, table(titles, row))

    assert (result.base_errors, result.faults) == ([], [])
    expected = {**before, "REC-02/1": Decimal(7)}
    expected.pop("REC-02/2")
    assert promised(draft) == expected


def test_what_a_signed_convention_promises_is_not_written_over(cast: Cast) -> None:
    signed = ConventionFactory(company=cast.company, starts_on=date(2019, 2, 8))
    before = promised(signed)
    content = table([*TITLES, "REC-02 année 1"], [cast.company.siret, "08/02/2019", "tous", "", "999"])

    result = imported(cast, content)

    assert [str(fault) for fault in result.faults] == [
        "Ligne 2\u00a0: Cette convention est signée : ses engagements ne se modifient plus."
    ]
    assert promised(signed) == before


@pytest.mark.parametrize(
    ("title", "cell", "sentence"),
    [
        ("REC-02 année 1", "douze", "Ligne 2, colonne REC-02 année 1\u00a0: « douze » n’est pas un nombre."),
        ("REC-02 année 2", "1,5", "Ligne 2, colonne REC-02 année 2\u00a0: 1,5 n’est pas un nombre entier."),
        ("FOR-01 année 1", "3", "Cet indicateur est de l’axe « Former », que cette ligne ne retient pas."),
        ("Courriel du contact", "alix@", "Ligne 2, colonne Contact\u00a0: Ce champ ne peut pas être vide."),
    ],
)
def test_a_cell_that_cannot_be_is_named(cast: Cast, title: str, cell: str, sentence: str) -> None:
    result = imported(
        cast, table([*TITLES, title], [cast.company.siret, "08/02/2019", "recruter", "Petite.", cell]), dry_run=True
    )

    assert any(sentence in str(fault) for fault in result.faults)
    assert not Convention.objects.exists()


def test_a_company_that_has_ended_is_told_in_the_preview(cast: Cast) -> None:
    Succession.objects.create(company=cast.company, kind="fermee", last_day=date(2019, 1, 31), recorded_at=AT)

    result = imported(cast, table(TITLES, [cast.company.siret, "08/02/2019", "tous", ""]), dry_run=True)

    assert [(fault.column, "aucune convention ne s’y prépare" in fault.sentence) for fault in result.faults] == [
        ("SIRET", True)
    ]


def test_what_one_s_list_says_comes_back_without_a_change(cast: Cast) -> None:
    signed = ConventionFactory(company=cast.company, starts_on=date(2019, 2, 8))
    TargetSetFactory(
        convention=signed, number=1, effective_on=date(2020, 1, 1), reason="site", targets={("REC-02", 2): 1500}
    )
    ConventionFactory(draft=True, company=cast.rival_company)
    ContactFactory(company=cast.company, name="Zoé")
    ContactFactory(company=cast.company, name="Alix")

    current = ConventionResource(user=cast.referent, at=AT).current()
    result = imported(cast, to_csv(current, unknown=""), dry_run=True)

    assert (result.faults, result.notices) == ([], [])
    assert result.summary == "0 ligne nouvelle, 0 modifiée, 2 inchangées"


def test_the_model_comes_back_as_no_row_at_all(cast: Cast) -> None:
    model = ConventionResource(user=cast.referent, at=AT).model()

    result = imported(cast, to_csv(model, unknown=""), dry_run=True)

    assert (result.drafts, result.faults) == ([], [])
    assert result.notices == ["Ligne 2\u00a0: c’est l’exemple du modèle, il n’entre pas."]


def test_thirty_rows_are_written_in_as_many_statements_as_three(cast: Cast) -> None:
    spent = []
    for number in (3, 30):
        made: list[Company] = [CompanyFactory(department=cast.company.department) for _ in range(number)]
        rows = [[one.siret, "08/02/2019", "recruter", "Petite.", "1", "2", f"Alix {one.siret}"] for one in made]
        content = table([*TITLES, "REC-02 année 1", "REC-02 année 2", "Contact"], *rows)
        with CaptureQueriesContext(connection) as queries:
            result = imported(cast, content)
        assert (len(result.to_write), result.base_errors) == (number, [])
        spent.append(len(queries))

    assert spent[0] == spent[1] <= 45
    assert (Target.objects.count(), Contact.objects.filter(name__startswith="Alix ").count()) == (66, 33)


def test_two_rows_of_a_company_name_one_contact_and_write_it_once(cast: Cast) -> None:
    ContactFactory(company=cast.company, name="Alix Terril", email="alix@terril.example", phone="0321000000")
    titles = [*TITLES, "Contact", "Téléphone"]
    rows = [[cast.company.siret, f"08/02/{year}", "recruter", "Petite."] for year in (2019, 2022)]

    corrected = imported(cast, table(titles, *([*row, "Alix Terril", "0321000001"] for row in rows)))
    added = imported(cast, table(titles, *([*row, "Zoé Beffroi", "0321000002"] for row in rows)))

    assert (corrected.summary, corrected.base_errors) == ("2 lignes nouvelles, 0 modifiée, 0 inchangée", [])
    assert added.summary == "0 ligne nouvelle, 1 modifiée, 1 inchangée"
    theirs = Contact.objects.filter(company=cast.company, name__in=["Alix Terril", "Zoé Beffroi"]).order_by("name")
    assert [(contact.name, contact.phone) for contact in theirs] == [
        ("Alix Terril", "0321000001"),
        ("Zoé Beffroi", "0321000002"),
    ]


@pytest.mark.parametrize("name", ["Alix Terril", "Zoé Beffroi"])
def test_two_rows_that_say_two_things_of_a_contact_are_refused(cast: Cast, name: str) -> None:
    ContactFactory(company=cast.company, name="Alix Terril", phone="0321000000")
    rows = [
        [cast.company.siret, "08/02/2019", "recruter", "Petite.", name, "0321000001"],
        [cast.company.siret, "08/02/2022", "recruter", "Petite.", name, "0321000002"],
    ]

    result = imported(cast, table([*TITLES, "Contact", "Téléphone"], *rows))

    assert [str(fault) for fault in result.faults] == [
        "Ligne 3, colonne Téléphone du contact, « 0321000002 »\u00a0: la ligne 2 dit autre chose de ce contact\u00a0: "
        "écrivez la même chose aux deux lignes."
    ]
    assert not Convention.objects.exists()
