"""The agency's pages of the catalogue: read, prepare, compare, publish."""

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings

from indicators.catalogue import shipped
from indicators.models import CatalogueDraft, CatalogueVersion, catalogue_of
from tests.cast import Cast
from tests.indicators.versions import begun, changed, typed
from tests.pages import page, post, queries, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(autouse=True)
def _september(settings: Settings) -> Iterator[None]:
    settings.PAQTE_TODAY = date(2019, 9, 15)
    yield
    catalogue_of.cache_clear()


def form_of(response: Any) -> dict[str, Any]:  # Any: the test client's own, and what its form shows
    """What the form of a page would send as it is."""
    form = response.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: "on" if value is True else value for name, value in shown.items() if value not in (None, False)}


def test_the_list_shows_versions_with_their_fingerprint_and_the_one_in_preparation(cast: Cast) -> None:
    assert "Préparer une version" in text(page(cast.cget, "catalogue_list"))
    draft = begun(cast.cget)

    shown = page(cast.cget, "catalogue_list")

    assert f'En préparation\u00a0: <a href="{draft.get_absolute_url()}" dir="auto">{draft}</a>' in text(shown)
    assert "Préparer une version" not in text(shown)
    assert hashlib.sha256(shipped("paqte-2018")).hexdigest() in text(shown)
    assert "en vigueur" in text(shown)


def test_a_version_is_read_and_its_file_is_byte_for_byte_the_one_published(cast: Cast) -> None:
    shown = text(page(cast.cget, "catalogue_detail", "paqte-2018"))
    file = page(cast.cget, "catalogue_file", "paqte-2018")

    assert "SEN-01 Stages de 3e proposés aux élèves de REP+ et de REP" in shown
    assert "Cette version est livrée avec le portail." in shown
    assert file.content == shipped("paqte-2018")
    assert file.headers["Content-Disposition"] == 'attachment; filename="paqte-2018.toml"'


def test_a_version_is_prepared_changed_compared_and_published(cast: Cast) -> None:
    begin = {"code": "paqte-2021", "title": "Catalogue PAQTE 2021", "published_on": "2021-11-01"}
    assert post(cast.cget, "draft_create", **begin).status_code == 302
    pk = CatalogueDraft.objects.get().pk
    assert "Cette version ne change rien" in text(page(cast.cget, "draft_detail", pk))

    form = form_of(page(cast.cget, "draft_indicator_update", pk, "SEN-01"))
    wording = form["definition"].replace("réellement ouvertes", "vraiment ouvertes")
    sent = post(cast.cget, "draft_indicator_update", pk, "SEN-01", **{**form, "definition": wording})
    assert sent.status_code == 302
    seen = page(cast.cget, "draft_detail", pk)
    assert "la définition n’est plus ce que disait ce code" in text(seen)
    assert "<del>réellement</del>" in seen.content.decode()
    assert "<ins>vraiment</ins>" in seen.content.decode()
    assert "Relire et publier" not in text(seen)

    form = form_of(page(cast.cget, "draft_indicator_update", pk, "SEN-01"))
    post(cast.cget, "draft_indicator_update", pk, "SEN-01", **{**form, "reworded": "on"})
    read_again = page(cast.cget, "draft_publish", pk)
    assert "Une version publiée ne se reprend pas" in text(read_again)
    draft = CatalogueDraft.objects.get()
    published = post(cast.cget, "draft_publish", pk, shown=draft.catalogue.fingerprint)

    assert published.url == "/campagnes/catalogue/versions/paqte-2021/"
    shown = text(page(cast.cget, "catalogue_detail", "paqte-2021"))
    assert "Ce qui change de paqte-2018" in shown
    who = f'<span dir="auto">{cast.cget.bare_name}</span>'
    assert f"<strong>Version publiée</strong> par {who} le 15 septembre 2019 à " in shown
    assert "à venir" in text(page(cast.cget, "catalogue_list"))
    version = CatalogueVersion.objects.get(pk="paqte-2021")
    file = page(cast.cget, "catalogue_file", "paqte-2021").content
    assert hashlib.sha256(file).hexdigest() == version.fingerprint
    assert [page(cast.cget, name, pk).status_code for name in ("draft_frame", "draft_publish")] == [409, 409]


def test_opened_and_saved_as_it_is_an_indicator_says_the_same(cast: Cast) -> None:
    draft = begun(cast.cget)

    # One in six: every one of them goes through the same form in `test_sheet.py`.
    for spec in draft.catalogue.indicators[::6]:
        form = form_of(page(cast.cget, "draft_indicator_update", draft.pk, spec.code))
        assert post(cast.cget, "draft_indicator_update", draft.pk, spec.code, **form).status_code == 302

    again = CatalogueDraft.objects.get()
    assert again.catalogue.indicators == draft.catalogue.indicators
    assert [line.transition for line in again.logs.all()] == ["creer"]


def test_an_indicator_is_added_then_taken_away_once_named(cast: Cast) -> None:
    draft = begun(cast.cget)
    shown = draft.catalogue.fingerprint

    assert post(cast.cget, "draft_indicator_create", draft.pk, **typed(shown=shown)).status_code == 302
    draft.refresh_from_db()
    spec = draft.catalogue.indicator("SEN-13")
    assert (spec.words, spec.ceiling, spec.targetable) == (("visite", "visites"), Decimal(300), True)
    asked = post(cast.cget, "draft_indicator_remove", draft.pk, "SEN-13", shown=draft.catalogue.fingerprint)
    assert "SEN-13 Visites de site" in text(asked)
    done = post(
        cast.cget, "draft_indicator_remove", draft.pk, "SEN-13", shown=draft.catalogue.fingerprint, confirmed="1"
    )

    assert done.status_code == 302
    draft.refresh_from_db()
    assert "SEN-13" not in draft.catalogue.by_code


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"code": "SEN-01"}, "SEN-01\u00a0: ce code existe déjà dans cette version."),
        ({"code": "sen 13"}, "Majuscules, chiffres et traits d’union seulement."),
        ({"unit": "oui/non"}, "Un indicateur oui ou non n’a pas d’autre unité, et inversement."),
        ({"many": ""}, "Donnez le singulier et le pluriel, ou aucun des deux."),
        ({"ceiling": "0"}, "« Plafond » est au-dessous de 1."),
        ({"valid_from": "2021-01-01", "valid_until": "2020-01-01"}, "La fin de validité doit suivre son début."),
        ({"definition": "d" * 5001}, "«\u00a0definition\u00a0» compte plus de 5000 caractères."),
    ],
)
def test_what_is_wrong_in_an_indicator_is_said_beside_it(cast: Cast, said: dict[str, str], sentence: str) -> None:
    draft = begun(cast.cget)

    refused = post(cast.cget, "draft_indicator_create", draft.pk, **typed(shown=draft.catalogue.fingerprint, **said))

    assert refused.status_code == 422
    assert sentence in text(refused)
    draft.refresh_from_db()
    assert draft.logs.count() == 1


def test_a_page_left_open_while_somebody_changed_the_version_is_refused(cast: Cast) -> None:
    draft = begun(cast.cget)
    form = form_of(page(cast.cget, "draft_indicator_update", draft.pk, "SEN-02"))
    changed(draft, "SEN-01", label="Stages offerts", by=cast.cget)

    late = post(cast.cget, "draft_indicator_update", draft.pk, "SEN-02", **{**form, "label": "Autre"})

    assert late.status_code == 409
    assert "a changé depuis que la page est ouverte" in text(late)


def test_a_file_is_imported_or_refused_with_what_is_wrong_in_it(cast: Cast) -> None:
    draft = begun(cast.cget)
    url, shown = reverse("draft_import", args=[draft.pk]), draft.catalogue.fingerprint
    client = signed_in(cast.cget)

    def sent(content: bytes) -> Any:  # Any: the test client's own
        return client.post(url, {"file": SimpleUploadedFile("catalogue.toml", content), "shown": shown})

    refused = sent(shipped("paqte-2018").replace(b'axis = "former"', b'axis = "vendre"', 1))
    assert refused.status_code == 422
    assert "(FOR-01)\u00a0: «\u00a0axis\u00a0» vaut «\u00a0vendre\u00a0»" in text(refused)
    assert "ce n’est pas un catalogue" in text(sent(b"#" * 500_001))
    own = client.get(reverse("draft_file", args=[draft.pk, "toml"]))
    assert own.headers["Content-Disposition"] == 'attachment; filename="paqte-2021-projet.toml"'
    assert sent(own.content.replace("proposés".encode(), b"offerts")).status_code == 302
    draft.refresh_from_db()
    (line,) = draft.logs.filter(transition="importer")
    assert line.comment.startswith("SEN-01\u00a0: libellé")


@pytest.mark.parametrize("name", ["draft_indicator_remove", "draft_drop"])
def test_two_clicks_on_what_goes_away_lead_where_one_does(cast: Cast, name: str) -> None:
    draft = begun(cast.cget)
    place = (draft.pk, "SEN-01") if name == "draft_indicator_remove" else (draft.pk,)
    key = {"shown": draft.catalogue.fingerprint, "confirmed": "1", "once": str(uuid4())}

    first, second = (post(cast.cget, name, *place, **key) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert draft.logs.count() == 2


def test_a_version_is_given_up_once_named(cast: Cast) -> None:
    draft = begun(cast.cget)

    asked = post(cast.cget, "draft_drop", draft.pk)
    done = post(cast.cget, "draft_drop", draft.pk, confirmed="1")

    assert "Catalogue PAQTE 2021 (paqte-2021)" in text(asked)
    assert done.url == reverse("catalogue_list")
    assert "abandonnée" in text(page(cast.cget, "draft_detail", draft.pk))


def test_the_page_of_a_version_costs_the_same_whatever_its_journal(cast: Cast) -> None:
    draft = begun(cast.cget)
    before = queries(cast.cget, "draft_detail", draft.pk)

    for number in range(5):
        changed(draft, "SEN-01", label=f"Stages {number}", by=cast.cget)

    assert queries(cast.cget, "draft_detail", draft.pk) == before
