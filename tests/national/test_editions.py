"""A frozen version: what was read and nothing else, numbered, dated, and the same whatever is sent since."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from documents.models import StoredFile
from national import files
from national.actions.editions import ask_to_freeze
from national.models import Edition, EditionFile
from national.selection import WHOLE
from national.selectors.total import consolidated, nation
from reporting import actions
from reporting.models import Bilan
from reporting.tasks import take_up
from tests.cast import Cast
from tests.factories import S1_2019, BilanFactory, CampaignFactory, ConventionFactory, DepartmentFactory, UserFactory
from tests.pages import signed_in, text
from tests.reporting.pages import AT, plain, sent
from tests.reporting.reading import words
from tests.reporting.test_tasks import LATER, run
from workflows.tables import Incomplete, WrongRole, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
PAGE = "/national/2019-S1/figer/"
FREEZING = datetime(2019, 9, 16, 8, tzinfo=UTC)


@pytest.fixture
def agency(cast: Cast, settings: Settings) -> Client:
    """The Pas-de-Calais sent its bilan, the Nord did not; the worker has its list in the database."""
    settings.PAQTE_TODAY = date(2019, 9, 16)
    CampaignFactory()
    ConventionFactory()
    ConventionFactory(company__department=DepartmentFactory(nord=True))
    sent(cast)
    settings.TASKS = LATER
    return signed_in(cast.cget)


def read() -> str:
    return files.fingerprint(nation(S1_2019))


def asked(client: Client, **typed: str) -> Edition:
    """What the page answers to a form as it stands, with what is typed over it."""
    form = client.get(PAGE).context["form"]
    answer = client.post(PAGE, {"shown": form["shown"].value(), "reason": "Rapport de septembre", **typed})
    assert answer.status_code == 302, answer.content.decode()
    return Edition.objects.get(pk=answer.headers["Location"].split("/")[-2])


def other_bilan() -> None:
    """The Nord sends its own."""
    nord = BilanFactory(department=DepartmentFactory(nord=True))
    actions.transmit(
        nord, at=AT, by=UserFactory(referent=True, department=nord.department), render=plain, sending_note="Relancées."
    )


def test_a_version_is_frozen_with_its_files(agency: Client, cast: Cast) -> None:
    edition = asked(agency)
    waiting = agency.get(edition.get_absolute_url())
    run()
    edition.refresh_from_db()
    page = words(text(agency.get(edition.get_absolute_url())))
    pdf = agency.get(f"/national/versions/{edition.pk}.pdf")

    assert (waiting.status_code, waiting.headers["Refresh"]) == (202, f"3; url={edition.get_absolute_url()}")
    assert "Fichiers prêts : 0 sur 5." in words(text(waiting))
    assert (edition.number, edition.by, edition.refusals) == (1, cast.cget, [])
    assert {file.kind for file in edition.files.all()} == {"pdf", "xlsx", "ods", "csv", "json"}
    assert "Version 1 du bilan consolidé, France 1er semestre 2019" in page
    assert "16 septembre 2019, par" in page
    assert edition.sha256 in page
    assert pdf.content.startswith(b"%PDF")
    assert "paqte-national-2019-S1-version-1.pdf" in pdf.headers["Content-Disposition"]
    assert "Version 1 du bilan consolidé, France" in text(agency.get("/national/2019-S1/"))
    assert agency.get(f"/national/versions/{edition.pk}.doc").status_code == 404


def test_it_stays_as_it_was_and_the_next_one_has_the_next_number(agency: Client) -> None:
    first = asked(agency)
    run()
    before = agency.get(f"/national/versions/{first.pk}.csv").content
    other_bilan()
    second = asked(agency, reason="Rectifié")
    run()
    second.refresh_from_db()

    assert second.number == 2
    assert agency.get(f"/national/versions/{first.pk}.csv").content == before
    assert agency.get(f"/national/versions/{second.pk}.csv").content != before


def test_what_says_the_same_is_not_frozen_twice(agency: Client) -> None:
    asked(agency)
    run()

    shown = agency.get(PAGE).context["form"]["shown"].value()
    again = agency.post(PAGE, {"shown": shown, "reason": "Encore"})

    assert again.status_code == 409
    assert "La version 1 dit déjà la même chose" in text(again)


def test_only_what_was_read_is_frozen(agency: Client) -> None:
    shown = agency.get(PAGE).context["form"]["shown"].value()
    other_bilan()

    refused = agency.post(PAGE, {"shown": shown, "reason": "Rapport"})

    assert refused.status_code == 409
    assert "rien n’est figé" in text(refused)
    assert not Edition.objects.exists()


def test_what_changes_before_the_worker_s_turn_is_not_frozen(agency: Client) -> None:
    edition = asked(agency)
    other_bilan()
    run()
    page = agency.get(edition.get_absolute_url())

    edition.refresh_from_db()
    assert (edition.number, edition.finished_at is None, page.status_code) == (None, False, 200)
    assert "Ce qui est transmis a changé depuis que vous l’avez lu" in text(page)
    assert not EditionFile.objects.exists()


def test_asked_twice_it_is_one(agency: Client) -> None:
    first, second = asked(agency), asked(agency)

    assert first == second
    assert DBTaskResult.objects.count() == 1


def test_what_somebody_else_asks_for_meanwhile_is_not_taken_for_it(agency: Client, cast: Cast) -> None:
    """Their reason would be lost without a word."""
    asked(agency)
    form = agency.get(PAGE).context["form"]

    refused = agency.post(PAGE, {"shown": form["shown"].value(), "reason": "Comité de suivi"})

    assert refused.status_code == 409
    assert f"{cast.cget} fait déjà figer une version de ce bilan" in text(refused)
    assert "Comité de suivi" in text(refused)
    assert Edition.objects.get().reason == "Rapport de septembre"


def test_a_part_of_the_country_has_numbers_of_its_own(agency: Client, cast: Cast) -> None:
    asked(agency)
    run()
    shown = agency.get(f"{PAGE}?region=32").context["form"]["shown"].value()
    answer = agency.post(f"{PAGE}?region=32", {"shown": shown, "reason": "Comité régional"})
    run()

    edition = Edition.objects.get(query="region=32")
    assert answer.headers["Location"] == edition.get_absolute_url()
    assert (edition.number, edition.name, edition.selection.region) == (1, "Hauts-de-France", "32")
    assert agency.get(f"{PAGE}?departement=59").status_code == 404
    assert agency.get(f"{PAGE}?region=99").status_code == 422


def test_a_reason_is_asked_for(agency: Client) -> None:
    refused = agency.post(PAGE, {"shown": read(), "reason": " "})

    assert refused.status_code == 422
    assert "« Ce que l’on publie » est à renseigner." in text(refused)


def test_the_action_refuses_who_is_not_at_the_agency_and_what_has_no_reason(agency: Client, cast: Cast) -> None:
    ask = partial(
        ask_to_freeze,
        semester=S1_2019,
        selection=WHOLE,
        shown=read(),
        read=lambda *_: read(),
        enqueue=lambda _: None,
        at=FREEZING,
    )

    with pytest.raises(WrongRole):
        ask(reason="Rapport", by=cast.referent)
    with pytest.raises(Incomplete, match="Dites ce que l’on publie"):
        ask(reason=" ", by=cast.cget)
    with pytest.raises(WrongState, match="a changé"):
        ask_to_freeze(
            semester=S1_2019,
            selection=WHOLE,
            shown="autre",
            reason="Rapport",
            read=lambda *_: read(),
            enqueue=lambda _: None,
            at=FREEZING,
            by=cast.cget,
        )


def test_who_left_the_agency_freezes_nothing(agency: Client, cast: Cast) -> None:
    edition = asked(agency)
    cast.cget.is_active = False
    cast.cget.save()
    run()

    edition.refresh_from_db()
    assert (edition.number, len(edition.refusals)) == (None, 1)


def test_a_failure_is_told_and_keeps_nothing(agency: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_options: object) -> None:
        raise MemoryError

    edition = asked(agency)
    kept = StoredFile.objects.count()
    monkeypatch.setattr("weasyprint.HTML", fails)
    run()

    edition.refresh_from_db()
    assert edition.refusals == [
        "Une raison technique a empêché de figer cette version\u00a0: rien n’est figé. Recommencez."
    ]
    assert (EditionFile.objects.count(), StoredFile.objects.count()) == (0, kept)


def test_a_worker_that_dies_each_time_is_not_called_for_ever(agency: Client) -> None:
    edition = asked(agency)
    Edition.objects.update(attempts=10)
    run()

    edition.refresh_from_db()
    assert edition.refusals == [
        "Cette version n’a pas abouti après plusieurs essais\u00a0: rien n’est figé. Prévenez le support."
    ]


def test_what_fell_off_the_worker_s_list_is_put_back(agency: Client) -> None:
    """A worker that died ten times in it, or a database that was away: nobody has to ask again for it to end."""
    edition = asked(agency)
    DBTaskResult.objects.update(status="FAILED")

    assert (take_up(), take_up()) == (1, 0)
    run()

    edition.refresh_from_db()
    assert edition.number == 1


def test_the_database_keeps_it(agency: Client) -> None:
    edition = asked(agency)
    run()
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no guards")

    for change in (
        lambda: Edition.objects.filter(pk=edition.pk).update(reason="Autre"),
        lambda: EditionFile.objects.filter(kind="pdf").delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_nobody_else_sees_it(agency: Client, cast: Cast) -> None:
    edition = asked(agency)
    run()

    for who in ("referent", "lecteur", "member"):
        assert signed_in(getattr(cast, who)).get(edition.get_absolute_url()).status_code == 403
    assert Bilan.objects.transmitted().count() == 1


def test_whoever_waits_is_told_how_many_files_are_made(agency: Client) -> None:
    edition = asked(agency)
    for kind in ("csv", "json"):
        files.make(consolidated(S1_2019), kind)

    page = agency.get(edition.get_absolute_url())

    assert "Fichiers prêts : 2 sur 5." in words(text(page))
    assert 'value="2" max="5"' in page.content.decode()
