"""Chartes Entreprises et Quartiers: recorded, corrected, taken away; what became of each; the list of all."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import User
from companies.actions.signatories import forget_charter
from companies.models import Charter, Company, CompanyLog
from conventions.models import Convention
from conventions.selectors.charters import left_to_convert
from tests.cast import Cast
from tests.factories import CompanyFactory, ConventionFactory
from tests.pages import hidden_fields, page, post, queries, rows, signed_in, text
from workflows.tables import TransitionRefused, WrongState

pytestmark = pytest.mark.usefixtures("catalogue")

TODAY = date(2020, 7, 10)
AT = datetime(2020, 7, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.PAQTE_TODAY = TODAY


def charter_of(company: Company, reference: str, signed_on: date = date(2016, 5, 2)) -> Charter:
    return Charter.objects.create(company=company, reference=reference, signed_on=signed_on)


def converting(charter: Charter, **fields: Any) -> Convention:
    convention: Convention = ConventionFactory(company=charter.company, charter=charter, **fields)
    return convention


@pytest.fixture
def story(cast: Cast) -> Cast:
    """To convert, in preparation, converted, converted and terminated since, and one of the Nord."""
    department = cast.company.department
    made = [CompanyFactory(department=department, name=name) for name in ("Émaux", "Douves", "Craies", "Bois")]
    _free, prepared, converted, ended = (charter_of(company, f"CEQ-{company.name}") for company in made)
    charter_of(cast.other_company, "CEQ-59")
    converting(prepared, draft=True)
    converting(converted)
    converting(ended, terminated=True)
    return cast


def listed(user: User, **query: str) -> list[str]:
    return [row.reference for row in rows(page(user, "charter_list", **query))]


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("", ["CEQ-Bois", "CEQ-Craies", "CEQ-Douves", "CEQ-Émaux"]),
        ("a-convertir", ["CEQ-Douves", "CEQ-Émaux"]),
        ("en-preparation", ["CEQ-Douves"]),
        ("converties", ["CEQ-Bois", "CEQ-Craies"]),
    ],
)
def test_the_list_tells_what_became_of_each(story: Cast, state: str, found: list[str]) -> None:
    assert listed(story.referent, etat=state) == found
    assert listed(story.lecteur, etat=state) == found


def test_the_list_sorts_and_searches(story: Cast) -> None:
    assert listed(story.referent, tri="entreprise") == ["CEQ-Bois", "CEQ-Craies", "CEQ-Douves", "CEQ-Émaux"]
    assert listed(story.referent, tri="etat")[0] == "CEQ-Émaux"
    assert listed(story.referent, q="douves") == ["CEQ-Douves"]
    assert listed(story.referent, q="ceq-bois") == ["CEQ-Bois"]


def test_the_list_leads_on_who_converts_only(story: Cast) -> None:
    company = Company.objects.get(name="Émaux")
    link = f"/conventions/nouvelle/?company={company.pk}"

    assert link in text(page(story.referent, "charter_list"))
    assert link not in text(page(story.lecteur, "charter_list"))
    assert "Enregistrer une charte" not in text(page(story.lecteur, "charter_list"))
    assert "d’ici janvier 2020" in text(page(story.referent, "charter_list"))


def test_the_file_has_the_same_rows(story: Cast) -> None:
    response = page(story.referent, "charter_list", etat="a-convertir", format="csv")

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].split(";")[:2] == ["Entreprise", "SIRET"]
    assert [line.split(";")[0] for line in lines[1:]] == ["Douves", "Émaux"]


def test_a_charter_is_converted_on_the_day_of_the_signature(cast: Cast) -> None:
    charter = charter_of(cast.company, "CEQ-1")
    converting(charter, signed_on=date(2019, 2, 8))

    days = (date(2016, 5, 1), date(2016, 5, 2), date(2019, 2, 7), date(2019, 2, 8))
    assert [left_to_convert(Charter.objects.all(), on=day).count() for day in days] == [0, 1, 1, 0]


def test_the_list_costs_the_same_with_thirty_charters(cast: Cast) -> None:
    charter_of(cast.company, "CEQ-1")
    one = queries(cast.referent, "charter_list")
    for number in range(30):
        charter_of(CompanyFactory(department=cast.company.department), f"CEQ-9{number}")

    assert queries(cast.referent, "charter_list") == one


def test_nothing_yet_says_what_to_do(cast: Cast) -> None:
    assert "vous verrez ici celles qui restent" in text(page(cast.referent, "charter_list"))
    assert "C’est le référent PAQTE" in text(page(cast.lecteur, "charter_list"))


def test_a_charter_is_recorded_from_the_list(cast: Cast) -> None:
    answer = post(cast.referent, "charter_create", company=cast.company.pk, reference="CEQ-7", signed_on="02/05/2016")

    charter = Charter.objects.get()
    assert answer.url == "/chartes/"
    assert (charter.company, charter.reference, charter.signed_on) == (cast.company, "CEQ-7", date(2016, 5, 2))
    line = CompanyLog.objects.get(company=cast.company, transition="charte")
    assert line.detail == "CEQ-7, signée le\u00a0: 02/05/2016"


def test_what_cannot_be_recorded_is_said(cast: Cast) -> None:
    tomorrow = post(cast.referent, "charter_create", company=cast.company.pk, reference="", signed_on="11/07/2020")
    foreign = post(
        cast.referent, "charter_create", company=cast.other_company.pk, reference="CEQ-7", signed_on="02/05/2016"
    )

    assert (tomorrow.status_code, foreign.status_code) == (422, 422)
    assert "Une charte est signée avant d’être enregistrée" in text(tomorrow)
    assert Charter.objects.count() == 0


def test_the_page_of_a_company_records_corrects_and_takes_away(cast: Cast) -> None:
    sent = [
        post(cast.referent, "company_charters", cast.company.pk, reference="CEQ-7", signed_on=day)
        for day in ("02/05/2016", "03/05/2016")
    ]
    charter = Charter.objects.get()
    asked = post(cast.referent, "company_charters", cast.company.pk, action="remove", charter=charter.pk)
    fields = {name: values[0] for name, values in hidden_fields(asked).items()}
    removed = signed_in(cast.referent).post(f"/entreprises/{cast.company.pk}/chartes/", fields)

    assert ([answer.status_code for answer in sent], removed.status_code) == ([302, 302], 302)
    assert charter.signed_on == date(2016, 5, 3)
    assert "Charte CEQ-7" in text(asked)
    assert Charter.objects.count() == 0
    journal = CompanyLog.objects.filter(company=cast.company).order_by("pk")
    assert [(line.transition, line.detail) for line in journal] == [
        ("charte", "CEQ-7, signée le\u00a0: 02/05/2016"),
        ("charte", "CEQ-7, signée le\u00a0: 02/05/2016 → 03/05/2016"),
        ("retirer-charte", "CEQ-7"),
    ]


def test_a_charter_that_a_convention_comes_from_stays(cast: Cast) -> None:
    charter = charter_of(cast.company, "CEQ-7")
    convention = converting(charter, draft=True)

    shown = text(page(cast.referent, "company_charters", cast.company.pk))
    with pytest.raises(TransitionRefused, match=convention.reference):
        forget_charter(charter, at=AT, by=cast.referent)

    assert convention.reference in shown
    assert "Retirer" not in shown
    assert Charter.objects.get() == charter
    assert not CompanyLog.objects.filter(transition="retirer-charte").exists()


def test_a_charter_taken_away_twice_is_said(cast: Cast) -> None:
    charter = charter_of(cast.company, "CEQ-7")
    forget_charter(charter, at=AT, by=cast.referent)

    with pytest.raises(WrongState, match="vient d’être retirée"):
        forget_charter(charter, at=AT, by=cast.referent)


def test_a_charter_of_another_company_is_out_of_reach(cast: Cast) -> None:
    stranger = charter_of(cast.rival_company, "CEQ-8")

    answer = post(
        cast.referent, "company_charters", cast.company.pk, action="remove", charter=stranger.pk, confirmed="1"
    )

    assert answer.status_code == 404
    assert Charter.objects.get() == stranger


def test_the_sheet_leads_to_the_charters(cast: Cast) -> None:
    link = f"/entreprises/{cast.company.pk}/chartes/"

    assert link in text(page(cast.referent, "company_detail", cast.company.pk))
    assert link not in text(page(cast.lecteur, "company_detail", cast.company.pk))


@pytest.mark.parametrize(("who", "shown"), [("referent", True), ("lecteur", True), ("animateur", False)])
def test_the_conventions_lead_to_the_charters(cast: Cast, who: str, shown: bool) -> None:
    assert ('href="/chartes/"' in text(page(getattr(cast, who), "convention_list"))) == shown
