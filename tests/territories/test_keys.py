"""The keys by which rows are ordered and searched: made at every save, alike on both databases, never left behind."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from companies.models import Company
from territories.fields import KeyField
from tests.architecture import OUR_APPS, our_models
from tests.factories import CompanyFactory, UserFactory

ROOT = Path(settings.BASE_DIR)
NAMES = ["Zénith", "Œuvre", "Lille", "L’Île", "Énergie", "Éléphant", "Eléonore", "Eden"]
IN_ORDER = ["Eden", "Eléonore", "Éléphant", "Énergie", "L’Île", "Lille", "Œuvre", "Zénith"]


@pytest.mark.django_db
def test_a_database_orders_as_the_french_do() -> None:
    for name in NAMES:
        CompanyFactory(name=name)

    assert list(Company.objects.values_list("name", flat=True)) == IN_ORDER


@pytest.mark.django_db
def test_the_order_does_not_depend_on_the_language_of_the_cluster() -> None:
    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, "companies_company")
    collation = {column.name: column.collation for column in description}

    # SQLite compares bytes unless told otherwise.
    assert collation["name_key"] == ("C" if connection.vendor == "postgresql" else None)


@pytest.mark.django_db
def test_a_key_follows_its_name() -> None:
    company = CompanyFactory(name="Zénith", town="Béthune", postcode="62400", siret="00090000100001")
    assert company.search_key == " zenith bethune 62400 00090000100001"

    company.name = "Étoile"
    company.save()

    stored = Company.objects.get()
    assert (stored.name_key, stored.search_key) == ("etoile\te\u0301toile", " etoile bethune 62400 00090000100001")


@pytest.mark.django_db
def test_rows_made_together_have_their_keys() -> None:
    User.objects.bulk_create([User(email=f"{n}@example.org", last_name=name) for n, name in enumerate(NAMES)])
    User.objects.update_or_create(email="0@example.org", defaults={"last_name": "Abeille"})
    UserFactory(first_name="Inès", last_name="Eden")

    found = list(User.objects.order_by("name_key").values_list("last_name", "first_name"))

    assert found[:3] == [("Abeille", ""), ("Eden", ""), ("Eden", "Inès")]
    assert [name for name, _ in found[3:]] == IN_ORDER[1:-1]


def sources_without_their_key(source: str) -> list[str]:
    """Where `source` would change a name without its key: `update`, `bulk_update`, a list of `update_fields`."""
    keys = [field for model in our_models() for field in model._meta.fields if isinstance(field, KeyField)]
    names, sources = {key.name for key in keys}, {name for key in keys for name in key.of}
    found = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        named = {item.arg for item in call.keywords} if method == "update" else set()
        listed = [item.value for item in call.keywords if item.arg == "update_fields"]
        listed += call.args[1:2] if method == "bulk_update" else []
        texts = {item.value for node in listed for item in ast.walk(node) if isinstance(item, ast.Constant)}
        # A save makes the key again when it is among the fields; a bulk update never does.
        changed = (named | texts) & sources
        if changed and (method in {"update", "bulk_update"} or not texts & names):
            found.append(f"{call.lineno}: {ast.unparse(call)}")
    return found


@pytest.mark.parametrize("file", sorted(file for app in OUR_APPS for file in (ROOT / app).rglob("*.py")), ids=str)
def test_no_name_changes_without_its_key(file: Path) -> None:
    allowed = {"qpv_import.py", "loading.py"}  # neighbourhoods and départements are listed by code: they have no key

    assert file.name in allowed or sources_without_their_key(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("rows.update(name='x')", ["1: rows.update(name='x')"]),
        ("rows.bulk_update(some, ['town'])", ["1: rows.bulk_update(some, ['town'])"]),
        ("row.save(update_fields=['last_name'])", ["1: row.save(update_fields=['last_name'])"]),
        ("row.save(update_fields=['last_name', 'name_key'])", []),
        ("rows.bulk_update(some, ['value'])", []),
        ("rows.update(state='signed')", []),
        ("row.save()", []),
    ],
)
def test_a_name_changed_without_its_key_is_seen(source: str, expected: list[str]) -> None:
    assert sources_without_their_key(source) == expected
