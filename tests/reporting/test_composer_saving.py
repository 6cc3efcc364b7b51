"""The boxes are saved as one types: two tabs never overwrite each other, and the page beside follows what is stored."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from reporting import actions
from reporting.models import Bilan
from tests.cast import Cast
from tests.factories import S2_2019, BilanFactory, DepartmentFactory
from tests.pages import signed_in
from tests.reporting.pages import AT

EDIT, PREVIEW = "/bilans/62/2019-S1/rediger/", "/bilans/62/2019-S1/rediger/apercu/"
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 16)


def loaded(client: Client, address: str = EDIT) -> dict[str, str]:
    """Every field of the page, as a browser would send it back untouched."""
    form = client.get(address).context["form"]
    boxes = [box for _, boxes in form.sections for box in boxes]
    return {box.box.name: box.field.value() for box in boxes} | {f"seen-{box.box.name}": box.stamp for box in boxes}


def autosave(client: Client, page: dict[str, str], **typed: str) -> Any:  # Any: the test client's answer
    return client.post(EDIT, page | typed, headers=FETCH)


def told(response: Any) -> Any:  # Any: JSON
    return response.json()


def test_what_is_typed_is_saved_and_the_page_stands_on_it(cast: Cast):
    BilanFactory()
    client = signed_in(cast.referent)
    page = loaded(client)

    first = autosave(client, page, strategy="Les chartes d’abord.")
    second = autosave(client, page | told(first)["loaded"], strategy="Les chartes d’abord, puis les stages.")

    assert (first.status_code, second.status_code) == (200, 200)
    assert told(second)["saved"]
    assert Bilan.objects.get().strategy == "Les chartes d’abord, puis les stages."


def test_a_page_sent_back_untouched_changes_nothing(cast: Cast):
    BilanFactory(state="transmitted", transmitted_at=AT, strategy="Ligne une.\r\n\r\nLigne « deux »\u00a0: l’été.")
    bilan = actions.start(department=DepartmentFactory(), semester=S2_2019, at=AT, by=cast.referent)
    address = "/bilans/62/2019-S2/rediger/"
    client = signed_in(cast.referent)

    client.post(address, loaded(client, address), headers=FETCH)

    again = Bilan.objects.get(pk=bilan.pk)
    assert again.carried == ["organisation", "strategy", "obstacles"]
    assert again.texts == bilan.texts


def test_two_tabs_on_two_boxes_keep_both(cast: Cast):
    BilanFactory()
    client = signed_in(cast.referent)
    one, other = loaded(client), loaded(client)

    autosave(client, one, strategy="D’un onglet.")
    second = autosave(client, other, obstacles="De l’autre.")

    bilan = Bilan.objects.get()
    assert (bilan.strategy, bilan.obstacles) == ("D’un onglet.", "De l’autre.")
    # The second tab still shows the former strategy: it does not stand on the new one.
    assert "seen-strategy" not in told(second)["loaded"]


def test_two_tabs_on_one_box_show_both_texts_and_a_person_chooses(cast: Cast):
    BilanFactory()
    client = signed_in(cast.referent)
    one, other = loaded(client), loaded(client)
    autosave(client, one, strategy="D’un onglet.", essentials="Trois phrases.")

    quiet = autosave(client, other, strategy="De l’autre.", obstacles="Aucun.")
    shown = client.post(EDIT, other | {"strategy": "De l’autre.", "obstacles": "Aucun."})
    stored = Bilan.objects.get()

    assert (quiet.status_code, shown.status_code) == (409, 409)
    assert told(quiet) == {
        "saved": False,
        "sentences": [
            "Ce bilan a été modifié ailleurs entre-temps. Enregistrez pour voir les deux textes\u00a0: "
            "« Stratégie définie »."
        ],
    }
    assert (stored.strategy, stored.obstacles) == ("D’un onglet.", "Peu de PME Terril disponibles en fin d’année.")
    form = shown.context["form"]
    boxes = {box.box.name: (box.field.value(), box.theirs) for _, boxes in form.sections for box in boxes}
    assert boxes["strategy"] == ("De l’autre.", "D’un onglet.")
    assert (boxes["obstacles"], boxes["essentials"]) == (("Aucun.", None), ("Trois phrases.", None))
    assert "<p>D’un onglet.</p>" in shown.content.decode()
    # A word typed elsewhere on that page must not choose by itself.
    assert "data-autosave\n" not in shown.content.decode()

    page = {box.box.name: box.field.value() for _, boxes in form.sections for box in boxes}
    stamps = {f"seen-{box.box.name}": box.stamp for _, boxes in form.sections for box in boxes}
    chosen = client.post(EDIT, page | stamps | {"strategy": "Des deux."})
    bilan = Bilan.objects.get()
    assert chosen.status_code == 302
    assert (bilan.strategy, bilan.obstacles, bilan.essentials) == ("Des deux.", "Aucun.", "Trois phrases.")


def test_what_cannot_be_saved_says_why_and_writes_nothing(cast: Cast):
    BilanFactory()
    client = signed_in(cast.referent)

    response = autosave(client, loaded(client), strategy="Les chartes.", referent_email="camille@")

    assert response.status_code == 422
    assert told(response)["sentences"] == ["Courriel du référent\u00a0: Saisissez une adresse de courriel valide."]
    assert Bilan.objects.get().strategy == "Convertir les chartes Terril en conventions."


def test_a_sent_bilan_is_not_saved(cast: Cast):
    bilan = BilanFactory()
    client = signed_in(cast.referent)
    page = loaded(client)
    actions.write(bilan, by=cast.referent, essentials="Trois phrases.")
    Bilan.objects.update(state="transmitted", transmitted_at=AT)

    response = autosave(client, page, strategy="Trop tard.")

    assert response.status_code == 409
    assert told(response) == {
        "saved": False,
        "refused": True,
        "sentences": ["Ce bilan est transmis\u00a0: établissez un bilan rectificatif."],
    }
    assert client.get(EDIT).headers["Location"] == "/bilans/62/2019-S1/"
    assert Bilan.objects.get().strategy == "Convertir les chartes Terril en conventions."


def test_i_have_read_it_clears_the_mark_and_saves_what_was_typed(cast: Cast):
    BilanFactory(state="transmitted", transmitted_at=AT)
    actions.start(department=DepartmentFactory(), semester=S2_2019, at=AT, by=cast.referent)
    address = "/bilans/62/2019-S2/rediger/"
    client = signed_in(cast.referent)
    page = loaded(client, address)

    response = client.post(address, page | {"read": "strategy", "essentials": "Trois phrases."})
    forged = client.post(address, page | {"read": "carried"})

    bilan = Bilan.objects.get(semester=S2_2019)
    assert response.headers["Location"] == f"{address}#id_strategy"
    assert (bilan.carried, bilan.essentials) == (["organisation", "obstacles"], "Trois phrases.")
    assert forged.status_code == 302


def test_the_page_beside_follows_the_texts_without_counting_anything(cast: Cast, django_assert_num_queries):
    BilanFactory(state="transmitted", transmitted_at=AT)
    actions.start(department=DepartmentFactory(), semester=S2_2019, at=AT, by=cast.referent)
    client = signed_in(cast.referent)
    address = "/bilans/62/2019-S2/rediger/"
    client.post(address, loaded(client, address) | {"strategy": "<b>Les chartes</b>", "essentials": "Trois phrases."})

    with django_assert_num_queries(8):
        page = client.get(f"{address}apercu/").content.decode()

    assert "&lt;b&gt;Les chartes&lt;/b&gt;" in page
    assert "<p>Trois phrases.</p>" in page
    assert "Relisez « Organisation du suivi », repris du bilan précédent." in page
    assert "Relisez « Stratégie définie »" not in page
    assert 'value="organisation"' in page
    assert 'value="strategy"' not in page
