"""The home of each role: what waits, how far one is, and the same number of queries whatever the number of rows."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from conventions.actions.campaigns import plan
from conventions.models import Convention, Submission
from reporting.actions import transmit
from reporting.dashboards import company_home, portfolio_home, prefecture_home
from reporting.dashboards.words import days_left
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    S2_2019,
    BilanFactory,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    PortfolioFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.filing import blank_pdf
from tests.pages import text

PAGE = "/tableau-de-bord/"
TODAY = date(2019, 7, 10)
LATER = date(2019, 9, 15)
AT = datetime(2019, 9, 15, 9, tzinfo=UTC)


@pytest.fixture
def story(cast: Cast, catalogue: str) -> Submission:
    """One convention per company of the cast, and the campaign of the first semester, open."""
    for company in (cast.company, cast.rival_company, cast.other_company):
        ConventionFactory(company=company)
    plan(S1_2019, opens_on=date(2019, 7, 1), due_on=date(2019, 7, 31), locks_on=date(2019, 9, 30), at=AT, by=cast.cget)
    return Submission.objects.get(company=cast.company)


def crowd(cast: Cast, state: str) -> None:
    """Thirty more companies of the Pas-de-Calais with a submission in this state."""
    for _ in range(30):
        convention = ConventionFactory(company=CompanyFactory(department=cast.company.department))
        SubmissionFactory(convention=convention, answers={"REC-02": 3, "REC-01": 8}, **{state: True})


def sentences(user: User, on: date) -> list[tuple[str, str]]:
    return [(task.sentence, task.url) for task in prefecture_home(user, on, at=AT).tasks]


def test_the_prefecture_sees_what_waits_and_where_to_go(cast: Cast, story: Submission) -> None:
    department = cast.company.department
    SubmissionFactory(convention=ConventionFactory(company__department=department), transmitted=True)
    SubmissionFactory(convention=ConventionFactory(company__department=department), returned=True)
    ConventionFactory(company__department=department, ready=True)
    ConventionFactory(company__department=department, draft=True)
    BilanFactory(department=department, strategy="")

    assert sentences(cast.referent, TODAY) == [
        ("2 entreprises signataires n’ont personne pour répondre", "/entreprises/?acces=sans-personne"),
        ("1 convention prête à signer", "/conventions/?situation=prete"),
        ("1 convention en brouillon", "/conventions/?situation=brouillon"),
        ("1 remontée à valider", "/resultats/?etat=a-valider"),
        ("Bilan du 1er semestre 2019\u00a0: 1 rubrique à compléter", "/bilans/62/2019-S1/rediger/"),
        ("1 remontée en attente de correction", "/resultats/?etat=a-corriger"),
    ]
    assert sentences(cast.lecteur, TODAY)[-2] == (
        "Bilan du 1er semestre 2019\u00a0: en préparation",
        "/bilans/62/2019-S1/",
    )


def test_what_was_never_sent_comes_in_order(cast: Cast, story: Submission) -> None:
    names = ["Éditions Terril", "Ateliers du Terril", "Zinguerie Terril", "Écluses du Terril", "Boulangerie Terril"]
    for name in names:
        company = CompanyFactory(department=cast.company.department, name=name)
        PortfolioFactory(user=cast.animateur, company=company)
        SubmissionFactory(convention=ConventionFactory(company=company), campaign=story.campaign)
    CampaignFactory(semester=S2_2019)

    rows = portfolio_home(cast.animateur, date(2020, 1, 10)).silent

    found = [row.company.name for row in rows if row.company.name in names]
    assert found == [
        "Ateliers du Terril",
        "Boulangerie Terril",
        "Écluses du Terril",
        "Éditions Terril",
        "Zinguerie Terril",
    ]


def test_after_the_due_day_the_silent_are_late_and_the_bilan_is_to_be_started(cast: Cast, story: Submission) -> None:
    assert sentences(cast.referent, LATER) == [
        ("2 remontées silencieuses, délai dépassé", "/resultats/?etat=delai-depasse"),
        ("Bilan du 1er semestre 2019 à commencer", "/bilans/"),
    ]


def test_a_convention_near_its_end_is_named(cast: Cast, story: Submission) -> None:
    convention = Convention.objects.get(company=cast.company)
    Convention.objects.filter(pk=convention.pk).update(ends_on=date(2019, 8, 19))

    assert (f"La convention de {cast.company.name} expire dans 40 jours", convention.get_absolute_url()) in sentences(
        cast.referent, TODAY
    )


def test_many_conventions_near_their_end_are_one_line(cast: Cast) -> None:
    rows = [ConventionFactory(company__department=cast.company.department) for _ in range(6)]
    Convention.objects.update(ends_on=date(2019, 8, 20))
    Convention.objects.filter(pk=rows[3].pk).update(ends_on=date(2019, 8, 19))
    expected = "6 conventions expirent d’ici le 9 janvier 2020"

    assert [line for line in sentences(cast.referent, TODAY) if "expire" in line[0]] == [
        (expected, "/conventions/?situation=bientot-echue")
    ]


def test_the_prefecture_sees_who_answered(cast: Cast, story: Submission) -> None:
    SubmissionFactory(
        convention=ConventionFactory(company__department=cast.company.department, axes=["recruter", "acheter"]),
        validated=True,
    )

    collection = prefecture_home(cast.referent, TODAY, at=AT).collection

    assert collection is not None
    assert (collection.answered.value, collection.answered.percent) == ("1 sur 3", 33)
    assert collection.answered.returns.validated == 1
    assert collection.days_left == "21 jours restants"
    assert [(axis.label, axis.value) for axis in collection.by_axis] == [
        ("Former", "0 sur 2"),
        ("Recruter", "1 sur 3"),
        ("Acheter", "1 sur 1"),
    ]


def test_results_stand_against_what_was_promised(cast: Cast, catalogue: str) -> None:
    SubmissionFactory(convention=ConventionFactory(company=cast.company), validated=True, answers={"REC-02": 9})

    axes = {axis.label: axis for axis in company_home(cast.member, LATER).axes}

    # 12 a year from 8 February 2019: 143 of 365 days are 4.7014.
    assert list(axes) == ["Former", "Recruter"]
    assert [(bar.label, bar.value, bar.percent) for bar in axes["Recruter"].bars] == [
        ("Recrutements de résidents de QPV", "9 sur 4,7 attendus", Decimal(100))
    ]
    assert axes["Former"].bars == ()


def test_a_company_sees_its_form_its_receipt_and_its_prefecture(cast: Cast, story: Submission) -> None:
    home = company_home(cast.member, TODAY)

    card = home.cards[0]
    assert len(home.cards) == 1
    assert (card.action, card.progress, card.days_left) == ("Commencer ma saisie", "0 sur 10", "21 jours restants")
    assert card.url == f"/resultats/{story.pk}/saisie/former/"
    assert home.receipt is None
    assert {person.department_id for person in home.contacts} == {"62"}
    assert cast.referent in home.contacts


def test_a_company_goes_on_where_it_stopped(cast: Cast, story: Submission) -> None:
    story.results.filter(indicator__axis="former").update(status="value", value=0)
    home = company_home(cast.member, TODAY)
    assert (home.cards[0].action, home.cards[0].url) == (
        "Continuer ma saisie",
        f"/resultats/{story.pk}/saisie/recruter/",
    )

    story.results.update(status="value", value=0)
    home = company_home(cast.member, TODAY)
    assert (home.cards[0].action, home.cards[0].url) == ("Relire et transmettre", f"/resultats/{story.pk}/")


def test_a_former_semester_without_answer_is_recalled(cast: Cast, story: Submission) -> None:
    plan(S2_2019, opens_on=date(2020, 1, 1), due_on=date(2020, 1, 31), locks_on=date(2020, 3, 31), at=AT, by=cast.cget)

    home = company_home(cast.member, date(2020, 1, 5))

    assert [str(card.submission.semester) for card in home.cards] == ["2019-S2"]
    assert [str(row.semester) for row in home.silent] == ["2019-S1"]


def test_an_animateur_sees_its_companies_only(cast: Cast, story: Submission) -> None:
    home = portfolio_home(cast.animateur, TODAY)

    assert [(card.company, card.action) for card in home.cards] == [("Ateliers Terril", "Commencer la saisie")]
    assert [(task.sentence, task.url) for task in home.tasks] == [
        ("1 remontée à compléter", "/resultats/?etat=a-saisir")
    ]
    assert home.waiting == ()


@pytest.mark.parametrize("who", ["referent", "lecteur"])
def test_a_prefet_reads_one_sentence_and_the_last_bilan(
    client: Client, cast: Cast, catalogue: str, settings: Settings, who: str
) -> None:
    settings.PAQTE_TODAY = LATER
    SubmissionFactory(convention=ConventionFactory(company=cast.company), validated=True, answers={"REC-02": 3})
    bilan = BilanFactory(semester=S1_2019, sending_note="Tout est là.")
    transmit(bilan, at=datetime(2019, 9, 2, 9, tzinfo=UTC), by=cast.referent, render=blank_pdf)
    client.force_login(getattr(cast, who))

    shown = text(client.get(PAGE))

    assert (
        "1er semestre 2019, au 15 septembre 2019\u00a0: <strong>1 réponse sur 1</strong> entreprise attendue. "
        "Recrutements de résidents de QPV, au 30 juin 2019\u00a0: 3 sur 4,7 attendus, soit "
        "<strong>63,8\u202f% de l’attendu</strong>."
    ) in shown
    assert "Dernier bilan transmis, le 2 septembre 2019" in shown
    assert 'href="/bilans/62/2019-S1/v1.pdf">Bilan du Pas-de-Calais, 1er semestre 2019, version 1' in shown


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("referent", "À traiter"),
        ("lecteur", "En cours à la préfecture"),
        ("animateur", "Les entreprises que vous suivez"),
        ("member", "Commencer ma saisie"),
        ("contributor", "Commencer ma saisie"),
        ("cget", "Tableau de bord national"),
        ("no_role", "Votre compte n’a pas encore de rôle"),
        ("technician", "Ouvrir l’administration technique"),
    ],
)
def test_each_role_has_its_home(
    client: Client, cast: Cast, story: Submission, settings: Settings, who: str, sentence: str
) -> None:
    settings.PAQTE_TODAY = TODAY
    client.force_login(getattr(cast, who))

    response = client.get(PAGE)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "Beffroi" not in response.content.decode()


def test_nothing_to_show_yet_says_what_to_wait_for(client: Client, cast: Cast) -> None:
    for who, sentence in (
        ("referent", "La première campagne sera ouverte"),
        ("member", "La prochaine saisie paraîtra ici"),
        ("animateur", "elles apparaissent ici"),
    ):
        client.force_login(getattr(cast, who))
        assert sentence in client.get(PAGE).content.decode()


def test_anonymous_visitors_sign_in_first(client: Client, db: None) -> None:
    assert client.get(PAGE).headers["Location"] == "/connexion/?next=/tableau-de-bord/"


def test_a_member_of_no_company_is_not_lost(client: Client, db: None) -> None:
    client.force_login(UserFactory())

    assert "Rien à saisir aujourd’hui" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("state", ["transmitted", "validated"])
def test_the_homes_cost_the_same_with_thirty_companies(
    cast: Cast, story: Submission, state: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    CampaignFactory(semester=S2_2019)
    prefecture = partial(prefecture_home, at=AT)
    costs = ((prefecture, cast.referent, 30), (portfolio_home, cast.animateur, 4))
    for home, user, queries in costs:
        with django_assert_num_queries(queries):
            home(user, LATER)
    crowd(cast, state)
    for home, user, queries in costs:
        with django_assert_num_queries(queries):
            home(user, LATER)


def test_days_left_are_said() -> None:
    assert days_left(date(2019, 7, 31), date(2019, 7, 30)) == "1 jour restant"
    assert days_left(date(2019, 7, 31), date(2019, 7, 31)) == "dernier jour"
    assert days_left(date(2019, 7, 31), date(2019, 8, 3)) == "échéance passée depuis 3 jours"
