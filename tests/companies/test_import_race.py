"""Two people confirm at the same moment: rows enter once, and whoever came second is told so, by a sentence."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.models import Trace, User
from companies.models import Company
from tests.cast import Cast
from tests.factories import UserFactory, invented_siret
from tests.pages import signed_in
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/entreprises/importer/"
CONTENDERS = 4
NEW = invented_siret(701, 9)
DONE = "Import terminé\u00a0: 1 ligne nouvelle, 0 modifiée, 0 inchangée."
ALREADY = "Ce fichier est déjà importé\u00a0: rien n’a changé."
CHANGED = "Rien n’a été importé\u00a0: des lignes ont changé depuis l’aperçu."
SAID = {DONE: "done", ALREADY: "already", CHANGED: "changed"}


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def previewed(person: User, content: str) -> tuple[Client, dict[str, str]]:
    """A browser in front of the preview of a file, and what its button sends."""
    client = signed_in(person)
    file = SimpleUploadedFile("entreprises.csv", content.encode())
    page = client.post(PAGE, {"import_file": file}).content.decode()
    return client, dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def confirming(client: Client, fields: dict[str, str]) -> Callable[[], str]:
    """Press the button: what is said then."""

    def press() -> str:
        page = client.post(f"{PAGE}confirmer/", fields, follow=True).content.decode()
        return next((name for sentence, name in SAID.items() if sentence in page), page)

    return press


def companies(name: str) -> str:
    return f"SIRET;Nom;Catégorie\n{NEW};{name};PME\n"


def test_one_preview_confirmed_at_once_enters_once(cast: Cast) -> None:
    _, fields = previewed(cast.referent, companies("Terril"))
    clients = [signed_in(cast.referent) for _ in range(CONTENDERS)]

    said = at_once([confirming(client, fields) for client in clients])

    assert sorted(said) == ["already"] * (CONTENDERS - 1) + ["done"]
    assert Company.objects.filter(siret=NEW).count() == 1
    assert list(Trace.objects.values_list("kind", "by", "rows")) == [("import", cast.referent.pk, 1)]


def test_one_preview_without_its_key_confirmed_at_once_enters_once(cast: Cast) -> None:
    """A browser that lost the key: the file itself is there once."""
    _, fields = previewed(cast.referent, companies("Terril"))
    sendings = [{**fields, "once": ""}, {**fields, "once": "", "original_file_name": "autre.csv"}]

    said = at_once([confirming(signed_in(cast.referent), sending) for sending in sendings])

    assert sorted(said) == ["already", "done"]
    assert Company.objects.filter(siret=NEW).count() == 1


def test_two_people_who_bring_the_same_company_at_once_bring_it_once(cast: Cast) -> None:
    colleague = UserFactory(referent=True, email="colleague@example.org")
    people = [previewed(person, companies("Terril")) for person in (cast.referent, colleague)]

    said = at_once([confirming(*person) for person in people])

    assert sorted(said) == ["already", "done"]
    assert Company.objects.filter(siret=NEW).count() == 1


def test_two_people_who_name_a_company_differently_at_once_do_not_write_over_each_other(cast: Cast) -> None:
    colleague = UserFactory(referent=True, email="colleague@example.org")
    names: dict[str, User] = {"Terril": cast.referent, "Beffroi": colleague}
    people = [previewed(person, companies(name)) for name, person in names.items()]

    said = at_once([confirming(*person) for person in people])

    first = list(names)[said.index("done")]
    assert sorted(said) == ["changed", "done"]
    assert list(Company.objects.filter(siret=NEW).values_list("name", flat=True)) == [first]
