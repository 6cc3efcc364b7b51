"""The demonstration: what it must hold, a second run writes nothing, and no département leaks into another."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.models import OutgoingMail, User
from companies.models import Company
from companies.siret import clean_siret
from conventions.models import AmendmentReason, Convention, Result, Submission, SubmissionLog
from demonstration.figures import Profile, answers_of, targets_of
from demonstration.seeding import Seeded, seed
from indicators.catalogue import load_catalogue
from indicators.checks import blocking
from indicators.specs import Axis
from reporting.models import Bilan, SentText
from territories.models import DepartmentFigures
from tests.demonstration.samples import PASSWORD, no_pdf

MARKERS = {"62": "Terril", "59": "Beffroi", "974": "Vanille"}


def row_counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def states(rows: models.QuerySet[models.Model], *keys: str) -> dict[tuple[object, ...], int]:
    """How many rows have each combination of values."""
    found = rows.order_by().values_list(*keys).annotate(how_many=models.Count("pk"))
    return {tuple(map(str, row[:-1])): row[-1] for row in found}


def test_the_pas_de_calais_has_its_thirty_three_conventions(seeded: Seeded) -> None:
    conventions = Convention.objects.filter(company__department="62")
    signed = conventions.signed()

    assert states(conventions, "state") == {("draft",): 2, ("ready",): 1, ("signed",): 32, ("terminated",): 1}
    assert signed.filter(signed_on="2019-02-08", signed_at="Noyelles-Godault").count() == 9
    assert signed.exclude(charter=None).count() == 11
    assert set(signed.values_list("company__category", flat=True)) == {"TPE", "PME", "ETI", "GE"}
    assert set(signed.values_list("company__sector", flat=True)) == {"entreprise", "artisanat", "agriculture", "public"}
    assert {len(convention.signed_axes()) for convention in signed} == {1, 2, 3, 4}
    assert signed.exclude(specific_commitments=None).count() == 2


def test_the_campaigns_were_answered_as_in_life(seeded: Seeded) -> None:
    rows = Submission.objects.filter(company__department="62").select_related("campaign")

    assert states(rows, "semester", "state") == {
        ("2019-S1", "validated"): 13,
        ("2019-S1", "draft"): 2,
        ("2019-S2", "validated"): 23,
        ("2019-S2", "returned"): 1,
        ("2019-S2", "draft"): 3,
        ("2020-S1", "validated"): 5,
        ("2020-S1", "transmitted"): 4,
        ("2020-S1", "returned"): 2,
        ("2020-S1", "draft"): 22,
    }
    assert sum(row.is_late for row in rows) == 5
    assert rows.filter(versions__number=2).count() == 3
    assert rows.exclude(extended_until=None).count() == 1


def test_there_are_zeros_and_questions_without_object(seeded: Seeded) -> None:
    of_catalogue = Result.objects.of_catalogue()

    assert of_catalogue.filter(status="value", value=0).exists()
    assert of_catalogue.filter(status="not_applicable").exists()
    assert of_catalogue.filter(status="unanswered", submission__version__gt=0).exists()


def test_the_bilans(seeded: Seeded) -> None:
    bilans = Bilan.objects.order_by("department", "semester", "version")

    assert [(b.department_id, str(b.semester), b.version, b.state) for b in bilans] == [
        ("59", "2019-S1", 1, "transmitted"),
        ("59", "2019-S2", 1, "transmitted"),
        ("59", "2020-S1", 1, "draft"),
        ("62", "2019-S1", 1, "transmitted"),
        ("62", "2019-S1", 2, "transmitted"),
        ("62", "2019-S2", 1, "transmitted"),
        ("62", "2020-S1", 1, "draft"),
        ("974", "2019-S2", 1, "transmitted"),
    ]
    rectified = Bilan.objects.get(department="62", semester="2019-S1", version=2).document.snapshot
    changed = {change["label"]: (change["old"], change["new"]) for change in rectified["changes"]}
    assert changed["Remontées validées"] == ("12", "13")
    assert rectified["completeness"]["silent"] == ["Hôtel Terril des Dunes", "Terril Restauration collective"]


def test_the_context_of_the_pas_de_calais_is_sourced_and_the_rest_unknown(seeded: Seeded) -> None:
    figures = DepartmentFigures.objects.get(department="62", semester="2019-S1")

    assert (figures.qpv_count, figures.pru_count, figures.population, figures.population_year) == (64, 4, 149900, 2018)
    assert all((figures.qpv_source, figures.pru_source, figures.population_source))
    assert figures.defm is None
    assert not DepartmentFigures.objects.filter(department="59").exclude(population=None).exists()


CHOSEN = {*AmendmentReason.values, *AmendmentReason.labels}
"""What nobody types."""
OF_REFERENCE = {"territories.Department", "reporting.SentLine"}
"""What says the words of the catalogue and of the country."""


def texts_of(department: str) -> Iterator[tuple[str, str]]:
    """Every text that belongs to a département, with where it stands."""
    skipped = {
        *("state", "role", "category", "sector", "naf", "siret", "password", "axis", "transition", "from_state"),
        *("to_state", "kind", "email", "reference", "signed_at", "status", "town", "postcode", "phone", "sha256"),
        *("referent_job_title", "referent_email", "referent_phone", "job_title", "siret_override", "first_name"),
        *("defm_category", "pru_source", "qpv_source", "population_source", "defm_source", "semester", "unit"),
        *("name_key", "town_key", "search_key", "company_role", "token_digest", "counted_status", "counted_axis"),
        *("ruling", "box"),
    }
    for model in apps.get_models():
        paths = getattr(model, "scope_paths", None)
        if paths is None or not paths.department or model._meta.label in OF_REFERENCE:
            continue
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and field.name not in skipped
        ]
        if not fields:
            continue
        for row in model._default_manager.filter(**{paths.department: department}).values(*fields):
            # What is kept of a company or a partner stands behind its name.
            said = {"text": f"{row['title']} {row['text']}"} if model is SentText else row
            yield from (
                (f"{model._meta.label}.{name}", text)
                for name, text in said.items()
                if isinstance(text, str) and text and text not in CHOSEN
            )


@pytest.mark.parametrize("department", MARKERS)
def test_every_text_bears_the_word_of_its_departement_and_no_other(seeded: Seeded, department: str) -> None:
    mine = MARKERS[department]
    others = [marker for code, marker in MARKERS.items() if code != department]
    texts = list(texts_of(department))

    assert len(texts) > 20
    assert [(where, text) for where, text in texts if mine not in text] == []
    assert [(where, text) for where, text in texts if any(other in text for other in others)] == []


def test_no_real_company_is_shown(seeded: Seeded) -> None:
    sirets = list(Company.objects.values_list("siret", flat=True))

    assert all(siret.startswith("0009") for siret in sirets)
    assert [clean_siret(siret) for siret in sirets] == sirets


def test_the_journals_lead_to_the_states(seeded: Seeded) -> None:
    last = {log.submission_id: log.to_state for log in SubmissionLog.objects.order_by("pk")}

    assert [row.pk for row in Submission.objects.all() if last.get(row.pk, "draft") != row.state] == []
    for row in (*Convention.objects.all(), *Bilan.objects.all()):
        assert [log.to_state for log in row.logs.all()][-1] == row.state


def test_the_mails_of_the_past_are_kept_and_none_waits(seeded: Seeded) -> None:
    assert OutgoingMail.objects.filter(subject__startswith="Récépissé").count() > 30
    assert OutgoingMail.objects.filter(sent_at=None).count() == 0


def test_the_second_run_writes_nothing(seeded: Seeded) -> None:
    before = row_counts()

    again = seed(password="another-password", render=no_pdf)

    assert seeded.written
    assert not again.written
    assert row_counts() == before
    assert User.objects.get(email="cget@demo.example").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("referent.62", "4 remontées à valider"),
        ("lecteur.62", "4 remontées à valider"),
        ("referent.974", "Bilan du 1er semestre 2019 à commencer"),
        ("entreprise.62", "Continuer ma saisie"),
        ("contributeur.62", "Continuer ma saisie"),
        ("rivale.62", "Fonderie Terril Opale"),
        ("animateur.62", "8 remontées à compléter"),
        ("cget", "1er semestre 2019, depuis le 29 septembre 2019"),
    ],
)
def test_each_account_lands_on_something_alive(
    seeded: Seeded, client: Client, settings: Settings, who: str, sentence: str
) -> None:
    settings.PAQTE_TODAY = date(2020, 7, 10)
    client.force_login(
        User.objects.get(email=f"{who}@demo.example"), backend="django.contrib.auth.backends.ModelBackend"
    )

    response = client.get("/tableau-de-bord/")

    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_the_command_prints_the_accounts(seeded: Seeded, settings: Settings) -> None:
    settings.PAQTE_DEMO_PASSWORD = PASSWORD
    out = StringIO()

    call_command("seed_demo", stdout=out)

    printed = out.getvalue()
    assert "déjà là, rien n’a changé" in printed
    assert [line.split("\u00a0")[0].strip() for line in printed.splitlines()[2:12]] == [
        "referent.62@demo.example",
        "referent.59@demo.example",
        "referent.974@demo.example",
        "lecteur.62@demo.example",
        "animateur.62@demo.example",
        "entreprise.62@demo.example",
        "contributeur.62@demo.example",
        "rivale.62@demo.example",
        "entreprise.59@demo.example",
        "cget@demo.example",
    ]
    assert printed.splitlines()[-1].endswith(PASSWORD)


def test_the_password_given_last_opens_every_account(seeded: Seeded, settings: Settings) -> None:
    settings.PAQTE_DEMO_PASSWORD = "un-autre-mot-de-passe"
    out = StringIO()

    call_command("seed_demo", stdout=out)

    accounts = User.objects.filter(email__endswith="@demo.example", role__in=["referent", "cget"])
    assert [account.check_password("un-autre-mot-de-passe") for account in accounts] == [True, True, True, True]
    assert out.getvalue().splitlines()[-1] == "Mot de passe de tous ces comptes\u00a0: un-autre-mot-de-passe"


PROFILES = st.builds(
    Profile,
    number=st.integers(1, 9999),
    category=st.sampled_from(["TPE", "PME", "ETI", "GE"]),
    headcount=st.integers(4, 5000),
    axes=st.just(tuple(Axis)),
)


@given(profile=PROFILES, semester=st.sampled_from(["2019-S1", "2019-S2"]), share=st.fractions(0, 1))
def test_the_figures_never_contradict_each_other(profile: Profile, semester: str, share: Fraction) -> None:
    catalogue = load_catalogue("paqte-2018")
    targeted = {code for code, _ in targets_of(profile)}
    asked = [spec.code for spec in catalogue.required(profile.axes, targeted)]

    answers = answers_of(profile, semester=semester, share=share, asked=asked)

    values = {code: answer.value for code, answer in answers.items() if answer.value is not None}
    assert set(answers) == set(asked)
    assert blocking(catalogue, values) == []
    assert answers == answers_of(profile, semester=semester, share=share, asked=asked)
