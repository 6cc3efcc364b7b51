"""A file of companies: judged in a few queries without a lock, written in a few more, once, and told line by line."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from companies.actions.signatories import register_all
from companies.models import Company, CompanyLog, LegalUnit
from companies.resources import CompanyResource
from tabular.importing import ImportResult
from tabular.reading import read_table
from tests.cast import Cast
from tests.factories import CompanyFactory, invented_siret
from tests.pages import text
from workflows.tables import WrongRole

AT = datetime(2019, 2, 8, tzinfo=UTC)
PAGE = "/entreprises/importer/"
HEADER = "SIRET;Nom;Catégorie;Effectif;Commune\n"
NEW = invented_siret(701, 9)


@pytest.fixture
def staff(cast: Cast) -> User:
    return cast.referent


def imported(user: User, content: str, *, dry_run: bool) -> ImportResult:
    table = read_table(content.encode())
    return CompanyResource(user=user, at=AT).import_data(table, dry_run=dry_run)


def lines(number: int, name: str = "Terril") -> str:
    return HEADER + "".join(f"{invented_siret(index)};{name} {index};PME;1;Lens\n" for index in range(number))


def faults(user: User, content: str) -> list[str]:
    return [str(fault).replace("\u00a0", " ") for fault in imported(user, content, dry_run=True).shown_faults]


@pytest.mark.parametrize("number", [1, 30, 3_000])
def test_a_preview_asks_the_same_two_questions_whatever_the_rows(cast: Cast, number: int) -> None:
    user, content = User.objects.get(pk=cast.referent.pk), lines(number)

    with CaptureQueriesContext(connection) as queries:
        result = imported(user, content, dry_run=True)

    asked = [query["sql"] for query in queries]
    assert (len(asked), len(result.to_write), result.faults) == (2, number, [])
    assert [sql for sql in asked if not sql.startswith("SELECT") or "FOR UPDATE" in sql] == []


def test_a_preview_of_changes_asks_no_more(cast: Cast) -> None:
    user = User.objects.get(pk=cast.referent.pk)
    imported(user, lines(30), dry_run=False)

    with CaptureQueriesContext(connection) as queries:
        result = imported(user, lines(30, "Nouveau"), dry_run=True)

    assert (len(queries), result.summary) == (2, "0 ligne nouvelle, 30 modifiées, 0 inchangée")


def test_what_is_written_costs_the_same_with_one_row_and_with_many(cast: Cast) -> None:
    user = User.objects.get(pk=cast.referent.pk)
    spent = []
    for content in (lines(1), lines(30), lines(30, "Nouveau"), lines(3_000)):
        with CaptureQueriesContext(connection) as queries:
            imported(user, content, dry_run=False)
        spent.append(len(queries))

    # SQLite takes no more than 999 values in a statement: 3,000 rows of 15 columns make batches there.
    most = 50 if connection.vendor == "postgresql" else 90
    assert spent[0] == spent[1] == spent[2] == 12
    assert spent[3] <= most
    assert Company.objects.filter(name="Terril 2999", department="62", legal_unit=invented_siret(2_999)[:9]).exists()
    # One line each: 1, then 29 more, 30 changed, and 3,000 that are new or changed again.
    assert CompanyLog.objects.count() == 3_060


def test_a_company_that_is_changed_keeps_its_number_and_is_found_by_its_new_name(cast: Cast) -> None:
    company = CompanyFactory(siret=NEW, name="Ancien nom", naf="47.11F")
    user = User.objects.get(pk=cast.referent.pk)

    imported(user, f"{HEADER}{NEW};Étoile du Nord;ETI;;Lens\n", dry_run=False)

    found = Company.objects.search("etoile").get()
    assert (found.pk, found.naf, str(found.category), found.headcount) == (company.pk, "47.11F", "ETI", None)


def test_companies_of_one_firm_share_their_legal_unit_which_keeps_its_name(cast: Cast) -> None:
    LegalUnit.objects.create(siren=NEW[:9], name="La firme")
    other = invented_siret(701, 2)

    imported(
        User.objects.get(pk=cast.referent.pk), f"{HEADER}{NEW};Un;PME;;Lens\n{other};Deux;PME;;Lens\n", dry_run=False
    )

    assert list(LegalUnit.objects.get(siren=NEW[:9]).companies.values_list("name", flat=True)) == ["Deux", "Un"]
    assert LegalUnit.objects.get(siren=NEW[:9]).name == "La firme"


def test_nobody_writes_companies_of_another_departement(cast: Cast) -> None:
    foreign = Company(siret=NEW, name="Pirate", category="PME", department_id="59")

    with pytest.raises(WrongRole):
        register_all([foreign], at=AT, by=cast.referent)

    assert not Company.objects.filter(siret=NEW).exists()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            f"{HEADER}\n{NEW};Un;PME;1;Lens\n;;;;\n{NEW};Deux;PME;1;Lens\n",
            [f"Ligne 5, colonne SIRET, « {NEW} » : ce SIRET figure déjà à la ligne 3 : gardez une des deux."],
        ),
        (
            f"\n\n{HEADER}{NEW};;PME;1;Lens\n",
            ["Ligne 4, colonne Nom : Ce champ ne peut pas être vide."],
        ),
        (
            f"{HEADER}{NEW};Terril;PME;douze;Lens\n",
            [
                "Ligne 2, colonne Effectif : « douze » n’est pas un nombre. "
                "Écrivez par exemple 1\u202f234 ou 1\u202f234,5."
            ],
        ),
        (
            f"{HEADER}7328293200007;Terril;PME;1;Lens\n",
            [
                "Ligne 2, colonne SIRET, « 7328293200007 » : Un SIRET compte 14 chiffres, celui-ci en compte 13. "
                "Le zéro du début s’est peut-être perdu."
            ],
        ),
        (
            f"{HEADER}732829320;Terril;PME;1;Lens\n",
            [
                "Ligne 2, colonne SIRET, « 732829320 » : Un SIRET compte 14 chiffres, celui-ci en compte 9. "
                "Exemple : 732 829 320 00074."
            ],
        ),
        (
            f"{HEADER}{NEW};Terril\u202eexe.gnp;PME;1;Lens\n",
            [
                "Ligne 2, colonne Nom, « Terril�exe.gnp » : Ce texte contient un caractère invisible qui en "
                "retourne le sens. Effacez-le, puis saisissez le texte au clavier."
            ],
        ),
        (
            f"{HEADER}{NEW};Terril\x07;PME;1;Lens\n",
            [
                "Ligne 2, colonne Nom, « Terril� » : Ce texte contient un caractère invisible que le portail ne "
                "peut pas lire. Effacez-le, puis saisissez-le au clavier."
            ],
        ),
        (
            f'{HEADER}{NEW};"Terril\nNord";PME;1;Lens\n',
            [
                "Ligne 2, colonne Nom, « Terril Nord » : Ce champ tient sur une seule ligne : "
                "retirez le retour à la ligne."
            ],
        ),
        (
            f"{HEADER}{NEW};Terril;PME;1;{'a' * 101}\n",
            [
                f"Ligne 2, colonne Commune, « {'a' * 39}… » : Assurez-vous que cette valeur comporte au plus "
                "100 caractères (actuellement 101)."
            ],
        ),
    ],
    ids=[
        *("the same SIRET twice", "blank rows before", "not a number", "a zero lost", "a SIREN"),
        *("turned around", "a bell", "two lines", "too long"),
    ],
)
def test_a_fault_says_its_line_its_column_and_what_stands_there(cast: Cast, content: str, expected: list[str]) -> None:
    assert faults(cast.referent, content) == expected


def test_all_the_faults_are_told_at_once_in_the_order_of_the_file(cast: Cast) -> None:
    content = f"{HEADER}{NEW};;énorme;x;Lens\n12;Terril;PME;1;Lens\n"

    found = faults(cast.referent, content)

    assert [text.partition(" : ")[0] for text in found] == [
        "Ligne 2, colonne Catégorie",
        "Ligne 2, colonne Effectif",
        "Ligne 2, colonne Nom",
        "Ligne 3, colonne SIRET, « 12 »",
    ]


def test_a_hundred_faults_are_shown_and_the_others_counted(cast: Cast) -> None:
    result = imported(cast.referent, HEADER + "12;Terril;PME;1;Lens\n" * 112, dry_run=True)

    assert (len(result.shown_faults), result.hidden_faults) == (100, "12 autres défauts")


def test_zeros_that_a_spreadsheet_dropped_are_given_back_and_said(cast: Cast) -> None:
    result = imported(cast.referent, f"{HEADER}{int(NEW)};Terril;PME;1;Lens\n", dry_run=True)

    shown = "\u00a0".join([NEW[:3], NEW[3:6], NEW[6:9], NEW[9:]])
    assert result.remarks == [f"Ligne 2\u00a0: le SIRET « {int(NEW)} » a retrouvé ses zéros du début, {shown}."]
    assert result.drafts[0].after.siret == NEW


def upload(client: Client, content: str) -> dict[str, str]:
    file = SimpleUploadedFile("entreprises.csv", content.encode())
    response = client.post(PAGE, {"import_file": file})
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode()))


def test_a_confirmation_sent_again_says_that_it_is_imported_already(client: Client, staff: User) -> None:
    client.force_login(staff)
    fields = upload(client, f"{HEADER}{NEW};Terril;PME;1;Lens\n")

    first = client.post(f"{PAGE}confirmer/", fields, follow=True).content.decode()
    again = client.post(f"{PAGE}confirmer/", fields, follow=True).content.decode()
    without = client.post(f"{PAGE}confirmer/", {**fields, "once": ""}, follow=True).content.decode()

    assert "Import terminé\u00a0: 1 ligne nouvelle, 0 modifiée, 0 inchangée." in first
    assert ["déjà importé" in page for page in (first, again, without)] == [False, True, True]
    assert ["Import terminé" in page for page in (again, without)] == [False, False]
    assert Company.objects.filter(siret=NEW).count() == 1


def test_a_file_that_somebody_else_imported_meanwhile_is_imported_already(client: Client, staff: User) -> None:
    client.force_login(staff)
    mine, theirs = (upload(client, f"{HEADER}{NEW};Terril;PME;1;Lens\n") for _ in range(2))

    client.post(f"{PAGE}confirmer/", theirs)
    page = client.post(f"{PAGE}confirmer/", mine, follow=True).content.decode()

    assert "Ce fichier est déjà importé\u00a0: rien n’a changé." in page
    assert Company.objects.filter(siret=NEW).count() == 1


def test_what_somebody_changed_since_the_preview_is_not_written_over(client: Client, staff: User) -> None:
    company = CompanyFactory(siret=NEW, name="Ancien nom", headcount=12)
    client.force_login(staff)
    fields = upload(client, f"{HEADER}{NEW};Nouveau nom;PME;12;Lens\n")
    Company.objects.filter(pk=company.pk).update(headcount=40)

    pressed = [client.post(f"{PAGE}confirmer/", fields, follow=True) for _ in range(2)]
    company.refresh_from_db()

    for answer in pressed:
        assert answer.status_code == 409
        assert "Rien n’a été importé\u00a0: des lignes ont changé depuis l’aperçu. Recommencez." in text(answer)
        assert "déjà importé" not in text(answer)
    assert (company.name, company.headcount) == ("Ancien nom", 40)


def test_a_confirmation_that_comes_after_an_hour_asks_for_the_file_again(client: Client, staff: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(staff)
        fields = upload(client, f"{HEADER}{NEW};Terril;PME;1;Lens\n")
        clock.shift(timedelta(minutes=61))
        client.force_login(staff)
        answer = client.post(f"{PAGE}confirmer/", fields)

    assert answer.status_code == 409
    assert "Cette page n’est plus valable\u00a0: envoyez de nouveau votre fichier." in text(answer)
    assert not Company.objects.filter(siret=NEW).exists()


def test_a_confirmation_whose_fields_were_altered_shows_no_preview(client: Client, staff: User) -> None:
    client.force_login(staff)
    fields = upload(client, f"{HEADER}{NEW};Terril;PME;1;Lens\n")

    answer = client.post(f"{PAGE}confirmer/", {**fields, "file": f"{fields['file']}\0"})

    assert answer.status_code == 403
    assert "Cette page n’est plus valable\u00a0: envoyez de nouveau votre fichier." in text(answer)
