"""Files of conventions and results: natural keys, no state, nobody else's rows, the rules of the portal."""

import csv
import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from conventions.models import Convention, Result, Submission
from tests.cast import Cast
from tests.factories import ConventionFactory, SubmissionFactory

CONVENTIONS = "/conventions/importer/"
RESULTS = "/resultats/importer/"
FRAME = "Référence;SIRET;Date d’effet;Axes;Motif du choix des axes;État\n"
LINES = "Référence;Semestre;Indicateur;Réponse;Valeur;Motif de sans objet;Commentaire\n"


@pytest.fixture(autouse=True)
def _open(settings: Settings) -> None:
    """A day on which the campaign of the first semester of 2019 is open."""
    settings.PAQTE_TODAY = date(2019, 7, 15)


@pytest.fixture
def submission(cast: Cast, catalogue: str) -> Submission:
    convention = ConventionFactory(company=cast.company, reference="PAQTE-62-2019-001")
    submission: Submission = SubmissionFactory(convention=convention, answers={"REC-01": 12, "REC-02": None})
    return submission


def upload(client: Client, page: str, content: str) -> tuple[int, str, dict[str, str]]:
    """Send a file: the status, the page, and the fields of the confirmation."""
    file = SimpleUploadedFile("fichier.csv", content.encode())
    response = client.post(page, {"import_file": file})
    text = response.content.decode()
    return response.status_code, text, dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))


def export(client: Client, page: str) -> list[dict[str, str]]:
    content = client.get(f"{page}a-jour.csv").getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def test_the_preview_of_a_result_says_whose_it_is(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.referent)

    _, page, _ = upload(client, RESULTS, f"{LINES}PAQTE-62-2019-001;2019-S1;REC-01;valeur;13;;\n")

    assert f"{cast.company.name}, 1er semestre 2019, REC-01" in page


@pytest.mark.django_db
def test_a_row_without_reference_draws_up_a_draft(client: Client, cast: Cast, catalogue: str) -> None:
    client.force_login(cast.referent)

    status, _, fields = upload(
        client, CONVENTIONS, f"{FRAME};{cast.company.siret};08/02/2019;former, Sensibiliser;Premier pas;signed\n"
    )
    client.post(f"{CONVENTIONS}confirmer/", fields)

    convention = Convention.objects.get()
    assert status == 200
    assert (convention.reference, convention.state, convention.company) == ("PAQTE-62-2019-001", "draft", cast.company)
    assert [axis.value for axis in convention.signed_axes()] == ["sensibiliser", "former"]
    assert [log.transition for log in convention.logs.all()] == ["creer"]


def test_a_draft_is_corrected(client: Client, cast: Cast, catalogue: str) -> None:
    draft = ConventionFactory(draft=True, company=cast.company)
    client.force_login(cast.referent)

    _, _, fields = upload(client, CONVENTIONS, f"{FRAME}{draft.reference};;2020-01-01;recruter;Autre motif;\n")
    client.post(f"{CONVENTIONS}confirmer/", fields)
    draft.refresh_from_db()

    assert (str(draft.starts_on), str(draft.ends_on), draft.axes_reason) == ("2020-01-01", "2022-12-31", "Autre motif")
    assert [axis.value for axis in draft.signed_axes()] == ["recruter"]


def test_a_signed_convention_is_never_written(client: Client, cast: Cast, catalogue: str) -> None:
    signed = ConventionFactory(company=cast.company)
    client.force_login(cast.referent)

    status, page, _ = upload(client, CONVENTIONS, f"{FRAME}{signed.reference};;01/01/2020;recruter;;draft\n")
    signed.refresh_from_db()

    assert status == 422
    assert "ne se modifient plus" in page
    assert (signed.state, str(signed.starts_on)) == ("signed", "2019-02-08")


def test_nothing_enters_when_the_data_changed_since_the_preview(client: Client, cast: Cast, catalogue: str) -> None:
    one, two = (
        ConventionFactory(draft=True, company=cast.company),
        ConventionFactory(draft=True, company=cast.rival_company),
    )
    client.force_login(cast.referent)
    rows = "".join(f"{item.reference};;01/01/2020;recruter;Autre;\n" for item in (one, two))
    _, _, fields = upload(client, CONVENTIONS, f"{FRAME}{rows}")
    Convention.objects.filter(pk=two.pk).update(state="ready")

    response = client.post(f"{CONVENTIONS}confirmer/", fields, follow=True)
    one.refresh_from_db()

    assert "Rien n’a été importé" in response.content.decode()
    assert str(one.starts_on) == "2019-02-08"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("PAQTE-59-2019-001;;01/01/2020;recruter;;", "pas dans votre périmètre"),
        ("PAQTE-62-1999-999;;01/01/2020;recruter;;", "pas dans votre périmètre"),
        (";{other};01/01/2020;recruter;;", "aucune entreprise de votre département ne porte ce SIRET"),
        (";12;01/01/2020;recruter;;", "Un SIRET compte 14 chiffres"),
        (";{own};01/01/2020;recuter;;", "Vouliez-vous dire « recruter »"),
        (";{own};43831;recruter;;", "Est-ce le 01/01/2020"),
        (";{own};31/02/2020;recruter;;", "« 31/02/2020 » n’est pas une date"),
        (";{own};08/02/0219;recruter;;", "« 08/02/0219 » n’est pas une date"),
        (";{own};08/02/2015;recruter;;", "lancé en 2018"),
        (f";{{own}};01/06/2022;recruter;{'m' * 2001};", "Ce texte compte 2\u202f001 caractères"),
        (";{own};01/01/2020;licencier;;", "Axes possibles"),
        (";{own};01/01/2020;;;", "Axes possibles"),
        (";{own};01/06/2019;recruter;;", "ne peuvent pas se chevaucher"),
    ],
)
def test_a_convention_that_cannot_be_is_refused(
    client: Client, cast: Cast, catalogue: str, row: str, sentence: str
) -> None:
    ConventionFactory(company=cast.other_company, reference="PAQTE-59-2019-001")
    ConventionFactory(company=cast.company)
    client.force_login(cast.referent)

    line = row.format(own=cast.company.siret, other=cast.other_company.siret)
    status, page, _ = upload(client, CONVENTIONS, f"{FRAME}{line}\n")

    assert status == 422
    assert sentence in page
    assert "Beffroi" not in page
    assert Convention.objects.count() == 2


def test_results_are_answered_by_file(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.referent)

    content = (
        f"{LINES}PAQTE-62-2019-001;2019-S1;REC-01;;1 234;;Chiffre de la paie\n"
        "PAQTE-62-2019-001;2019-s1;rec-02;sans objet;;Pas de recrutement;\n"
    )
    status, _, fields = upload(client, RESULTS, content)
    client.post(f"{RESULTS}confirmer/", fields)

    rows = {row.code: (row.status, row.value, row.reason, row.comment) for row in Result.objects.all()}
    submission.refresh_from_db()
    assert status == 200
    assert rows == {
        "REC-01": ("value", 1234, "", "Chiffre de la paie"),
        "REC-02": ("not_applicable", None, "Pas de recrutement", ""),
    }
    assert submission.version == 1


def test_zero_and_blank_stay_apart(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.referent)

    _, _, fields = upload(
        client, RESULTS, f"{LINES}PAQTE-62-2019-001;2019-S1;REC-02;;0;;\nPAQTE-62-2019-001;2019-S1;REC-01;;;;\n"
    )
    client.post(f"{RESULTS}confirmer/", fields)

    assert {row.code: (row.status, row.value) for row in Result.objects.all()} == {
        "REC-01": ("unanswered", None),
        "REC-02": ("value", 0),
    }
    assert [(row["Indicateur"], row["Réponse"], row["Valeur"]) for row in export(client, RESULTS)] == [
        ("REC-01", "non renseigné", ""),
        ("REC-02", "valeur", "0"),
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("PAQTE-62-2019-001;2019-S1;REC-01;;1,5;;", "1,5 n’est pas un nombre entier"),
        ("PAQTE-62-2019-001;2019-S1;REC-01;;1.234;;", "« 1.234 » est ambigu"),
        ("PAQTE-62-2019-001;2019-S1;REC-01;;-3;;", "-3 est négatif"),
        ("PAQTE-62-2019-001;2019-S1;REC-01;valeur;;;", "pas deux à la fois"),
        ("PAQTE-62-2019-001;2019-S1;REC-01;sans objet;;;", "Dites pourquoi"),
        ("PAQTE-62-2019-001;2019-S1;REC-01;peut-être;3;;", "Réponses possibles"),
        ("PAQTE-62-2019-001;2019-S1;SEN-01;;3;;", "pas dans votre périmètre"),
        ("PAQTE-62-2019-001;été;REC-01;;3;;", "pas dans votre périmètre"),
        ("PAQTE-59-2019-001;2019-S1;REC-01;;3;;", "pas dans votre périmètre"),
        (f"PAQTE-62-2019-001;2019-S1;REC-01;;3;;{'c' * 1001}", "Ce texte compte 1\u202f001 caractères"),
        (f"PAQTE-62-2019-001;2019-S1;REC-01;sans objet;;{'m' * 256};", "Ce texte compte 256 caractères"),
    ],
)
def test_a_result_that_cannot_be_is_refused(
    client: Client, cast: Cast, submission: Submission, row: str, sentence: str
) -> None:
    foreign = ConventionFactory(company=cast.other_company, reference="PAQTE-59-2019-001")
    SubmissionFactory(convention=foreign, answers={"REC-01": 7})
    client.force_login(cast.referent)

    status, page, _ = upload(client, RESULTS, f"{LINES}{row}\n")

    assert status == 422
    assert sentence in page
    assert list(Result.objects.filter(indicator__code="REC-01").order_by("value").values_list("value", flat=True)) == [
        7,
        12,
    ]


@pytest.mark.parametrize("state", ["transmitted", "validated", "returned"])
def test_what_was_sent_is_not_changed_by_file(client: Client, cast: Cast, catalogue: str, state: str) -> None:
    convention = ConventionFactory(company=cast.company, reference="PAQTE-62-2019-001")
    SubmissionFactory(convention=convention, answers={"REC-01": 12}, **{state: True})
    client.force_login(cast.referent)

    status, page, _ = upload(client, RESULTS, f"{LINES}PAQTE-62-2019-001;2019-S1;REC-01;;13;;\n")

    assert status == 422
    assert "elle ne se modifie plus" in page or "n’a pas demandé de corriger\u00a0: REC-01" in page
    assert Result.objects.get().value == 12


def test_a_file_is_refused_when_the_page_would_be(
    client: Client, cast: Cast, submission: Submission, settings: Settings
) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 29)
    client.force_login(cast.referent)

    status, page, _ = upload(client, RESULTS, f"{LINES}PAQTE-62-2019-001;2019-S1;REC-01;;13;;\n")

    assert (status, "La saisie est fermée depuis le 28/09/2019" in page) == (422, True)
