"""The pages that take files speak French and are said as they are seen: labels, alerts, captions and headers."""

import html
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from companies.kept_files import FOLDER
from companies.models import Company
from tests.cast import Cast
from tests.factories import invented_siret

PAGE = "/entreprises/importer/"
NEW = invented_siret(701)
ALERT = "fr-alert--error"
FIELD = 'id="id_import_file"'


@pytest.fixture
def referent(client: Client, cast: Cast) -> Client:
    client.force_login(cast.referent)
    return client


def sent(client: Client, content: str) -> str:
    file = SimpleUploadedFile("entreprises.csv", content.encode())
    page = client.post(PAGE, {"import_file": file}).content.decode()
    return html.unescape(page).replace("\u00a0", " ")


def test_the_page_names_its_field_and_says_what_each_column_is(referent: Client) -> None:
    page = html.unescape(referent.get(PAGE).content.decode()).replace("\u00a0", " ")

    assert 'accept=".csv,.xlsx,.ods"' in page
    assert re.findall(r"<dt>([^<]*)<span", page) == ["SIRET", "Nom", "Catégorie"]
    assert "Afficher l’aperçu" in page
    assert "<title>Importer des entreprises – Portail PAQTE</title>" in page
    assert ALERT not in page
    assert re.findall(r'href="/entreprises/importer/([^"]*)"', page) == [
        *("modele.xlsx", "modele.ods", "modele.csv", "a-jour.xlsx", "a-jour.ods", "a-jour.csv")
    ]


def test_a_file_refused_is_told_at_the_top_with_a_link_to_its_field(referent: Client) -> None:
    page = sent(referent, "%PDF-1.7")

    assert page.index(ALERT) < page.index(FIELD)
    assert "<title>Erreur – Importer des entreprises – Portail PAQTE</title>" in page
    assert '<a href="#id_import_file">Fichier à importer : Ce fichier n’est ni un classeur' in page
    assert 'aria-invalid="true"' in page


def test_lines_refused_are_told_at_the_top(referent: Client) -> None:
    page = sent(referent, f"SIRET;Nom;Catégorie\n{NEW};;PME\n")

    fault = "<li>Ligne 2, colonne Nom : Ce champ ne peut pas être vide.</li>"
    assert page.index(ALERT) < page.index(fault) < page.index(FIELD)
    assert "<title>Erreur – Importer des entreprises – Portail PAQTE</title>" in page


def test_a_file_without_a_needed_column_is_told_at_the_top(referent: Client) -> None:
    page = sent(referent, f"SIRET;Nom\n{NEW};Terril\n")

    assert page.index(ALERT) < page.index("<p>Il manque la colonne : Catégorie.</p>") < page.index(FIELD)


def test_a_preview_names_each_line_and_what_it_does(referent: Client) -> None:
    page = sent(referent, f"\nSIRET;Nom;Catégorie\n\n{NEW};Terril;PME\n")

    assert '<h2 class="fr-mt-4w">Lignes du fichier</h2>' in page
    assert '<strong dir="auto">Terril</strong>' in page
    assert "Ligne 4 · nouvelle" in page
    assert "1 ligne nouvelle, 0 modifiée, 0 inchangée." in page
    assert "Confirmer l’import" in page


def test_a_preview_shows_a_hundred_rows_and_counts_them_all(referent: Client) -> None:
    rows = "".join(f"{invented_siret(index)};Terril {index};PME\n" for index in range(500, 620))

    page = sent(referent, f"SIRET;Nom;Catégorie\n{rows}")

    assert '<h2 class="fr-mt-4w">Lignes du fichier, les cent premières</h2>' in page
    assert page.count("· nouvelle") == 100
    assert "120 lignes nouvelles, 0 modifiée, 0 inchangée." in page


def test_a_preview_says_when_it_shows_the_rows_that_change_alone(referent: Client, cast: Cast) -> None:
    known = f"{cast.company.siret};{cast.company.name};{cast.company.category}"

    page = sent(referent, f"SIRET;Nom;Catégorie\n{known}\n{NEW};Terril;PME\n")

    assert '<h2 class="fr-mt-4w">Lignes qui changent</h2>' in page
    assert "1 ligne nouvelle, 0 modifiée, 1 inchangée." in page
    assert page.count("· inchangée") == 0


@pytest.mark.parametrize("page", ["/entreprises/", "/conventions/", "/resultats/"])
def test_each_list_leads_to_its_import_who_may_send_a_file(client: Client, cast: Cast, page: str) -> None:
    counts = []
    for user in (cast.referent, cast.lecteur, cast.animateur):
        client.force_login(user)
        counts.append(client.get(page).content.decode().count(f'href="{page}importer/"'))

    assert counts == [1, 0, 0]


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"[1, 2", b'[["SIRET"], 1, [], [[1]]]'])
def test_a_file_that_the_disk_did_not_keep_whole_is_asked_for_again(referent: Client, damage: bytes) -> None:
    page = sent(referent, f"SIRET;Nom;Catégorie\n{NEW};A;PME\n")
    fields = dict(re.findall(r'name="(file|seen)" value="([^"]*)"', page))
    path = f"{FOLDER}/{fields['file'].partition(':')[0]}"
    default_storage.delete(path)
    default_storage.save(path, ContentFile(damage))

    answer = referent.post(f"{PAGE}confirmer/", fields)

    assert (answer.status_code, Company.objects.filter(siret=NEW).exists()) == (409, False)
    assert "envoyez de nouveau votre fichier" in html.unescape(answer.content.decode())
