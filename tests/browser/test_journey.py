"""The whole chain, as people walk it: a convention signed, a semester entered, reviewed, and a bilan sent."""

import re
import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Demo, Visit
from tests.factories import invented_siret

NARROW = "\u202f"
COMPANY = "Chaudronnerie du Terril neuf"


def question(page: Page, code: str) -> Locator:
    """The block of one indicator in the entry."""
    return page.locator(".portal-entry", has=page.get_by_text(code, exact=True))


def answer(page: Page, code: str, figure: str) -> None:
    """Type a figure."""
    question(page, code).get_by_role("textbox").first.fill(figure)


def press(page: Page, name: str) -> None:
    """Press a button of the page itself."""
    page.get_by_role("main").get_by_role("button", name=name).click()


def tick(box: Locator) -> None:
    """Tick or untick by keyboard: the design system lays its drawing over the box."""
    box.press("Space")


def row(page: Page, text: str) -> Locator:
    """The line of a table that says this."""
    return page.get_by_role("row").filter(has_text=text)


def obstacles(page: Page) -> list[str]:
    """What is still missing before the transmission."""
    return page.locator(".portal-obstacles li").all_inner_texts()


def test_convention_is_drawn_up_and_signed(demo: Demo, visit: Visit) -> None:
    page = visit("referent.62")
    page.goto(demo.at("/entreprises/"))
    page.get_by_role("link", name="Nouvelle entreprise").click()
    page.get_by_label("SIRET").fill(invented_siret(8123))
    page.get_by_label("Raison sociale").or_(page.get_by_label("Nom", exact=True)).first.fill(COMPANY)
    page.get_by_label("Catégorie").select_option("PME")
    page.get_by_label("Effectif").fill("140")
    press(page, "Enregistrer l’entreprise")
    expect(page.get_by_role("heading", level=1)).to_have_text(COMPANY)

    page.get_by_role("link", name="Préparer une convention").click()
    page.get_by_label("Date d’effet").fill("10/07/2020")
    tick(page.get_by_label("Sensibiliser"))
    tick(page.get_by_label("Acheter"))
    page.get_by_label("Motif du choix des axes").fill("Les achats sont décidés au siège, hors du département.")
    press(page, "Créer le brouillon")
    expect(page.get_by_role("heading", level=1)).to_contain_text(COMPANY)

    for year, figure in ((1, "2"), (2, "1 003"), (3, "4")):
        row(page, "REC-02").get_by_role("textbox", name=f"Année {year}").fill(figure)
    expect(row(page, "REC-02").locator("output")).to_have_text(f"1{NARROW}009")
    press(page, "Enregistrer les objectifs")

    expect(page.get_by_text("Fixez au moins un objectif pour l’axe « Former »")).to_be_visible()
    expect(page.get_by_role("button", name="Déclarer prête à signer")).to_be_disabled()
    page.get_by_role("link", name="Fixer les objectifs").click()
    row(page, "FOR-03").get_by_role("textbox", name="Année 1").fill("3")
    press(page, "Enregistrer les objectifs")

    press(page, "Déclarer prête à signer")
    page.get_by_role("link", name="Enregistrer la signature").click()
    page.get_by_label("Date de signature").fill("10/07/2020")
    page.get_by_label("Lieu de signature").fill("Lens")
    press(page, "Enregistrer la signature")

    expect(page.get_by_text("signée le 10 juillet 2020 à Lens")).to_be_visible()
    expect(page.get_by_text("La signature est enregistrée")).to_be_visible()


PURCHASES = """
    SELECT SUM(result.value) FROM conventions_result result
    JOIN indicators_indicator indicator ON indicator.id = result.indicator_id AND indicator.code = 'ACH-03'
    JOIN conventions_submission submission ON submission.id = result.submission_id AND submission.state = 'validated'
    JOIN conventions_campaign campaign ON campaign.id = submission.campaign_id AND campaign.semester = '2020-S1'
    JOIN conventions_convention convention ON convention.id = submission.convention_id
    JOIN companies_company company ON company.id = convention.company_id AND company.department_id = '62'
"""


def purchases(demo: Demo) -> str:
    """What the companies of the Pas-de-Calais bought, those of the demonstration and the one of these tests.

    In whole euros, as documents print them: fifty cents go up.
    """
    with closing(sqlite3.connect(demo.folder / "paqte.sqlite3", timeout=60)) as database:
        [[total]] = database.execute(PURCHASES)
    return str(int(total + 0.5))


def grouped(figure: str) -> str:
    """The thousands apart, as the page prints a figure of five or six digits."""
    return f"{figure[:-3]}{NARROW}{figure[-3:]}"


@pytest.mark.usefixtures("worker")
class TestFromFiguresToBilan:
    """One semester of « Ateliers Terril », step after step: each test goes on from the one before."""

    @pytest.fixture
    def member(self, visit: Visit) -> Page:
        """The administrator of the company."""
        return visit("entreprise.62")

    @pytest.fixture
    def referent(self, visit: Visit) -> Page:
        """The référent of the Pas-de-Calais."""
        return visit("referent.62")

    def test_transmission_of_an_unfinished_form_says_what_is_missing(self, demo: Demo, member: Page) -> None:
        member.goto(demo.at("/resultats/{submission.progress}/"))
        missing = obstacles(member)
        assert missing
        member.get_by_role("button", name="Transmettre").press("Enter")

        expect(member.get_by_role("heading", name="Cette action n’a pas eu lieu")).to_be_visible()
        expect(member.locator(".portal-error-summary")).to_be_focused()
        assert obstacles(member) == missing

    def test_zero_not_applicable_and_french_numbers(self, demo: Demo, member: Page) -> None:
        member.goto(demo.at("/tableau-de-bord/"))
        member.get_by_role("link", name="Continuer ma saisie").click()
        member.get_by_role("link", name=re.compile("^Recruter")).click()
        answer(member, "REC-04", "0")
        answer(member, "REC-05", "17")
        answer(member, "REC-06", "3")
        tick(question(member, "REC-07").get_by_label("Oui"))
        press(member, "Enregistrer et continuer")

        for code, figure in (("ACH-01", "4"), ("ACH-02", "2"), ("ACH-03", f"1{NARROW}234,5"), ("ACH-07", "1.234")):
            answer(member, code, figure)
        answer(member, "ACH-05", "0")
        answer(member, "ACH-06", "90000")
        tick(question(member, "ACH-04").get_by_role("checkbox", name="Sans objet"))
        press(member, "Enregistrer le brouillon")
        summary = member.locator(".portal-error-summary")
        expect(summary).to_contain_text("1.234")
        expect(summary.get_by_role("listitem")).to_have_count(2)

        question(member, "ACH-04").get_by_label("Pourquoi").fill("Aucun prestataire de ce secteur.")
        answer(member, "ACH-07", "1")
        press(member, "Enregistrer le brouillon")
        expect(question(member, "ACH-03").get_by_role("textbox").first).to_have_value(f"1{NARROW}234,5")

        member.goto(demo.at("/resultats/{submission.progress}/"))
        expect(row(member, "REC-04").get_by_role("cell").first).to_have_text("0")
        expect(row(member, "ACH-03").get_by_role("cell").first).to_have_text(f"1{NARROW}234,5 €")
        expect(row(member, "ACH-04").get_by_role("cell").first).to_contain_text("sans objet")

    def test_double_click_transmits_once(self, demo: Demo, member: Page) -> None:
        member.goto(demo.at("/resultats/{submission.progress}/"))
        member.get_by_role("link", name=re.compile("SEN-07.*Est-ce exact")).click()
        tick(question(member, "SEN-07").get_by_label("C’est exact"))
        press(member, "Enregistrer le brouillon")

        member.goto(demo.at("/resultats/{submission.progress}/"))
        assert obstacles(member) == []
        member.get_by_label("Message à votre référent").fill("Les achats ont repris en juin.")
        member.get_by_role("button", name="Transmettre").dblclick()

        expect(member.get_by_text("Vos résultats sont transmis.")).to_be_visible()
        expect(member.locator("main")).to_contain_text("Version 1, transmise le 10 juillet 2020")
        expect(member.locator("main")).not_to_contain_text("Version 2")
        member.go_back()
        expect(member.get_by_role("heading", level=1)).to_be_visible()
        expect(member.get_by_role("button", name="Transmettre")).to_have_count(0)

    def test_sending_the_same_form_again_is_refused(self, demo: Demo, member: Page) -> None:
        member.goto(demo.at("/resultats/{submission.progress}/"))
        token = member.locator("header input[name=csrfmiddlewaretoken]").first.input_value()
        answer_again = member.request.post(
            demo.at("/resultats/{submission.progress}/transmettre/"),
            form={"csrfmiddlewaretoken": token, "message": ""},
            headers={"Referer": demo.at("/resultats/")},
        )

        assert answer_again.status == 409
        assert "transmise" in answer_again.text()

    def test_referent_returns_it_with_a_comment_on_one_indicator(self, demo: Demo, referent: Page) -> None:
        referent.goto(demo.at("/tableau-de-bord/"))
        referent.get_by_role("link", name=re.compile("remontées à valider")).click()
        referent.get_by_role("link", name="Ateliers Terril").click()
        expect(referent.get_by_text("Les achats ont repris en juin.")).to_be_visible()
        row(referent, "REC-05").get_by_role("textbox").fill("Comptez aussi les chefs d’équipe.")
        expect(row(referent, "REC-05").get_by_role("checkbox")).to_be_checked()
        press(referent, "Renvoyer pour correction (1)")

        expect(referent.get_by_role("alert")).to_contain_text("Dites à l’entreprise pourquoi")
        referent.get_by_label("Mot à l’entreprise").fill("Un chiffre est à revoir.")
        press(referent, "Renvoyer pour correction (1)")

        expect(referent.get_by_text("La remontée est renvoyée pour correction.")).to_be_visible()

    def test_member_corrects_that_field_only_and_transmits_again(self, demo: Demo, member: Page) -> None:
        member.goto(demo.at("/resultats/{submission.progress}/saisie/recruter/"))
        expect(member.get_by_text("Comptez aussi les chefs d’équipe.")).to_be_visible()
        expect(member.get_by_role("checkbox", name="Sans objet")).to_have_count(1)
        expect(question(member, "REC-04")).to_contain_text("Transmis : 0")
        answer(member, "REC-05", "19")
        press(member, "Enregistrer et continuer")
        press(member, "Transmettre")

        expect(member.locator("summary").filter(has_text="Version 2")).to_contain_text("1 réponse a changé")

    def test_referent_validates(self, demo: Demo, referent: Page) -> None:
        referent.goto(demo.at("/resultats/{submission.progress}/"))
        referent.locator("summary").filter(has_text="Version 2").click()
        expect(referent.locator("ins")).to_have_text("19")
        press(referent, "Valider la remontée")

        expect(referent.get_by_text("La remontée est validée")).to_be_visible()

    def test_referent_completes_the_bilan_and_transmits_it(self, demo: Demo, referent: Page, tmp_path: Path) -> None:
        referent.goto(demo.at("/bilans/62/2020-S1/rediger/"))
        expect(referent.get_by_text("Relisez « Stratégie définie », repris du bilan précédent.")).to_be_visible()
        referent.get_by_role("link", name="Relisez « Éléments de contexte »").click()
        press(referent, "Enregistrer les chiffres relus")
        referent.get_by_label("L’essentiel, en trois phrases").fill("Un semestre suspendu, puis repris.")
        referent.get_by_label("Stratégie").fill("Relancer les achats auprès des fournisseurs des quartiers.")
        press(referent, "Relire avant de transmettre")
        expect(referent.get_by_role("heading", level=1)).to_contain_text("Relire avant de transmettre")
        expect(referent.get_by_text("Silencieuses")).to_contain_text("Terril Restauration collective")

        draft = downloaded(referent, "Lire le PDF")
        assert "PROJET" in draft
        assert f"{purchases(demo)}€" in draft
        referent.goto(demo.at("/bilans/62/2020-S1/transmettre/"))
        referent.get_by_role("link", name="Lire la page").click()
        expect(referent.locator("main")).to_contain_text(grouped(purchases(demo)))

        referent.go_back()
        referent.get_by_label("Motif de l’envoi").fill("Les autres remontées suivent.")
        # The document is made in between: seconds, more on a machine that is busy.
        referent.get_by_role("main").get_by_role("button", name="Transmettre").dblclick(timeout=90_000)
        expect(referent.get_by_text("Le bilan est transmis.")).to_be_visible(timeout=90_000)
        assert "PROJET" not in downloaded(referent, "PDF")

    def test_agency_finds_it_and_its_total_changed(self, demo: Demo, visit: Visit) -> None:
        page = visit("cget")
        page.goto(demo.at("/bilans/"))
        expect(page.get_by_text(re.compile(r"^\s*1 bilan transmis sur"))).to_be_visible()
        assert "Unsemestresuspendu,puisrepris." in downloaded(page, "PDF")
        page.get_by_role("link", name="Voir le total national").click()
        expect(row(page, "Achats auprès de fournisseurs implantés en QPV")).to_contain_text(grouped(purchases(demo)))


def downloaded(page: Page, link: str) -> str:
    """Press the link of a PDF; the text of the file, without its spaces: extraction moves them."""
    with page.expect_download() as download:
        page.get_by_role("main").get_by_role("link", name=link).first.click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"%PDF-")
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def test_two_tabs_lose_nothing(demo: Demo, visit: Visit) -> None:
    first = visit("arabe")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(demo.at("/resultats/{submission.arabic}/saisie/former/"))
    answer(first, "FOR-02", "5")
    press(first, "Enregistrer le brouillon")
    expect(first.get_by_text("brouillon enregistré")).to_be_visible()
    answer(second, "FOR-02", "7")
    press(second, "Enregistrer le brouillon")

    expect(second.get_by_role("alert")).to_contain_text("en même temps que vous")
    expect(question(second, "FOR-02").get_by_role("textbox").first).to_have_value("7")
    expect(question(second, "FOR-02")).to_contain_text("Enregistré entre-temps : 5")
    press(second, "Enregistrer le brouillon")
    first.reload()
    expect(question(first, "FOR-02").get_by_role("textbox").first).to_have_value("7")
