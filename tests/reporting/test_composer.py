"""The composer: what each box waits for, said once; its pages of partners, context and examples."""

from datetime import date

import pytest

from reporting import actions
from reporting.models import Partner, Sending
from territories.models import DepartmentFigures
from tests.cast import Cast
from tests.factories import (
    S2_2019,
    BilanFactory,
    CampaignFactory,
    DepartmentFactory,
    DepartmentFiguresFactory,
    PartnerFactory,
)
from tests.pages import hidden_fields, signed_in
from tests.reporting.pages import AT, sent

BILAN = "/bilans/62/2019-S1"


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 16)


def test_boxes_say_where_they_stand(cast: Cast):
    BilanFactory(strategy="La même.", state="transmitted", transmitted_at=AT)
    DepartmentFiguresFactory()
    CampaignFactory(semester=S2_2019)
    actions.start(department=DepartmentFactory(), semester=S2_2019, at=AT, by=cast.referent)

    boxes = signed_in(cast.referent).get("/bilans/62/2019-S2/rediger/").context["composer"].boxes

    assert {box.label: box.state for box in boxes} == {
        "L’essentiel": "vide, facultatif",
        "Référent du PAQTE": "rempli",
        "Organisation du suivi": "repris du bilan précédent",
        "Stratégie définie": "repris du bilan précédent",
        "Obstacles rencontrés": "repris du bilan précédent",
        "Entreprises signataires": "calculé",
        "Partenaires": "vide, facultatif",
        "Résultats agrégés": "calculé",
        "Exemples d’actions": "vide, facultatif",
        "Éléments de contexte": "repris du bilan précédent",
    }


def test_what_is_missing_is_one_list_on_every_page(cast: Cast):
    """The composer, the page before the sending and the home count the same things, in the same words."""
    BilanFactory(state="transmitted", transmitted_at=AT)
    CampaignFactory(semester=S2_2019, opens_on=date(2019, 9, 1), due_on=date(2019, 9, 10), locks_on=date(2019, 9, 30))
    bilan = actions.start(department=DepartmentFactory(), semester=S2_2019, at=AT, by=cast.referent)
    actions.write(bilan, by=cast.referent, strategy="", obstacles="Aucun.")
    client = signed_in(cast.referent)
    due = [
        "Relisez « Organisation du suivi », repris du bilan précédent.",
        "Décrivez la stratégie définie.",
        "Relisez « Éléments de contexte », repris du bilan précédent.",
    ]

    composer, departure = (client.get(f"/bilans/62/2019-S2/{page}/") for page in ("rediger", "transmettre"))
    home = client.get("/tableau-de-bord/").content.decode()

    assert [item.sentence for item in composer.context["composer"].missing] == due
    assert list(departure.context["departure"].missing) == due
    assert "Bilan du 2e semestre 2019\u00a0: 3 rubriques à compléter</a>" in home
    assert '<span class="portal-todo__when">avant le 25 octobre 2019</span>' in home
    assert "avant le 25 octobre 2019\u00a0: 39 jours restants." in composer.content.decode()
    assert "version 1" not in composer.content.decode().lower()


def test_a_box_taken_over_is_marked_until_it_is_touched_or_read(cast: Cast):
    BilanFactory(state="transmitted", transmitted_at=AT)
    bilan = actions.start(department=DepartmentFactory(), semester=S2_2019, at=AT, by=cast.referent)
    same = {"organisation": bilan.organisation, "strategy": bilan.strategy}

    unchanged = actions.write(bilan, by=cast.referent, **same).carried
    touched = actions.write(bilan, by=cast.referent, **same | {"strategy": "Une autre."}).carried
    read = actions.write(bilan, by=cast.referent, read=["organisation"], **same).carried

    assert unchanged == ["organisation", "strategy", "obstacles"]
    assert touched == ["organisation", "obstacles"]
    assert read == ["obstacles"]


def test_partners_are_added_changed_and_removed(cast: Cast):
    kept, removed = PartnerFactory(name="Ancien nom"), PartnerFactory(name="Retirée")
    PartnerFactory(name="Du Nord", department=DepartmentFactory(nord=True))
    BilanFactory()
    rows = [
        {"id": kept.pk, "name": "Nouveau nom", "kind": "club", "part": "Animation"},
        {"id": removed.pk, "name": "Retirée", "kind": "association", "DELETE": "on"},
        {"name": "Ajoutée", "kind": "autre"},
    ]
    form = {f"partners-{index}-{name}": value for index, row in enumerate(rows) for name, value in row.items()}

    form |= {"partners-TOTAL_FORMS": 3, "partners-INITIAL_FORMS": 2}
    referent = signed_in(cast.referent)
    asked = referent.post(f"{BILAN}/partenaires/", form)
    before = Partner.objects.count()
    response = referent.post(f"{BILAN}/partenaires/", hidden_fields(asked))
    again = referent.post(
        f"{BILAN}/partenaires/", {"partners-TOTAL_FORMS": 0, "partners-INITIAL_FORMS": 0, "more": "1"}
    )

    assert '<li dir="auto">Retirée</li>' in asked.content.decode()
    assert before == 3
    assert response.headers["Location"] == f"{BILAN}/rediger/"
    assert again.headers["Location"] == f"{BILAN}/partenaires/#nouveau"
    assert referent.get(f"{BILAN}/partenaires/").content.decode().count('<tr id="nouveau">') == 1
    assert list(Partner.objects.values_list("department", "name")) == [
        ("62", "Ajoutée"),
        ("59", "Du Nord"),
        ("62", "Nouveau nom"),
    ]


def test_context_is_read_again(cast: Cast):
    DepartmentFiguresFactory(confirmed=False)
    BilanFactory()
    client = signed_in(cast.referent)

    known = {"qpv_count": "64", "qpv_source": "ANCT", "population": "149 900", "population_year": "2018"}

    refused = client.post(f"{BILAN}/contexte/", {"population": "1 234", "qpv_count": "soixante"})
    unsaid = client.post(f"{BILAN}/contexte/", known)
    saved = client.post(f"{BILAN}/contexte/", known | {"defm_reason": "Pas encore diffusés."})
    page = client.get(f"{BILAN}/").content.decode()
    both = {"defm": "21000", "defm_date": "2018-12-31", "defm_category": "ABC", "defm_reason": "Pas encore diffusés."}
    twice = client.post(f"{BILAN}/contexte/", known | both)

    assert [answer.status_code for answer in (refused, unsaid, saved, twice)] == [422, 422, 302, 302]
    assert "Indiquez l’année de la population des QPV." in refused.content.decode()
    assert "dites pourquoi ils ne sont pas donnés." in unsaid.content.decode()
    figures = DepartmentFigures.objects.get()
    assert (figures.population, figures.population_year, figures.confirmed) == (149900, 2018, True)
    assert "<td>Motif\u00a0: Pas encore diffusés.</td>" in page
    # Given, the number needs no reason: none is printed.
    assert "Pas encore diffusés" not in client.get(f"{BILAN}/").content.decode()


def test_a_rectificatif_is_not_due_and_asks_for_its_reason(cast: Cast):
    CampaignFactory()
    bilan = actions.rectify(sent(cast), at=AT, by=cast.referent)
    client = signed_in(cast.referent)

    home = client.get("/tableau-de-bord/").content.decode()
    page = client.get(f"{BILAN}/rediger/").content.decode()
    actions.write(bilan, by=cast.referent, rectification_reason="Une remontée tardive.")
    preview = client.get(f"{BILAN}/rediger/apercu/").content.decode()

    assert "Bilan rectificatif du 1er semestre 2019\u00a0: 1 rubrique à compléter</a>" in home
    assert "Dites pourquoi le bilan est rectifié." in page
    assert "version 2" in page
    assert "À transmettre à l’agence" not in page
    assert "<p>Motif\u00a0: Une remontée tardive.</p>" in preview


def test_while_a_bilan_leaves_its_pages_and_the_home_say_so(cast: Cast):
    CampaignFactory()
    DepartmentFiguresFactory(defm_reason="Pas encore reçus.")
    bilan, client = BilanFactory(), signed_in(cast.referent)
    pages = (f"{BILAN}/", f"{BILAN}/rediger/", "/tableau-de-bord/", "/bilans/")
    before = ["ransmission en cours" in client.get(page).content.decode() for page in pages]
    Sending.objects.create(bilan=bilan, by=cast.referent, asked_at=AT, fingerprint="0" * 64)

    assert not any(before)
    assert all("ransmission en cours" in client.get(page).content.decode() for page in pages)
    assert "Demandée à 10 h 00" in client.get(f"{BILAN}/").content.decode()
