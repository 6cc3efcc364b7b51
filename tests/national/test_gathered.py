"""What the départements wrote is read side by side, searched, and is that of the last versions."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from reporting import actions
from reporting.models import Partner, PrefectureExample, SentText
from tests.cast import Cast
from tests.factories import BilanFactory, CampaignFactory, ConventionFactory, DepartmentFactory, UserFactory
from tests.pages import signed_in, text
from tests.reporting.pages import AT, plain
from tests.reporting.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
PAGE = "/national/2019-S1/rubriques/"


@pytest.fixture
def agency(cast: Cast, settings: Settings) -> Client:
    """Two départements sent theirs; the strategy of one speaks of apprentices, that of the other of a harbour."""
    settings.PAQTE_TODAY = date(2019, 9, 16)
    CampaignFactory()
    ConventionFactory(company=cast.company)
    place = DepartmentFactory()
    Partner.objects.create(department=place, name="Club du Terril", kind="club", part="anime")
    PrefectureExample.objects.create(
        department=place, semester="2019-S1", axis="former", title="Un forum", text="Trente collégiens."
    )
    nord = DepartmentFactory(nord=True)
    for where, strategy in ((place, "Recruter des apprentis qualifiés."), (nord, "Étendre le pacte au port.")):
        who = UserFactory(referent=True, department=where)
        bilan = BilanFactory(department=where, strategy=strategy)
        actions.transmit(bilan, at=AT, by=who, render=plain, sending_note="Relancées.")
    return signed_in(cast.cget)


def read(client: Client, query: str = "") -> str:
    return words(text(client.get(PAGE + query)))


def test_a_box_is_read_place_after_place(agency: Client) -> None:
    page = read(agency)

    assert "2 textes : stratégie." in page.replace("\u00a0", " ")
    assert page.index("Étendre le pacte au port.") < page.index("Recruter des apprentis qualifiés.")


@pytest.mark.parametrize(
    ("query", "found", "absent"),
    [
        ("?q=apprentis+QUALIFIES", "Recruter des apprentis", "Étendre le pacte"),
        ("?departement=59", "Étendre le pacte", "Recruter des apprentis"),
        ("?rubrique=partners", "Club du Terril", "Recruter"),
        ("?rubrique=signatories&q=ateliers", "Ateliers Terril", "Étendre"),
        ("?rubrique=examples", "Trente collégiens.", "Étendre"),
        ("?rubrique=inconnue", "Recruter des apprentis", "Club du Terril"),
        ("?q=introuvable", "Rien ne correspond à ces filtres", "Recruter des apprentis"),
        ("?rubrique=essentials", "Aucun bilan transmis n’a rempli cette rubrique", "Recruter des apprentis"),
    ],
)
def test_it_is_searched_and_narrowed(agency: Client, query: str, found: str, absent: str) -> None:
    page = read(agency, query)

    assert found in page
    assert absent not in page


def test_a_rectificatif_takes_the_place_of_what_it_rectifies(agency: Client, cast: Cast) -> None:
    place = DepartmentFactory()
    bilan = place.bilans.get()
    again = actions.rectify(bilan, at=AT, by=cast.referent)
    again = actions.write(again, by=cast.referent, read=(), strategy="Tout autre chose.", rectification_reason="Oubli.")
    actions.transmit(again, at=AT, by=cast.referent, render=plain, sending_note="Relancées.")

    page = read(agency)

    assert "Tout autre chose." in page
    assert "Recruter des apprentis qualifiés." not in page


def test_the_night_sees_a_text_that_is_not_the_document_s(agency: Client) -> None:
    call_command("check_sent")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER sent_text_only_grows ON reporting_senttext")
    SentText.objects.filter(department="62", box="strategy").update(text="Autre.")

    with pytest.raises(CommandError, match="pas ceux des documents"):
        call_command("check_sent")


def test_it_costs_the_same_with_thirty_texts(agency: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agency.get(PAGE)
    with django_assert_num_queries(8):
        agency.get(PAGE)
    document = SentText.objects.filter(box="strategy")[0].document
    SentText.objects.bulk_create(
        SentText(document=document, department_id="62", semester="2019-S1", box="strategy", rank=100 + rank, text="Un.")
        for rank in range(30)
    )
    with django_assert_num_queries(8):
        agency.get(PAGE)


def test_it_is_for_the_agency(agency: Client, cast: Cast) -> None:
    assert [signed_in(getattr(cast, who)).get(PAGE).status_code for who in ("referent", "member")] == [403, 403]
    assert agency.get("/national/2031-S1/rubriques/").status_code == 404
