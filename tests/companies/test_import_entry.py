"""Files of companies as the référent sends them: previewed, all or nothing, never across a département."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from companies.models import Company
from tests.cast import Cast
from tests.factories import CompanyFactory, invented_siret

PAGE = "/entreprises/importer/"
NEW = invented_siret(701)
HEADER = "SIRET;Nom;Catégorie;Effectif;Commune\n"


@pytest.fixture
def referent(client: Client, cast: Cast) -> Client:
    client.force_login(cast.referent)
    return client


def upload(client: Client, content: str | bytes, name: str = "entreprises.csv") -> "tuple[int, str, dict[str, str]]":
    """Send a file: the status, the page, and the fields of the confirmation."""
    data = content.encode() if isinstance(content, str) else content
    response = client.post(PAGE, {"import_file": SimpleUploadedFile(name, data)})
    page = response.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return response.status_code, page, fields


def test_a_file_is_previewed_then_imported(referent: Client) -> None:
    status, page, fields = upload(referent, f"{HEADER}{NEW};Verrerie Terril;PME;1 234;Arques\n")

    assert status == 200
    assert "Verrerie Terril" in page
    assert not Company.objects.filter(siret=NEW).exists()

    referent.post(f"{PAGE}confirmer/", fields)

    company = Company.objects.get(siret=NEW)
    assert (company.department_id, company.headcount, company.category) == ("62", 1234, "PME")
    assert company.legal_unit_id == NEW[:9]


def test_a_known_siret_is_corrected_and_an_unchanged_file_changes_nothing(referent: Client) -> None:
    company = CompanyFactory(name="Ancien nom", siret=NEW)
    _, preview, fields = upload(referent, f"{HEADER}{NEW};Nouveau nom Terril;ETI;;Lens\n")
    referent.post(f"{PAGE}confirmer/", fields)
    company.refresh_from_db()

    assert "<ins>" in preview
    assert "style=" not in preview
    assert (company.name, str(company.category)) == ("Nouveau nom Terril", "ETI")
    assert Company.objects.filter(siret=NEW, headcount=None).count() == 1
    assert Company.objects.filter(siret=NEW).count() == 1


def test_a_spreadsheet_that_dropped_the_zeros_is_understood(referent: Client) -> None:
    status, _, fields = upload(referent, f"{HEADER}{int(NEW)};Verrerie Terril;PME;12;Arques\n")
    referent.post(f"{PAGE}confirmer/", fields)

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
def test_one_bad_line_stops_the_whole_file(referent: Client, line: str, sentence: str) -> None:
    status, page, fields = upload(referent, f"{HEADER}{invented_siret(702)};Bonne ligne Terril;PME;1;Lens\n{line}\n")

    assert status == 422
    assert sentence in page.replace("\u00a0", " ")
    assert "file" not in fields
    assert not Company.objects.filter(siret=invented_siret(702)).exists()


def test_a_file_reaches_no_other_departement(referent: Client, cast: Cast) -> None:
    status, page, _ = upload(referent, f"SIRET;Nom;Catégorie;Département\n{NEW};Pirate Terril;PME;59\n")

    assert status == 422
    assert "Cette ligne n’est pas dans votre périmètre." in page


def test_the_siret_of_another_departement_is_a_new_company_and_reveals_nothing(referent: Client, cast: Cast) -> None:
    _, page, fields = upload(
        referent, f"id;SIRET;Nom;Catégorie;État\n{cast.other_company.pk};{cast.other_company.siret};Terril;PME;signed\n"
    )
    referent.post(f"{PAGE}confirmer/", fields)
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
def test_a_file_that_is_not_a_table_is_refused(referent: Client, content: bytes, sentence: str) -> None:
    status, page, fields = upload(referent, content)

    assert status == 422
    assert sentence in page
    assert "Traceback" not in page
    assert "file" not in fields


def test_the_confirmation_of_somebody_else_is_refused(referent: Client, cast: Cast) -> None:
    _, _, fields = upload(referent, f"{HEADER}{NEW};Verrerie Terril;PME;12;Arques\n")

    referent.force_login(cast.other_referent)
    stolen = referent.post(f"{PAGE}confirmer/", fields)
    forged = referent.post(f"{PAGE}confirmer/", fields | {"file": "../../etc/passwd"})

    assert (stolen.status_code, forged.status_code) == (403, 403)
    assert not Company.objects.filter(siret=NEW).exists()
