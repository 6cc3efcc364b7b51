"""Files of companies in the technical administration: previewed, all or nothing, never across a département."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from companies.models import Company
from tests.cast import Cast
from tests.factories import CompanyFactory, invented_siret

PAGE = "/administration/companies/company/"
NEW = invented_siret(701)
HEADER = "SIRET;Nom;Catégorie;Effectif;Commune\n"


@pytest.fixture
def staff(cast: Cast) -> User:
    cast.referent.is_staff = True
    cast.referent.save()
    return cast.referent


@pytest.mark.parametrize(
    ("actor", "status"),
    [("technician", 200), ("staff_referent", 200), ("lecteur", 403), ("cget", 403), ("member", 403)],
)
def test_only_technicians_and_entrusted_referents_come_in(client: Client, cast: Cast, actor: str, status: int) -> None:
    person: User = getattr(cast, actor)
    person.is_staff = True
    person.save()
    client.force_login(person)

    assert [client.get(page, follow=True).status_code for page in ("/administration/", PAGE)] == [status, status]


def upload(client: Client, content: str | bytes, name: str = "entreprises.csv") -> "tuple[int, str, dict[str, str]]":
    """Send a file: the status, the page, and the fields of the confirmation."""
    data = content.encode() if isinstance(content, str) else content
    response = client.post(
        f"{PAGE}import/", {"import_file": SimpleUploadedFile(name, data), "format": "0", "resource": "0"}
    )
    page = response.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return response.status_code, page, fields


def test_a_file_is_previewed_then_imported(client: Client, staff: User) -> None:
    client.force_login(staff)

    status, page, fields = upload(client, f"{HEADER}{NEW};Verrerie Terril;PME;1 234;Arques\n")

    assert status == 200
    assert "Verrerie Terril" in page
    assert not Company.objects.filter(siret=NEW).exists()

    client.post(f"{PAGE}process_import/", fields)

    company = Company.objects.get(siret=NEW)
    assert (company.department_id, company.headcount, company.category) == ("62", 1234, "PME")
    assert company.legal_unit_id == NEW[:9]


def test_a_known_siret_is_corrected_and_an_unchanged_file_changes_nothing(client: Client, staff: User) -> None:
    company = CompanyFactory(name="Ancien nom", siret=NEW)
    client.force_login(staff)

    _, preview, fields = upload(client, f"{HEADER}{NEW};Nouveau nom Terril;ETI;;Lens\n")
    client.post(f"{PAGE}process_import/", fields)
    company.refresh_from_db()

    assert "<ins>" in preview
    assert "style=" not in preview
    assert (company.name, str(company.category)) == ("Nouveau nom Terril", "ETI")
    assert Company.objects.filter(siret=NEW, headcount=None).count() == 1
    assert Company.objects.filter(siret=NEW).count() == 1


def test_a_spreadsheet_that_dropped_the_zeros_is_understood(client: Client, staff: User) -> None:
    client.force_login(staff)

    status, _, fields = upload(client, f"{HEADER}{int(NEW)};Verrerie Terril;PME;12;Arques\n")
    client.post(f"{PAGE}process_import/", fields)

    assert status == 200
    assert Company.objects.get(siret=NEW).name == "Verrerie Terril"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("73282932000079;Terril;PME;1;Lens", "La clé du SIRET 732 829 320 00079 est fausse"),
        (f"{NEW};Terril;énorme;1;Lens", "« énorme » n’est pas l’une des valeurs possibles"),
        (f"{NEW};Terril;PME;1.234;Lens", "« 1.234 » est ambigu"),
        (f"{NEW};Terril;PME;9999999999;Lens", "n’est pas un nombre entier possible"),
        (f"{NEW};;PME;1;Lens", "Ligne 3, colonne Nom : Ce champ ne peut pas être vide."),
    ],
)
def test_one_bad_line_stops_the_whole_file(client: Client, staff: User, line: str, sentence: str) -> None:
    client.force_login(staff)

    status, page, fields = upload(client, f"{HEADER}{invented_siret(702)};Bonne ligne Terril;PME;1;Lens\n{line}\n")

    assert status == 422
    assert sentence in page.replace("\u00a0", " ")
    assert "import_file_name" not in fields
    assert not Company.objects.filter(siret=invented_siret(702)).exists()


def test_a_file_reaches_no_other_departement(client: Client, staff: User, cast: Cast) -> None:
    client.force_login(staff)

    status, page, _ = upload(client, f"SIRET;Nom;Catégorie;Département\n{NEW};Pirate Terril;PME;59\n")

    assert status == 422
    assert "Cette ligne n’est pas dans votre périmètre." in page


def test_the_siret_of_another_departement_is_a_new_company_and_reveals_nothing(
    client: Client, staff: User, cast: Cast
) -> None:
    client.force_login(staff)

    _, page, fields = upload(
        client, f"id;SIRET;Nom;Catégorie;État\n{cast.other_company.pk};{cast.other_company.siret};Terril;PME;signed\n"
    )
    client.post(f"{PAGE}process_import/", fields)
    cast.other_company.refresh_from_db()

    assert "Beffroi" not in page
    assert cast.other_company.name == "Brasserie Beffroi"
    assert Company.objects.get(siret=cast.other_company.siret, department="62").name == "Terril"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\r\n", "n’est ni un classeur .xlsx ou .ods ni un fichier .csv"),
        (b"Nom\nTerril\n", "Il manque la colonne"),
        (b"SIRET;SIRET\n1;2\n", "figure deux fois"),
    ],
)
def test_a_file_that_is_not_a_table_is_refused(client: Client, staff: User, content: bytes, sentence: str) -> None:
    client.force_login(staff)

    status, page, fields = upload(client, content)

    assert status == 422
    assert sentence in page
    assert "Traceback" not in page
    assert "import_file_name" not in fields


def test_the_confirmation_of_somebody_else_is_refused(client: Client, staff: User, cast: Cast) -> None:
    cast.other_referent.is_staff = True
    cast.other_referent.save()
    client.force_login(staff)
    _, _, fields = upload(client, f"{HEADER}{NEW};Verrerie Terril;PME;12;Arques\n")

    client.force_login(cast.other_referent)
    stolen = client.post(f"{PAGE}process_import/", fields)
    forged = client.post(f"{PAGE}process_import/", fields | {"import_file_name": "../../etc/passwd"})

    assert (stolen.status_code, forged.status_code) == (403, 403)
    assert not Company.objects.filter(siret=NEW).exists()


def test_the_export_holds_one_s_own_rows_and_no_live_formula(client: Client, staff: User, cast: Cast) -> None:
    CompanyFactory(name="=HYPERLINK(1)", siret=NEW)
    client.force_login(staff)

    as_csv = client.get(f"{PAGE}export/")
    as_xlsx = client.get(f"{PAGE}export/?format=xlsx")

    rows = list(csv.reader(io.StringIO(as_csv.content.decode("utf-8-sig")), delimiter=";"))
    sheet = load_workbook(io.BytesIO(as_xlsx.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [row[3] for row in rows[1:]] == ["Ateliers Terril", "Fonderie Terril", "'=HYPERLINK(1)"]
    assert [row[3].value for row in sheet.iter_rows(min_row=2)] == [
        "Ateliers Terril",
        "Fonderie Terril",
        "'=HYPERLINK(1)",
    ]
    assert "f" not in {cell.data_type for cell in cells}
    assert as_csv.headers["Content-Disposition"] == 'attachment; filename="entreprises.csv"'


def test_what_is_exported_comes_back_unchanged(client: Client, staff: User) -> None:
    CompanyFactory(name="=HYPERLINK(1)", siret=NEW, headcount=None)
    client.force_login(staff)

    for wanted in ("csv", "xlsx"):
        exported = client.get(f"{PAGE}export/?format={wanted}").content
        _, page, _ = upload(client, exported, f"entreprises.{wanted}")
        assert page.count('class="skip"') == 3


def test_an_unknown_format_does_not_exist(client: Client, staff: User) -> None:
    client.force_login(staff)

    assert client.get(f"{PAGE}export/?format=json").status_code == 404


@pytest.mark.parametrize("who", ["referent", "lecteur", "member", "cget", "no_role", "animateur"])
def test_the_administration_is_closed_to_who_was_not_given_it(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))

    assert client.get(PAGE, follow=True).status_code == 403


def test_anonymous_visitors_sign_in_through_the_portal(client: Client, cast: Cast) -> None:
    response = client.get("/administration/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/connexion/?next=/administration/")


def test_a_filter_that_holds_no_text_is_refused(client: Client, staff: User) -> None:
    client.force_login(staff)

    answers = [client.get(f"{PAGE}?category__exact={value}").status_code for value in ("%00", "PME%00", "PME")]

    assert answers == [400, 400, 200]


def test_a_company_of_another_departement_does_not_exist(client: Client, staff: User, cast: Cast) -> None:
    client.force_login(staff)

    foreign = client.get(f"{PAGE}{cast.other_company.pk}/change/", follow=True)
    own = client.get(f"{PAGE}{cast.company.pk}/change/")

    assert "Brasserie" not in foreign.content.decode()
    assert foreign.redirect_chain == [("/administration/", 302)]
    assert "Ateliers Terril" in own.content.decode()
    assert 'name="_save"' not in own.content.decode()


def test_a_technician_sees_everything_and_says_which_departement(client: Client, cast: Cast) -> None:
    client.force_login(cast.technician)

    without, _, _ = upload(client, f"{HEADER}{NEW};Verrerie Terril;PME;12;Arques\n")
    _, _, fields = upload(client, f"SIRET;Nom;Catégorie;Département\n{NEW};Verrerie Beffroi;PME;59\n")
    client.post(f"{PAGE}process_import/", fields)

    assert without == 422
    assert Company.objects.get(siret=NEW).department_id == "59"
    assert "Brasserie Beffroi" in client.get(PAGE).content.decode()
