"""What the traces hold of people's comings and goings, and what they never hold."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from accounts.models import Trace, User
from accounts.roles import Role
from accounts.trail import record_export, record_import, record_refusal
from privacy import retention
from tests.accounts.telephone import give_telephone
from tests.cast import Cast
from tests.factories import PASSWORD, CompanyFactory, MembershipFactory

pytestmark = pytest.mark.django_db

AWAY = "203.0.113.77"


def told() -> list[tuple[str, str, str | None, str]]:
    """Each trace: what, its object, where, from which network."""
    return list(Trace.objects.values_list("kind", "what", "department", "network"))


def asked_by(user: User) -> HttpRequest:
    request = RequestFactory().get("/", REMOTE_ADDR=AWAY)
    request.user = user
    return request


def test_signing_in_and_out_is_noted(client: Client, cast: Cast) -> None:
    client.post(reverse("login"), {"username": cast.referent.email, "password": PASSWORD}, REMOTE_ADDR=AWAY)
    client.post(reverse("logout"), REMOTE_ADDR=AWAY)

    assert told() == [("connexion", "", "62", "203.0.113.x"), ("deconnexion", "", "62", "203.0.113.x")]
    assert {row.by for row in Trace.objects.all()} == {cast.referent}


def test_a_refused_sign_in_names_its_account_and_nothing_that_was_typed(client: Client, cast: Cast) -> None:
    client.post(
        reverse("login"), {"username": cast.referent.email.upper(), "password": "tout sauf le bon"}, REMOTE_ADDR=AWAY
    )
    client.post(
        reverse("login"), {"username": "mon mot de passe@x.fr", "password": "oublié ailleurs"}, REMOTE_ADDR=AWAY
    )

    assert told() == [("echec", "", "62", "203.0.113.x"), ("echec", "", None, "203.0.113.x")]
    assert [row.by for row in Trace.objects.all()] == [cast.referent, None]


def test_a_wrong_code_is_noted(client: Client, cast: Cast) -> None:
    give_telephone(cast.referent)
    client.post(reverse("login"), {"username": cast.referent.email, "password": PASSWORD})

    client.post(reverse("sign_in_code"), {"code": "000000"}, REMOTE_ADDR=AWAY)

    assert told() == [("echec", "second facteur", "62", "203.0.113.x")]


def test_a_closed_door_is_noted_and_a_typing_mistake_is_not(client: Client, cast: Cast) -> None:
    foreign = CompanyFactory(department=cast.other_referent.department)
    client.force_login(cast.referent)

    client.get(foreign.get_absolute_url(), REMOTE_ADDR=AWAY)
    client.get(reverse("campaign_list"), REMOTE_ADDR=AWAY)
    client.get("/entreprise/", REMOTE_ADDR=AWAY)

    assert told() == [
        ("refus", f"GET /entreprises/{foreign.pk}/", "62", "203.0.113.x"),
        ("refus", "GET /campagnes/", "62", "203.0.113.x"),
    ]


def test_a_visitor_sent_to_sign_in_leaves_no_trace(client: Client, cast: Cast) -> None:
    client.get(reverse("company_list"))

    assert told() == []


def test_a_link_that_holds_a_secret_is_noted_by_its_pattern(cast: Cast) -> None:
    request = asked_by(cast.referent)
    request.path = reverse("invitation_accept", args=["a-token-that-nobody-gave"])
    request.resolver_match = resolve(request.path)

    record_refusal(request)

    assert [what for _, what, _, _ in told()] == ["GET /invitation/<str:token>/"]


def test_a_member_is_noted_where_the_company_is(client: Client, cast: Cast) -> None:
    member = MembershipFactory(user__role=Role.ENTREPRISE, company__department=cast.other_referent.department).user

    record_export(asked_by(member), "conventions.xlsx", rows=1)

    assert told() == [("export", "conventions.xlsx", "59", "203.0.113.x")]


def test_an_import_and_its_rows_are_noted_on_one_line_however_its_file_is_named(cast: Cast) -> None:
    record_import(asked_by(cast.referent), "liste\r\n2019\u202e.xlsx", rows=312)

    (row,) = Trace.objects.all()
    assert (row.kind, row.what, row.rows) == ("import", "liste\ufffd\ufffd2019\ufffd.xlsx", 312)


def test_a_long_name_of_a_file_is_cut(cast: Cast) -> None:
    record_import(asked_by(cast.referent), "x" * 500)

    assert Trace.objects.get().what == "x" * 200


def test_who_reads_a_trace(cast: Cast) -> None:
    for person in (cast.referent, cast.other_referent, cast.cget):
        record_export(asked_by(person), "liste.csv")

    seen = {reader: [row.by for row in Trace.objects.visible_to(reader)] for reader in (cast.referent, cast.cget)}
    assert seen == {cast.referent: [cast.referent], cast.cget: [cast.cget]}


def test_traces_leave_after_a_year(cast: Cast) -> None:
    at = datetime(2020, 7, 10, 9, tzinfo=UTC)
    for days in (364, 365):
        Trace.objects.create(at=at - timedelta(days=days), by=cast.referent, kind="connexion")

    (said,) = [line for line in retention.apply(at, dry_run=False) if line.startswith("Traces d’accès")]
    assert said.endswith("lignes effacées : 1.")

    assert Trace.objects.get().at == at - timedelta(days=364)


def test_everybody_reads_their_own_last_traces(client: Client, cast: Cast) -> None:
    record_export(asked_by(cast.member), "ma-convention.pdf")
    record_export(asked_by(cast.rival), "autre.pdf")
    client.force_login(cast.member)

    page = client.get(reverse("session_list")).content.decode()

    assert "<strong>Fichier téléchargé</strong>" in page
    assert "ma-convention.pdf" in page
    assert "autre.pdf" not in page


def test_a_file_is_noted_once_and_what_is_asked_without_its_content_is_not(client: Client, cast: Cast) -> None:
    client.force_login(cast.referent)
    for ask in (client.head, client.get):
        answer = ask(f"{reverse('company_list')}?format=csv")
        list(answer.streaming_content)  # type: ignore[attr-defined]  # a file

    assert [(row.kind, row.what, row.rows) for row in Trace.objects.all()] == [("export", "Entreprises", 2)]


def test_what_cannot_be_noted_costs_nothing_of_the_act(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_trace RENAME COLUMN network TO away")

    record_import(asked_by(cast.referent), "liste.csv")

    assert "a trace could not be written: import" in caplog.text
    assert User.objects.filter(pk=cast.referent.pk).exists()
