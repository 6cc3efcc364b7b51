"""Members, contacts and establishments of a company."""

import pytest
from django.urls import reverse

from companies.models import Contact, Establishment, Membership
from tests.factories import ContactFactory, MembershipFactory, invented_siret
from tests.pages import hidden_fields, signed_in, text


def post(user, name, company, **data):
    return signed_in(user).post(reverse(name, args=[company.pk]), data)


def roles(company):
    return dict(company.memberships.values_list("user__email", "role"))


@pytest.mark.parametrize("name", ["company_members", "company_contacts"])
@pytest.mark.parametrize(
    ("actor", "status"),
    [
        ("referent", 200),
        ("member", 200),
        ("contributor", 403),
        ("animateur", 403),
        ("lecteur", 403),
        ("cget", 403),
        ("rival", 404),
        ("other_referent", 404),
    ],
)
def test_people_are_managed_by_whom_they_may(cast, name, actor, status):
    assert signed_in(getattr(cast, actor)).get(reverse(name, args=[cast.company.pk])).status_code == status


def test_a_contributor_cannot_promote_itself(cast):
    place = cast.contributor.memberships.get()

    response = post(cast.contributor, "company_members", cast.company, action="promote", membership=place.pk)

    assert response.status_code == 403
    assert roles(cast.company)["contributor@example.org"] == "contributeur"


def test_an_administrator_promotes_then_leaves(cast):
    place = cast.contributor.memberships.get()

    promoted = post(cast.member, "company_members", cast.company, action="promote", membership=place.pk)
    leaving = {"action": "remove", "membership": cast.member.memberships.get().pk}
    asked = post(cast.member, "company_members", cast.company, **leaving)
    still = roles(cast.company)
    left = post(cast.member, "company_members", cast.company, **leaving, confirmed="1")

    assert promoted.url == reverse("company_members", args=[cast.company.pk])
    assert "member@example.org" in text(asked)
    assert still["member@example.org"] == "administrateur"
    assert left.url == reverse("company_list")
    assert roles(cast.company) == {"contributor@example.org": "administrateur"}
    assert signed_in(cast.member).get(cast.company.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("action", ["demote", "remove"])
@pytest.mark.parametrize("actor", ["member", "referent"])
def test_the_last_administrator_stays(cast, action, actor):
    place = cast.member.memberships.get()
    client = signed_in(getattr(cast, actor))

    response = client.post(
        reverse("company_members", args=[cast.company.pk]),
        {"action": action, "membership": place.pk, "confirmed": "1"},
        follow=True,
    )

    assert response.status_code == 409
    assert "C’est le dernier administrateur de l’entreprise" in response.content.decode()
    assert roles(cast.company)["member@example.org"] == "administrateur"


def test_demote_when_another_administrator_remains(cast):
    MembershipFactory(company=cast.company)
    place = cast.member.memberships.get()

    post(cast.referent, "company_members", cast.company, action="demote", membership=place.pk)

    assert roles(cast.company)["member@example.org"] == "contributeur"


def test_a_member_of_another_company_is_out_of_reach(cast):
    stranger = cast.rival.memberships.get()

    response = post(cast.referent, "company_members", cast.company, action="remove", membership=stranger.pk)

    assert response.status_code == 404
    assert Membership.objects.filter(pk=stranger.pk).exists()


@pytest.mark.parametrize("number", ["", "abc", "²", "999999999", "9" * 19, "9" * 5000])
def test_a_member_that_does_not_exist(cast, number):
    assert post(cast.referent, "company_members", cast.company, action="remove", membership=number).status_code == 404


def test_an_unknown_action_changes_nothing(cast):
    place = cast.contributor.memberships.get()

    response = post(cast.member, "company_members", cast.company, action="fire", membership=place.pk)

    assert response.status_code == 403
    assert len(roles(cast.company)) == 2


def rows(prefix, *lines, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": len(lines), f"{prefix}-INITIAL_FORMS": initial}
    for number, line in enumerate(lines):
        data |= {f"{prefix}-{number}-{key}": value for key, value in line.items()}
    return data


def test_contacts_are_added_changed_and_removed(cast):
    kept, gone = ContactFactory(company=cast.company, name="A"), ContactFactory(company=cast.company, name="B")

    typed = rows(
        "contacts",
        {"id": kept.pk, "name": "Alix Terril", "phone": "03 21 00 00 00"},
        {"id": gone.pk, "name": "B", "DELETE": "on"},
        {"name": "Nouveau", "email": "nouveau@example.org"},
        {"name": ""},
        initial=2,
    )
    asked = post(cast.member, "company_contacts", cast.company, **typed)
    before = list(Contact.objects.values_list("name", flat=True))
    response = post(cast.member, "company_contacts", cast.company, **hidden_fields(asked))

    assert '<li dir="auto">B</li>' in text(asked)
    assert before == ["A", "B"]
    assert response.status_code == 302
    assert list(Contact.objects.values_list("name", flat=True)) == ["Alix Terril", "Nouveau"]


def test_contacts_keep_what_was_typed_when_refused(cast):
    response = post(
        cast.member, "company_contacts", cast.company, **rows("contacts", {"name": "Alix", "email": "alix@"})
    )

    assert response.status_code == 422
    assert 'value="alix@"' in response.content.decode()
    assert Contact.objects.count() == 0


def test_a_contact_of_another_company_is_out_of_reach(cast):
    stranger = ContactFactory(company=cast.rival_company, name="Étrangère")

    response = post(
        cast.member,
        "company_contacts",
        cast.company,
        **rows("contacts", {"id": stranger.pk, "name": "Volée"}, initial=1),
    )

    stranger.refresh_from_db()
    assert response.status_code == 422
    assert (stranger.name, stranger.company) == ("Étrangère", cast.rival_company)


@pytest.mark.parametrize("data", [{}, {"contacts-TOTAL_FORMS": "100000", "contacts-INITIAL_FORMS": "0"}])
def test_a_broken_form_is_refused(cast, data):
    response = post(cast.member, "company_contacts", cast.company, x="1", **data)

    assert response.status_code == 422


def test_establishments_are_read_as_typed(cast):
    siret = invented_siret(42, establishment=3)

    response = post(
        cast.referent,
        "company_establishments",
        cast.company,
        **rows("establishments", {"siret": f"{siret[:9]} {siret[9:]}", "label": "Entrepôt"}),
    )

    assert response.status_code == 302
    assert list(Establishment.objects.values_list("siret", "label")) == [(siret, "Entrepôt")]


def test_establishments_refuse_a_wrong_key_and_a_second_time(cast):
    siret = invented_siret(42)
    cast.company.establishments.create(siret=siret)

    wrong = post(
        cast.referent, "company_establishments", cast.company, **rows("establishments", {"siret": "73282932000075"})
    )
    twice = post(cast.referent, "company_establishments", cast.company, **rows("establishments", {"siret": siret}))

    assert "La clé du SIRET" in wrong.content.decode()
    assert "Cet établissement est déjà rattaché à l’entreprise." in twice.content.decode()
    assert Establishment.objects.count() == 1


def test_the_same_establishment_twice_on_a_page_is_refused(cast):
    siret = invented_siret(42)

    response = post(
        cast.referent,
        "company_establishments",
        cast.company,
        **rows("establishments", {"siret": siret}, {"siret": siret}),
    )

    assert response.status_code == 422
    assert Establishment.objects.count() == 0
