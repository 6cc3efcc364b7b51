"""Django's own search behind the lists of the administration, asked for every field that there is, by each actor."""

import json

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories import ConventionFactory, SubmissionFactory
from tests.pages import signed_in

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.anywhere]

FIELDS = sorted(
    (model._meta.app_label, str(model._meta.model_name), field.name)
    for model in apps.get_models(include_auto_created=True)
    for field in model._meta.get_fields()
    if isinstance(field, ForeignKey)
)
"""Every field that leads to another row, those of libraries too."""


LEADS_TO = {
    "company": [
        *("companies.charter.company", "companies.companylog.company", "companies.contact.company"),
        "companies.establishment.company",
        *("companies.invitation.company", "companies.invitation_portfolio.company", "companies.membership.company"),
        *("companies.formername.company", "companies.succession.company", "companies.succession.successor"),
        *("companies.grouplink.company", "companies.portfolio.company", "conventions.convention.company"),
        *("conventions.result.company", "conventions.submission.company", "reporting.arbitration.company"),
    ],
    "convention": [
        *("conventions.convention.renews", "conventions.conventionaxis.convention"),
        *("conventions.conventionlog.convention", "conventions.elsewhereflag.convention"),
        "conventions.specificcommitment.convention",
        *("conventions.submission.convention", "conventions.targetset.convention"),
    ],
    "submission": [
        *("conventions.actionexample.submission", "conventions.correction.submission"),
        *("conventions.result.submission", "conventions.submissionlog.submission"),
        "conventions.submissionversion.submission",
    ],
    "result": ["conventions.correction.result"],
}
"""The fields that the administration can search, by what they lead to. Accounts and journals are not among them."""

SHOWN = {"company": "{}", "convention": "R {0} – {0}", "submission": "{} – 2019-S1", "result": "REC-01\u00a0: valeur"}
OF_THE_PAS_DE_CALAIS = ["Ateliers Terril", "Fonderie Terril"]
OF_FRANCE = ["Ateliers Terril", "Brasserie Beffroi", "Fonderie Terril"]


@pytest.fixture
def rows(cast: Cast) -> None:
    """A convention and its submission for each of the three companies."""
    for company in (cast.company, cast.rival_company, cast.other_company):
        SubmissionFactory(
            convention=ConventionFactory(company=company, reference=f"R {company.name}"), answers={"REC-01": 5}
        )


def asked(client: Client, field: tuple[str, ...], term: str = "") -> list[str] | int:
    """What the search of this field offers; the status when it is refused."""
    names = dict(zip(("app_label", "model_name", "field_name"), field, strict=True))
    response = client.get(reverse("admin:autocomplete"), {**names, "term": term})
    if response.status_code != 200:
        return response.status_code
    return sorted(row["text"] for row in json.loads(response.content)["results"])


@pytest.mark.django_db
@pytest.mark.parametrize(("actor", "companies"), [("staff_referent", OF_THE_PAS_DE_CALAIS), ("technician", OF_FRANCE)])
def test_a_search_offers_the_rows_of_ones_scope(cast: Cast, rows: None, actor: str, companies: list[str]) -> None:
    client = signed_in(getattr(cast, actor))
    expected = {
        field: [SHOWN[kind].format(name) for name in companies] for kind, fields in LEADS_TO.items() for field in fields
    }

    answers = {".".join(field): asked(client, field) for field in FIELDS}

    assert {field: answer for field, answer in answers.items() if isinstance(answer, list)} == expected
    assert {answer for answer in answers.values() if isinstance(answer, int)} == {403, 404}


@pytest.mark.django_db
def test_a_word_finds_nothing_beyond_ones_scope(cast: Cast, rows: None) -> None:
    client = signed_in(cast.staff_referent)

    found = [asked(client, ("conventions", "convention", "company"), term) for term in ("fonderie", "brasserie")]

    assert found == [["Fonderie Terril"], []]


OTHERS = ["member", "contributor", "rival", "animateur", "referent", "other_referent", "lecteur", "cget", "no_role"]


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [*OTHERS, "deactivated", "anonymous"])
def test_nobody_else_is_offered_anything(cast: Cast, rows: None, actor: str) -> None:
    client = Client() if actor == "anonymous" else signed_in(getattr(cast, actor))

    assert {str(asked(client, field)) for field in FIELDS} == {"302"}
