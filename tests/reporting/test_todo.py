"""« À traiter »: what comes first, what is said of each line, and that a line opens exactly what it counted."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import OutgoingMail, User
from companies.models import Charter, Company
from conventions.actions.submissions import validate
from conventions.models import Convention
from french.words import long_date
from reporting.actions import ask_back, transmit
from reporting.dashboards import prefecture_home
from reporting.dashboards.words import Task, Urgency, in_order
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    S2_2019,
    BilanFactory,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    InvitationFactory,
    SubmissionFactory,
)
from tests.filing import blank_pdf
from tests.pages import page, signed_in, text

pytestmark = pytest.mark.usefixtures("catalogue")

ON = date(2020, 3, 10)
AT = datetime(2020, 3, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.PAQTE_TODAY = ON


def engaged(cast: Cast, name: str, **fields: object) -> Convention:
    convention: Convention = ConventionFactory(
        company=CompanyFactory(department=cast.company.department, name=name), **fields
    )
    return convention


def answered(convention: Convention, first: dict[str, Any] | None, second: dict[str, Any] | None) -> None:
    """What a company did with each semester of 2019; None: nothing was asked."""
    for semester, fields in ((S1_2019, first), (S2_2019, second)):
        if fields is not None:
            SubmissionFactory(convention=convention, campaign=CampaignFactory(semester=semester), **fields)


def charter(convention: Convention | None, company: Company, reference: str) -> None:
    row = Charter.objects.create(company=company, reference=reference, signed_on=date(2016, 5, 2))
    if convention:
        Convention.objects.filter(pk=convention.pk).update(charter=row)


def refused(to: str, delivery: str = "refused", **fields: Any) -> OutgoingMail:
    return OutgoingMail.objects.create(to=to, subject="Relance", body="…", delivery=delivery, **fields)


@pytest.fixture
def world(cast: Cast) -> Cast:
    """One of each, and beside it what a filter a little too wide or too narrow would take or leave."""
    answered(engaged(cast, "À valider"), {"validated": True}, {"transmitted": True})
    answered(engaged(cast, "À valider aussi"), {"transmitted": True}, {"validated": True})
    answered(engaged(cast, "Deux fois muette"), {}, {})
    answered(engaged(cast, "Deux fois muette aussi"), {}, {})
    answered(engaged(cast, "Muette la seconde fois"), {"validated": True}, {})
    answered(engaged(cast, "Muette la première fois"), {}, {"validated": True})
    answered(
        engaged(cast, "Muette avec un délai"),
        {},
        {"extended_until": date(2020, 3, 31), "extension_reason": "Changement de logiciel."},
    )
    answered(engaged(cast, "À corriger"), {"validated": True}, {"returned": True})
    answered(ConventionFactory(company=cast.other_company), {}, {"transmitted": True})
    engaged(cast, "Prête", ready=True)
    for name in ("Brouillon", "Brouillon aussi"):
        engaged(cast, name, draft=True)
    for rank in range(6):
        engaged(cast, f"Bientôt finie {rank}", ends_on=date(2020, 9, 9))
    engaged(cast, "Finie plus tard", ends_on=date(2020, 9, 10))
    renewed = engaged(cast, "Déjà renouvelée", ends_on=date(2020, 6, 30))
    ConventionFactory(company=renewed.company, starts_on=date(2020, 7, 1), renews=renewed, draft=True)
    charter(None, cast.company, "CEQ-1")
    prepared, converted = engaged(cast, "Charte en préparation", draft=True), engaged(cast, "Charte convertie")
    charter(prepared, prepared.company, "CEQ-2")
    charter(converted, converted.company, "CEQ-3")
    charter(None, cast.other_company, "CEQ-4")
    refused(cast.member.email)
    refused(cast.rival.email)
    refused(cast.rival.email, "given_up")
    refused(cast.contributor.email)
    refused(cast.contributor.email, "sent", sent_at=timezone.now())
    refused(InvitationFactory(company=cast.company, email="invitee@example.org").email)
    refused(cast.other_member.email)
    return cast


def tasks(user: User) -> list[Task]:
    return list(prefecture_home(user, ON, at=AT).tasks)


COUNTED = {
    "/entreprises/?acces=sans-personne": 17,
    "/courriels/non-remis/": 3,
    "/chartes/?etat=a-convertir": 2,
    "/resultats/?etat=deux-semestres": 2,
    "/resultats/?etat=delai-depasse": 7,
    "/conventions/?situation=prete": 1,
    "/conventions/?situation=brouillon": 4,
    "/resultats/?etat=a-valider": 2,
    "/conventions/?situation=bientot-echue": 6,
    "/resultats/?etat=a-corriger": 1,
}


def rows_of(user: User, url: str) -> int:
    """How many rows the list at this address has, all its pages together."""
    response: Any = signed_in(user).get(url)  # Any: the test client's own response
    count: int = response.context_data["page"].paginator.count
    return count


def test_every_line_opens_exactly_what_it_counted(world: Cast) -> None:
    lines = {task.url: int(task.sentence.split()[0]) for task in tasks(world.referent) if task.sentence[0].isdigit()}

    opened = {url: rows_of(world.referent, url) for url in lines}

    assert lines == COUNTED
    assert opened == COUNTED


def test_the_lecteur_opens_the_same(world: Cast) -> None:
    opened = {url: rows_of(world.lecteur, url) for url in COUNTED}

    assert [task.sentence for task in tasks(world.lecteur)] == [task.sentence for task in tasks(world.referent)]
    assert opened == COUNTED


def test_what_is_said_of_each_line_and_in_what_order(world: Cast) -> None:
    since = f"la première depuis le {long_date(timezone.localdate())}"

    assert [(task.sentence, task.when, task.is_late) for task in tasks(world.referent)] == [
        ("17 entreprises signataires n’ont personne pour répondre", "échéance passée le 31 janvier 2020", False),
        ("3 adresses ne reçoivent pas les courriels du portail", since, False),
        ("1 convention prête à signer", "devait prendre effet le 8 février 2019", True),
        ("4 conventions en brouillon", "la première devait prendre effet le 8 février 2019", True),
        ("7 remontées silencieuses, délai dépassé", "la première attendue depuis le 31 juillet 2019", True),
        ("Bilan du 1er semestre 2019 à commencer", "attendu depuis le 14 septembre 2019", True),
        (
            "2 entreprises silencieuses deux semestres de suite",
            "la première attendue depuis le 31 janvier 2020",
            True,
        ),
        ("2 chartes Entreprises et Quartiers à convertir", "la circulaire demandait janvier 2020", True),
        ("2 remontées à valider", "la première transmise le 20 juillet 2019", False),
        ("Bilan du 2e semestre 2019 à commencer", "avant le 16 mars 2020", False),
        ("6 conventions expirent d’ici le 9 septembre 2020", "la première le 9 septembre 2020", False),
        ("1 remontée en attente de correction", "renvoyée le 2 août 2019", False),
    ]


def sent_bilan(cast: Cast) -> Any:  # Any: a bilan
    SubmissionFactory(convention=engaged(cast, "À temps"), validated=True)
    bilan = BilanFactory(semester=S1_2019, sending_note="Tout est là.")
    transmit(bilan, at=datetime(2019, 9, 2, 9, tzinfo=UTC), by=cast.referent, render=blank_pdf)
    return bilan


def test_what_the_agency_asks_is_dated(cast: Cast) -> None:
    bilan = sent_bilan(cast)
    ask_back(bilan, comment="D’où vient ce chiffre ?", at=datetime(2020, 3, 1, 23, 30, tzinfo=UTC), by=cast.cget)

    asked = next(task for task in tasks(cast.referent) if "question" in task.sentence)

    assert asked == Task(
        "L’agence pose une question sur le bilan du 1er semestre 2019",
        "/bilans/62/2019-S1/echange/",
        Urgency.WAITING,
        date(2020, 3, 2),
        "le 2 mars 2020",
    )


def test_what_was_sent_and_is_no_longer_true_is_a_line(cast: Cast) -> None:
    bilan = sent_bilan(cast)
    late = SubmissionFactory(convention=engaged(cast, "En retard"), transmitted=True, answers={"REC-02": 4})
    validate(late, at=AT, by=cast.referent)

    untrue = next(task for task in tasks(cast.referent) if task.details)

    assert untrue.url == bilan.get_absolute_url()
    assert re.fullmatch(r"Bilan du 1er semestre 2019.: \d+ chiffres et \d listes? ont changé .*", untrue.sentence)
    assert (untrue.urgency, untrue.when) == (Urgency.WAITING, "transmis le 2 septembre 2019")
    assert untrue.details[0] == "Entreprises signataires\u00a0: 1 → 2"
    assert untrue.details[0] in text(page(cast.lecteur, "dashboard"))


def test_urgency_then_the_day() -> None:
    late, later = (Task("", "", Urgency.LATE, date(2020, 1, day)) for day in (1, 2))
    undated, blocked = Task("", "", Urgency.WAITING), Task("", "", Urgency.BLOCKED, date(2021, 1, 1))
    dated = Task("", "", Urgency.WAITING, date(2022, 1, 1))

    assert in_order([undated, dated, later, late, blocked]) == (blocked, late, later, dated, undated)
