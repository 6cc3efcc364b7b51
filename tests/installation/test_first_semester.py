"""From an empty portal to a validated submission: everyone enters by the mail that the portal sent them."""

from base64 import b32decode
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Browser

from territories.semester import Semester
from tests.factories import invented_siret
from tests.installation.hand import Hand, Tally
from tests.installation.stage import Stage

pytestmark = pytest.mark.installation

COMPANY = "Chaudronnerie du Terril"
PASSWORD = "une houille bleue sous le vent"
AGENT = "alix.beffroi@agence.test"
REFERENT = "sacha.terril@prefecture.test"
ADMINISTRATOR = "noor.terril@chaudronnerie.test"
CONTRIBUTOR = "jo.terril@chaudronnerie.test"
STATE = {AGENT, REFERENT}


@dataclass(frozen=True)
class Way:
    """How everybody in one run works: the width of the screen, keyboard or pointer, with scripts or without."""

    width: int
    keyboard: bool = False
    scripts: bool = True

    @property
    def options(self) -> dict[str, Any]:  # Any: Playwright's options
        """Of each person's browser."""
        return {
            "locale": "fr-FR",
            "timezone_id": "Europe/Paris",
            "viewport": {"width": self.width, "height": 900},
            "java_script_enabled": self.scripts,
            "ignore_https_errors": True,
        }


WAYS = {
    "telephone": Way(390),
    "keyboard": Way(1280, keyboard=True),
    "telephone without scripts": Way(390, scripts=False),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_first_semester_from_nothing(stage: Stage, browser: Browser, way: Way) -> None:
    work: dict[str, Tally] = {}
    with ExitStack() as browsers:

        def person(address: str) -> Hand:
            context = browsers.enter_context(browser.new_context(**way.options))
            return Hand(context.new_page(), work.setdefault(address, Tally()), keyboard=way.keyboard)

        walk(stage, person, date.today())  # noqa: DTZ011  # an installation follows the real clock

    for who, cost in work.items():
        print(f"{who} : {cost.pages} pages, {cost.gestures} gestes")  # noqa: T201  # for whoever measures, with -s


def walk(stage: Stage, person: Callable[[str], Hand], today: date) -> None:
    """The whole way; `person` opens a browser for whoever has this address."""
    stage.manage("invite_agent", AGENT)
    agent = person(AGENT)
    enter(stage, agent, AGENT, "Alix", "Beffroi")
    open_campaign(stage, agent, today)
    invite_referent(stage, agent)

    referent = person(REFERENT)
    enter(stage, referent, REFERENT, "Sacha", "Terril")
    register_company(stage, referent)
    sign_convention(referent, today)
    invite_administrator(stage, referent)

    administrator = person(ADMINISTRATOR)
    enter(stage, administrator, ADMINISTRATOR, "Noor", "Terril")
    invite_contributor(stage, administrator)

    contributor = person(CONTRIBUTOR)
    enter(stage, contributor, CONTRIBUTOR, "Jo", "Terril")
    report(stage, contributor)
    transmit(stage, administrator)
    validate(stage, referent)


def enter(stage: Stage, hand: Hand, address: str, first_name: str, last_name: str) -> None:
    """Open the link of the mail, accept, and land on one's own home; a company does without a password."""
    hand.open(stage.link_sent(address))
    hand.fill("Prénom", first_name)
    hand.fill("Nom", last_name)
    if address in STATE:
        hand.fill("Nouveau mot de passe", PASSWORD)
        hand.fill("Le même, une seconde fois", PASSWORD)
    hand.press("Accepter l’invitation")
    if address in STATE:
        set_up_telephone(hand)
    hand.page.wait_for_url(stage.at("/tableau-de-bord/"))


def set_up_telephone(hand: Hand) -> None:
    """Who works for the State gives a second proof, from the first day on."""
    hand.reads("Activer un second facteur")
    secret = hand.page.get_by_role("main").locator(".portal-code").inner_text()
    hand.fill("Code affiché", f"{TOTP(b32decode(secret.replace(' ', ''))).token():06d}")
    hand.press("Activer le second facteur")
    hand.follow("Continuer")


def open_campaign(stage: Stage, hand: Hand, today: date) -> None:
    """The collection of the semester under way opens today."""
    hand.open(stage.at("/campagnes/nouvelle/"))
    hand.fill("Semestre", str(Semester.containing(today)))
    hand.fill("Ouvre le", today.isoformat())
    hand.fill("À transmettre avant le", (today + timedelta(days=30)).isoformat())
    hand.fill("Se ferme le", (today + timedelta(days=45)).isoformat())
    hand.press("Enregistrer")
    hand.reads("La campagne du")


def invite_referent(stage: Stage, hand: Hand) -> None:
    hand.open(stage.at("/invitations/"))
    hand.follow("Inviter")
    hand.follow("Inviter un référent PAQTE")
    hand.choose("Département", "Pas-de-Calais (62)")
    hand.fill("Adresse électronique", REFERENT)
    hand.press("Envoyer l’invitation")
    hand.reads(REFERENT)


def register_company(stage: Stage, hand: Hand) -> None:
    hand.open(stage.at("/entreprises/nouvelle/"))
    hand.fill("SIRET", invented_siret(8123))
    hand.fill("Nom", COMPANY)
    hand.choose("Catégorie", "PME (moins de 250 salariés)")
    hand.press("Enregistrer l’entreprise")
    hand.reads(f"{COMPANY} est enregistrée")


def sign_convention(hand: Hand, today: date) -> None:
    hand.follow("Préparer une convention")
    hand.fill("Date d’effet", today.isoformat())
    for axis in ("Sensibiliser", "Former", "Acheter"):
        hand.tick(hand.page.get_by_label(axis))
    hand.fill("Motif du choix des axes", "L’atelier embauche, le reste est décidé au siège.")
    hand.press("Créer le brouillon")
    row = hand.page.get_by_role("row").filter(has_text="REC-02")
    hand.write(row.get_by_role("textbox", name="Année 1"), "2")
    hand.press("Enregistrer les objectifs")
    hand.press("Déclarer prête à signer")
    hand.follow("Enregistrer la signature")
    hand.fill("Date de signature", today.isoformat())
    hand.fill("Lieu de signature", "Lens")
    hand.press("Enregistrer la signature")
    hand.reads("La signature est enregistrée")


def invite_administrator(stage: Stage, hand: Hand) -> None:
    """From the first line of « À traiter »."""
    hand.open(stage.at("/tableau-de-bord/"))
    hand.follow("1 entreprise signataire")
    hand.follow(COMPANY)
    hand.follow("Inviter un membre")
    hand.fill("Adresse électronique", ADMINISTRATOR)
    hand.press("Envoyer l’invitation")
    hand.reads(ADMINISTRATOR)


def invite_contributor(stage: Stage, hand: Hand) -> None:
    hand.open(stage.at("/entreprises/"))
    hand.follow("Inviter un membre")
    hand.fill("Adresse électronique", CONTRIBUTOR)
    hand.choose("Rôle", "contributeur")
    hand.press("Envoyer l’invitation")
    hand.reads(CONTRIBUTOR)


def report(stage: Stage, hand: Hand) -> None:
    """The contributor answers everything: ten recruitments, two of each kind asked, yes where yes or no is asked."""
    hand.open(stage.at("/tableau-de-bord/"))
    hand.follow("Commencer ma saisie")
    hand.reads("Recrutements")
    for box in hand.page.locator(".portal-entry").all():
        if box.get_by_role("radio").count():
            hand.pick(box, "Oui")
        else:
            whole = box.locator(".portal-entry__code").inner_text() == "REC-01"
            hand.write(box.get_by_role("textbox").first, "10" if whole else "2")
    hand.press("Enregistrer et continuer")
    hand.page.wait_for_url("**/saisie/exemples/")


def transmit(stage: Stage, hand: Hand) -> None:
    """The administrator reads everything once more and sends it."""
    hand.open(stage.at("/resultats/"))
    hand.follow("Chaudronnerie")
    hand.press("Transmettre")
    hand.reads("Vos résultats sont transmis.")


def validate(stage: Stage, hand: Hand) -> None:
    """The référent starts from what waits."""
    hand.open(stage.at("/tableau-de-bord/"))
    hand.follow("1 remontée à valider")
    hand.follow(COMPANY)
    hand.press("Valider la remontée")
    hand.reads("La remontée est validée")
    assert "validé" in stage.letter(ADMINISTRATOR)
