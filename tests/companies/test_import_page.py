"""The pages that take files speak French and are said as they are seen: labels, alerts, captions and headers."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.factories import CompanyFactory, invented_siret

PAGE = "/administration/companies/company/import/"
NEW = invented_siret(701)
ALERT = '<div role="alert" tabindex="-1" autofocus>'
FIELD = 'id="id_import_file"'


@pytest.fixture
def staff(client: Client, cast: Cast) -> Client:
    cast.referent.is_staff = True
    cast.referent.save()
    client.force_login(cast.referent)
    return client


def sent(client: Client, content: str) -> str:
    file = SimpleUploadedFile("entreprises.csv", content.encode())
    page = client.post(PAGE, {"import_file": file, "format": "0", "resource": "0"}).content.decode()
    return html.unescape(page).replace("\u00a0", " ")


def test_the_page_names_its_field_and_the_columns_that_it_wants(staff: Client) -> None:
    page = staff.get(PAGE).content.decode()

    assert '<label for="id_import_file">Fichier à importer\u00a0:</label>' in page
    assert 'accept=".csv,.xlsx,.ods"' in page
    assert "Il faut : SIRET, Nom, Catégorie." in page.replace("\u00a0", " ")
    assert "Afficher l’aperçu" in page
    assert "<title>Importer des entreprises | Administration PAQTE</title>" in page
    assert ALERT not in page
    assert '<a href="/administration/companies/company/export/?format=xlsx">exportez la liste en XLSX</a>' in page
    assert re.findall(r"<(?:script|style)(?![^>]*src)[^>]*>", page.partition("<main")[2]) == []
    assert [word for word in ("Submit", "Resource", "This importer", "Format") if word in page] == []


def test_a_file_refused_is_told_at_the_top_with_a_link_to_its_field(staff: Client) -> None:
    page = sent(staff, "%PDF-1.7")

    assert page.index(ALERT) < page.index(FIELD)
    assert "<title>Erreur – Importer des entreprises | Administration PAQTE</title>" in page
    assert '<li><a href="#id_import_file">Ce fichier n’est ni un classeur' in page
    assert 'aria-invalid="true"' in page


def test_lines_refused_are_told_at_the_top(staff: Client) -> None:
    page = sent(staff, f"SIRET;Nom;Catégorie\n{NEW};;PME\n")

    fault = "<li>Ligne 2, colonne Nom : Ce champ ne peut pas être vide.</li>"
    assert page.index(ALERT) < page.index(fault) < page.index(FIELD)
    assert "<title>Erreur – Importer des entreprises | Administration PAQTE</title>" in page


def test_a_file_without_a_needed_column_is_told_at_the_top(staff: Client) -> None:
    page = sent(staff, f"SIRET;Nom\n{NEW};Terril\n")

    assert page.index(ALERT) < page.index("<li>Il manque la colonne : Catégorie.</li>") < page.index(FIELD)


def test_a_preview_is_a_table_with_its_caption_and_headers(staff: Client) -> None:
    page = sent(staff, f"\nSIRET;Nom;Catégorie\n\n{NEW};Terril;PME\n")

    assert '<caption id="apercu-titre">Lignes du fichier</caption>' in page
    assert '<th scope="col">SIRET</th>' in page
    assert '<th scope="row">4</th>' in page
    assert '<td class="import-type">Nouvelle</td>' in page
    assert "1 ligne nouvelle, 0 modifiée, 0 inchangée." in page
    assert "Confirmer l’import" in page


def test_a_preview_shows_a_hundred_rows_and_counts_them_all(staff: Client) -> None:
    rows = "".join(f"{invented_siret(index)};Terril {index};PME\n" for index in range(500, 620))

    page = sent(staff, f"SIRET;Nom;Catégorie\n{rows}")

    assert '<caption id="apercu-titre">Lignes du fichier, les cent premières</caption>' in page
    assert page.count('<tr class="new">') == 100
    assert "120 lignes nouvelles, 0 modifiée, 0 inchangée." in page


def test_a_preview_says_when_it_shows_the_rows_that_change_alone(staff: Client, cast: Cast) -> None:
    known = f"{cast.company.siret};{cast.company.name};{cast.company.category}"

    page = sent(staff, f"SIRET;Nom;Catégorie\n{known}\n{NEW};Terril;PME\n")

    assert '<caption id="apercu-titre">Lignes qui changent</caption>' in page
    assert "1 ligne nouvelle, 0 modifiée, 1 inchangée." in page
    assert page.count('<tr class="skip">') == 0


def test_the_list_offers_to_import_and_to_export_what_it_shows(staff: Client) -> None:
    page = staff.get("/administration/companies/company/?category__exact=PME").content.decode()

    tools = page.partition('<ul class="object-tools">')[2].partition("</ul>")[0]
    assert re.findall(r'<a href="([^"]*)">([^<]*)', tools) == [
        ("/administration/companies/company/import/", "Importer"),
        ("/administration/companies/company/export/?category__exact=PME", "Exporter en CSV"),
        ("/administration/companies/company/export/?category__exact=PME&amp;format=xlsx", "Exporter en XLSX"),
    ]


@pytest.mark.parametrize(
    ("page", "files"),
    [
        ("/entreprises/", "/administration/companies/company/"),
        ("/conventions/", "/administration/conventions/convention/"),
        ("/resultats/", "/administration/conventions/result/"),
        ("/plan-du-site/", "/administration/"),
    ],
)
def test_the_portal_leads_to_the_files_whom_they_are_open_to(client: Client, cast: Cast, page: str, files: str) -> None:
    counts = []
    for user in (cast.staff_referent, cast.referent):
        client.force_login(user)
        counts.append(client.get(page).content.decode().count(f'href="{files}"'))

    assert counts == [1, 0]


def test_the_address_of_a_confirmation_leads_back_to_the_file(staff: Client) -> None:
    response = staff.get("/administration/companies/company/process_import/")

    assert (response.status_code, response.url) == (302, PAGE)  # type: ignore[attr-defined]  # a redirect has it


def test_the_list_sorts_names_as_the_french_do(staff: Client, cast: Cast) -> None:
    for name in ("Boulangerie", "Bâtiment"):
        CompanyFactory(name=name, department=cast.company.department)

    page = staff.get("/administration/companies/company/?o=0").content.decode()

    assert page.index("Bâtiment") < page.index("Boulangerie")
