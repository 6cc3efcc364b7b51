"""The library of good practices: what was sent and may be published, found by axis, place and words."""

import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from national.selectors.practices import practices
from reporting import actions
from reporting.models import Bilan, PrefectureExample, SentExample
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    S2_2019,
    ActionExampleFactory,
    BilanFactory,
    CampaignFactory,
    ConventionFactory,
    DepartmentFactory,
    SubmissionFactory,
)
from tests.reporting.pages import AT, plain, sent

PAGE = "/national/bonnes-pratiques/"

pytestmark = pytest.mark.usefixtures("catalogue")


def tell(title: str, *, department: str = "62", axis: str = "former", agreed: bool = True, **fields: Any) -> None:
    """The préfecture tells something in the bilan of a semester."""
    row = {"semester": S1_2019, "text": "Trente collégiens.", "publishable": agreed, **fields}
    PrefectureExample.objects.create(department_id=department, axis=axis, title=title, **row)


def words(client: Client, user: User, url: str = PAGE) -> str:
    client.force_login(user)
    return re.sub(r"\s+", " ", strip_tags(client.get(url).content.decode()))


@pytest.fixture
def story(cast: Cast) -> Bilan:
    """A company and the préfecture of the Pas-de-Calais tell, each twice; one time in two, nobody agreed."""
    submission = SubmissionFactory(convention=ConventionFactory(company=cast.company), validated=True)
    ActionExampleFactory(submission=submission, in_bilan=True, publishable=True)
    ActionExampleFactory(submission=submission, in_bilan=True, title="Un essai", publishable=False)
    tell("Le forum de l’Œuvre")
    tell("Une visite", agreed=False)
    return sent(cast)


def test_what_is_sent_keeps_its_examples_apart(story: Bilan) -> None:
    rows = SentExample.objects.order_by("rank").values_list("rank", "axis", "company", "title", "consent")

    assert list(rows) == [
        (1, "former", "", "Le forum de l’Œuvre", True),
        (2, "former", "", "Une visite", False),
        (3, "recruter", "Ateliers Terril", "Une matinée de recrutement au pied du Terril", True),
        (4, "recruter", "Ateliers Terril", "Un essai", False),
    ]


def test_only_what_was_sent_and_agreed_is_told(client: Client, cast: Cast, story: Bilan) -> None:
    tell("Un brouillon", semester=S2_2019)
    BilanFactory(semester=S2_2019)

    page = words(client, cast.cget)

    assert "2 exemples, du semestre le plus récent au plus ancien." in page
    assert (
        "Le forum de l’Œuvre Former, Pas-de-Calais (62), 1er semestre 2019 – la préfecture Trente collégiens." in page
    )
    assert "Recruter, Pas-de-Calais (62), 1er semestre 2019 – Ateliers Terril Douze candidats reçus" in page
    for untold in ("Une visite", "Un essai", "Un brouillon"):
        assert untold not in page


def test_a_rectificatif_takes_back_what_it_drops(cast: Cast, story: Bilan) -> None:
    new = actions.rectify(story, at=AT, by=cast.referent, reason="Accord retiré.")
    PrefectureExample.objects.filter(title="Le forum de l’Œuvre").update(publishable=False)
    assert [row.title for row in practices(cast.cget)][:1] == ["Le forum de l’Œuvre"]

    actions.transmit(new, at=AT, by=cast.referent, render=plain, sending_note="Relancées.")

    assert [row.title for row in practices(cast.cget)] == ["Une matinée de recrutement au pied du Terril"]
    assert SentExample.objects.count() == 8


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("axe=former", ["Le forum de l’Œuvre", "Un stage"]),
        ("axe=former&departement=59", ["Un stage"]),
        ("region=32", ["Le forum de l’Œuvre", "Un stage", "Une matinée de recrutement au pied du Terril"]),
        ("region=04", []),
        ("semestre=2019-S1&axe=recruter", ["Une matinée de recrutement au pied du Terril"]),
        ("q=OEUVRE forum", ["Le forum de l’Œuvre"]),
        ("q=collegiens", ["Le forum de l’Œuvre", "Un stage"]),
        ("q=ateliers terril", ["Une matinée de recrutement au pied du Terril"]),
        ("q=introuvable", []),
        ("axe=danser", ["Le forum de l’Œuvre", "Un stage", "Une matinée de recrutement au pied du Terril"]),
    ],
)
def test_it_is_searched_by_axis_place_semester_and_words(
    client: Client, cast: Cast, story: Bilan, query: str, titles: list[str]
) -> None:
    DepartmentFactory(reunion=True)
    tell("Un stage", department="59")
    bilan = BilanFactory(department=cast.other_company.department)
    actions.transmit(bilan, at=AT, by=cast.other_referent, render=plain, sending_note="Relancées.")
    client.force_login(cast.cget)

    page = client.get(f"{PAGE}?{query}").content.decode()

    assert sorted(re.findall(r'<h2 class="fr-h5" dir="auto">([^<]+)</h2>', page)) == titles


def test_the_axes_are_in_their_own_order(cast: Cast) -> None:
    for axis in ("acheter", "recruter", "sensibiliser", "former"):
        tell(f"Pour {axis}", axis=axis)
    sent(cast)

    assert [row.axis for row in practices(cast.cget)] == ["sensibiliser", "former", "recruter", "acheter"]


def test_many_are_read_page_by_page_and_printed_at_once(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    CampaignFactory()
    tell("Numéro 1")
    bilan = sent(cast)
    client.force_login(cast.cget)
    with django_assert_num_queries(7):
        client.get(PAGE)
    new = actions.rectify(bilan, at=AT, by=cast.referent, reason="Une suite.")
    for number in range(2, 31):
        tell(f"Numéro {number}")
    actions.transmit(new, at=AT, by=cast.referent, render=plain, sending_note="Relancées.")

    with django_assert_num_queries(7):
        first = client.get(PAGE).content.decode()
    whole = client.get(f"{PAGE}?imprimer=1").content.decode()

    assert (first.count("<article"), whole.count("<article")) == (25, 30)
    assert 'href="?imprimer=1"' in first
    assert "fr-pagination" not in whole


def test_an_empty_library_says_how_it_fills(client: Client, cast: Cast) -> None:
    assert "Aucun exemple n’est encore publiable" in words(client, cast.cget)
    assert "Aucun exemple ne correspond à ces filtres" in words(client, cast.cget, f"{PAGE}?axe=former")


def test_the_night_sees_an_example_that_is_not_the_document_s(story: Bilan) -> None:
    call_command("check_sent", verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER sent_example_only_grows ON reporting_sentexample")
    SentExample.objects.filter(rank=4).update(consent=True)

    with pytest.raises(CommandError):
        call_command("check_sent", verbosity=0)
