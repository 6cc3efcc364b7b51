"""The core of the journey without JavaScript: sign in, enter, transmit, review, write the bilan. On a telephone."""

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Visit, sign_in
from tests.browser.test_journey import answer, obstacles, press, question, row, tick

PLAIN = {"java_script_enabled": False, "viewport": {"width": 390, "height": 900}}


@pytest.fixture
def member(visit: Visit) -> Page:
    """The administrator of the company."""
    return visit("entreprise.62", **PLAIN)


@pytest.fixture
def referent(visit: Visit) -> Page:
    """The référent of the Pas-de-Calais."""
    return visit("referent.62", **PLAIN)


def test_signs_in_walks_by_the_menu_and_signs_out(demo: Demo, visit: Visit) -> None:
    page = visit("", **PLAIN)
    sign_in(page, demo, "lecteur.62")
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Conventions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Conventions")
    page.get_by_role("button", name="Se déconnecter").click()

    expect(page).to_have_url(demo.at("/"))


def test_company_enters_and_transmits(demo: Demo, member: Page) -> None:
    member.goto(demo.at("/resultats/{submission.progress}/saisie/recruter/"))
    for code, figure in (("REC-04", "0"), ("REC-05", "17"), ("REC-06", "3")):
        answer(member, code, figure)
    tick(question(member, "REC-07").get_by_label("Oui"))
    press(member, "Enregistrer et continuer")
    for code, figure in (
        ("ACH-01", "4"),
        ("ACH-02", "2"),
        ("ACH-03", "1 234,5"),
        ("ACH-06", "90 000"),
        ("ACH-07", "1"),
    ):
        answer(member, code, figure)
    answer(member, "ACH-05", "0")
    box = question(member, "ACH-04")
    tick(box.get_by_role("checkbox", name="Sans objet"))
    press(member, "Enregistrer le brouillon")
    expect(member.get_by_role("alert")).to_contain_text("Une réponse est à corriger")
    box.get_by_label("Pourquoi").fill("Aucun prestataire de ce secteur.")
    press(member, "Enregistrer le brouillon")
    member.goto(demo.at("/resultats/{submission.progress}/saisie/sensibiliser/"))
    tick(question(member, "SEN-07").get_by_label("C’est exact"))
    press(member, "Enregistrer et continuer")

    member.goto(demo.at("/resultats/{submission.progress}/"))
    assert obstacles(member) == []
    press(member, "Transmettre")

    expect(member.get_by_text("Vos résultats sont transmis.")).to_be_visible()


def test_referent_returns_one_and_validates_another(demo: Demo, referent: Page) -> None:
    referent.goto(demo.at("/resultats/{submission.progress}/"))
    tick(row(referent, "REC-05").get_by_role("checkbox"))
    row(referent, "REC-05").get_by_role("textbox").fill("Comptez aussi les chefs d’équipe.")
    referent.get_by_label("Mot à l’entreprise").fill("Un chiffre est à revoir.")
    press(referent, "Renvoyer pour correction")
    expect(referent.get_by_text("La remontée est renvoyée pour correction.")).to_be_visible()

    referent.goto(demo.at("/resultats/{submission.transmitted}/"))
    press(referent, "Valider la remontée")
    expect(referent.get_by_text("La remontée est validée")).to_be_visible()


@pytest.mark.usefixtures("worker")
def test_referent_writes_and_transmits_the_bilan(demo: Demo, referent: Page) -> None:
    referent.goto(demo.at("/bilans/62/2020-S1/contexte/"))
    press(referent, "Enregistrer les chiffres relus")
    referent.get_by_label("L’essentiel, en trois phrases").fill("Un semestre suspendu, puis repris.")
    referent.get_by_label("Stratégie").fill("Relancer les achats.")
    press(referent, "Relire avant de transmettre")
    referent.get_by_label("Motif de l’envoi").fill("Les autres remontées suivent.")
    # The document is made in between: seconds, more on a machine that is busy.
    referent.get_by_role("main").get_by_role("button", name="Transmettre").click(timeout=90_000)

    expect(referent.get_by_text("Le bilan est transmis.")).to_be_visible(timeout=90_000)


def test_referent_receives_the_file_that_was_refused(demo: Demo, referent: Page) -> None:
    faulty = {"name": "a.csv", "mimeType": "text/csv", "buffer": "SIRET;Nom;Catégorie\n12;Terril;PME\n".encode()}
    referent.goto(demo.at("/entreprises/importer/"))
    referent.get_by_label("Fichier à importer").set_input_files(faulty)  # type: ignore[arg-type]  # a file in memory
    press(referent, "Afficher l’aperçu")

    with referent.expect_download() as download:
        press(referent, "Recevoir votre fichier annoté (XLSX)")

    table = load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
    assert download.value.suggested_filename == "entreprises-a-corriger.xlsx"
    assert [cell.value for cell in table[1]] == ["SIRET", "Nom", "Catégorie", "À corriger"]
