"""The house keeps its shape: scope, policies, layers, reads that only read. Each guard is shown a planted fault."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.models import OutgoingMail
from accounts.outbox import OutsideTransaction, queue_mail
from accounts.policies import allow, public
from accounts.roles import Role
from tests.architecture import (
    OUR_APPS,
    PACKAGES,
    ROOT,
    GetWrote,
    View,
    bare_models,
    bare_models_for_a_user,
    endpoints,
    forms_bound_by_hand,
    models_without_scope,
    only_reads,
    our_models,
    views_without_policy,
)
from tests.factories import RegionFactory

SCOPED = {
    model.__name__ for model in our_models() if not models_without_scope([model]) and hasattr(model, "scope_paths")
}


def view_files() -> list[Path]:
    """Every module of views and dashboards."""
    found = [file for app in OUR_APPS for file in [*(ROOT / app).glob("views.py"), *(ROOT / app).glob("views/*.py")]]
    return sorted(found)


def test_every_model_is_scoped_or_says_why_not() -> None:
    assert models_without_scope(our_models()) == []


def test_a_model_without_scope_is_seen() -> None:
    class Stray(models.Model):
        class Meta:
            app_label = "territories"
            managed = False

        def __str__(self) -> str:
            return "stray"

    assert models_without_scope([Stray]) == ["territories.Stray"]


@pytest.mark.parametrize("file", view_files(), ids=lambda file: f"{file.parts[-3]}/{file.name}")
def test_views_reach_rows_through_visible_to(file: Path) -> None:
    assert bare_models(file.read_text(encoding="utf-8"), SCOPED) == []


def reading_files() -> list[Path]:
    """What reads rows outside the views: selectors, dashboards, forms, imports and the administration."""
    patterns = (
        "selectors*.py",
        "selectors/*.py",
        "dashboards/*.py",
        "home.py",
        "forms*.py",
        "forms/*.py",
        "resources.py",
        "admin.py",
    )
    return sorted({file for app in OUR_APPS for pattern in patterns for file in (ROOT / app).glob(pattern)})


@pytest.mark.parametrize("file", reading_files(), ids=lambda file: f"{file.parts[-3]}/{file.parts[-2]}/{file.name}")
def test_what_reads_for_somebody_goes_through_visible_to(file: Path) -> None:
    everywhere = file.name in {"resources.py", "admin.py"}

    assert bare_models_for_a_user(file.read_text(encoding="utf-8"), SCOPED, everywhere=everywhere) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def home(user):\n    return Company.objects.all()", ["home: Company.objects.all"]),
        ("def home(*, user):\n    return Company.objects.filter(pk=1)", ["home: Company.objects.filter"]),
        ("def rows(self):\n    return f(self.user, Company.objects.all())", ["rows: Company.objects.all"]),
        ("def rows(request):\n    return self.model._default_manager.all()", ["rows: self.model._default_manager.all"]),
        ("def home(user):\n    return Company.objects.visible_to(user)", []),
        ("def rows(request):\n    return self.model._default_manager.visible_to(request.user)", []),
        ("def of(department):\n    return Company.objects.filter(department=department)", []),
    ],
)
def test_a_bare_model_outside_the_views_is_seen(source: str, expected: list[str]) -> None:
    assert bare_models_for_a_user(source, {"Company"}) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("get_object_or_404(Company, pk=pk)", ["1: get_object_or_404(Company, pk=pk)"]),
        ("rows = Company.objects.filter(name='x')", ["1: Company.objects.filter"]),
        ("rows = Company.objects.all().visible_to(user)", ["1: Company.objects.all"]),
        ("rows = Company._default_manager.first()", ["1: Company._default_manager.first"]),
        ("rows = Company.objects.visible_to(user)", []),
        ("row = get_object_or_404(Company.objects.visible_to(user), pk=pk)", []),
        ("rows = Region.objects.all()", []),
    ],
)
def test_a_bare_model_is_seen(source: str, expected: list[str]) -> None:
    assert bare_models(source, {"Company"}) == expected


@pytest.mark.parametrize("file", view_files(), ids=lambda file: f"{file.parts[-3]}/{file.name}")
def test_a_form_is_bound_to_what_was_posted(file: Path) -> None:
    assert forms_bound_by_hand(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "form = ProfileForm(request.POST or None)",
        "form = ProfileForm(request.POST if request.POST else None)",
        "form = ProfileForm(request.POST if request.method == 'POST' else None)",
        "form = BilanForm(request.POST if request.POST and not of_examples else None)",
        "if request.POST:\n    save()",
    ],
)
def test_a_form_bound_by_hand_is_seen(source: str) -> None:
    assert [fault.partition(":")[0] for fault in forms_bound_by_hand(source)][:1] == ["1"]


def test_a_form_bound_to_what_was_posted_is_left_alone() -> None:
    source = "form = ProfileForm(posted(request))\nif 'begin' in request.POST:\n    begin()"

    assert forms_bound_by_hand(source) == []


def test_every_view_says_who_may_open_it() -> None:
    assert views_without_policy(endpoints()) == []


def page() -> View:
    """A new view each time: a policy marks the function it is given."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    return view


def test_a_view_without_policy_is_seen() -> None:
    patterns = [
        path("a/", page(), name="forgotten"),
        path("b/", allow(Role.CGET)(page()), name="kept"),
        path("c/", public(page()), name="open"),
    ]

    assert views_without_policy(endpoints(patterns)) == ["forgotten"]


@pytest.mark.django_db
def test_a_page_that_writes_is_seen() -> None:
    with only_reads(), pytest.raises(GetWrote):
        RegionFactory(code="99", name="Nulle part")


@pytest.mark.parametrize(
    ("file", "fault", "contract"),
    [
        ("territories/models.py", "import workflows.tables", "A room imports only the rooms below it"),
        ("companies/models/people.py", "import companies.actions.members", "Inside companies, imports go down"),
        ("companies/stray.py", '"""A module that nobody placed."""', "Inside companies, imports go down"),
        ("workflows/tables.py", "import django", "The pure cores know nothing of Django"),
    ],
)
def test_an_upward_import_is_seen(tmp_path: Path, file: str, fault: str, contract: str) -> None:
    for folder in PACKAGES:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    guarded = tmp_path / file
    with guarded.open("a", encoding="utf-8") as source:
        source.write(f"\n{fault}\n")

    linter = Path(sys.executable).parent / "lint-imports"
    outcome = subprocess.run(  # noqa: S603  # our own linter on our own copy
        [str(linter), "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert outcome.returncode == 1
    assert f"{contract} BROKEN" in outcome.stdout


def test_no_link_is_made_from_what_a_request_says() -> None:
    words = ("build_absolute_uri", "get_current_site", "http://{", "https://{")
    programs = [file for app in OUR_APPS for file in (ROOT / app).rglob("*.py")]
    mails = (ROOT / "templates" / "emails").rglob("*.*")

    found = [(file.name, word) for file in [*programs, *mails] for word in words if word in file.read_text("utf-8")]

    assert found == []


@pytest.mark.django_db
def test_a_rolled_back_transaction_leaves_no_mail() -> None:
    with transaction.atomic():
        queue_mail(to="quelquun@example.org", subject="Récépissé", body="Bonjour")
        transaction.set_rollback(True)

    assert list(OutgoingMail.objects.all()) == []


@pytest.mark.django_db(transaction=True)
def test_a_mail_outside_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransaction):
        queue_mail(to="quelquun@example.org", subject="Récépissé", body="Bonjour")
