"""A form that creates: sent twice it creates once, sent with something else it is kept; nobody shares a key."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import UniquenessMiddleware
from accounts.models import UsedKey
from accounts.uniqueness import sentence_of
from companies.models import Company, Contact
from tests.factories import ContactFactory, MembershipFactory, UserFactory
from tests.pages import hidden_fields, post, text

KEY = "11111111-2222-4333-8444-555555555555"


def contact(name: str, **more: object) -> dict[str, object]:
    """One new contact, as the page sends it."""
    return {"contacts-TOTAL_FORMS": 1, "contacts-INITIAL_FORMS": 0, "contacts-0-name": name, **more}


def names() -> list[str]:
    return list(Contact.objects.values_list("name", flat=True))


def test_the_same_sending_twice_creates_once_and_leads_to_the_same_page(cast):
    first = post(cast.member, "company_contacts", cast.company.pk, **contact("Alix", once=KEY))
    second = post(cast.member, "company_contacts", cast.company.pk, **contact("Alix", once=KEY))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url == cast.company.get_absolute_url()
    assert names() == ["Alix"]


def test_another_key_is_another_sending(cast):
    for key in (uuid4(), uuid4()):
        post(cast.member, "company_contacts", cast.company.pk, **contact("Alix", once=key))

    assert names() == ["Alix", "Alix"]


def test_the_same_key_with_something_else_is_refused_and_what_was_typed_is_kept(cast):
    post(cast.member, "company_contacts", cast.company.pk, **contact("Alix", once=KEY))

    company = {"contacts-0-company": cast.company.pk}
    refused = post(cast.member, "company_contacts", cast.company.pk, **contact("Éloïse <b>", **company, once=KEY))

    assert refused.status_code == 409
    assert "Vous avez déjà envoyé cette page, avec d’autres réponses" in text(refused)
    assert '<li dir="auto">Éloïse &lt;b&gt;</li>' in text(refused)
    assert re.findall('<li dir="auto">(.*?)</li>', text(refused)) == ["Éloïse &lt;b&gt;"]
    assert f'href="{cast.company.get_absolute_url()}">Voir ce qui est enregistré' in text(refused)
    assert names() == ["Alix"]

    kept = hidden_fields(refused)
    again = post(cast.member, "company_contacts", cast.company.pk, **kept)
    assert kept["once"] != [KEY]
    assert again.status_code == 302
    assert names() == ["Alix", "Éloïse <b>"]


def test_the_key_of_somebody_else_never_matches(cast):
    post(cast.member, "company_contacts", cast.company.pk, **contact("Alix", once=KEY))
    post(cast.referent, "company_contacts", cast.company.pk, **contact("Alix", once=KEY))

    assert names() == ["Alix", "Alix"]
    assert sorted(UsedKey.objects.values_list("user__email", flat=True)) == [
        "member@example.org",
        "referent@example.org",
    ]


def test_the_same_key_elsewhere_is_refused(cast):
    other = MembershipFactory(user=cast.member, company__name="Autre").company
    post(cast.member, "company_contacts", cast.company.pk, **contact("Alix", once=KEY))

    refused = post(cast.member, "company_contacts", other.pk, **contact("Alix", once=KEY))

    assert refused.status_code == 409
    assert other.contacts.count() == 0


def test_a_refused_form_consumes_nothing(cast):
    refused = post(
        cast.member, "company_contacts", cast.company.pk, **contact("Alix", once=KEY, **{"contacts-0-email": "@"})
    )
    nothing = UsedKey.objects.count()
    kept = post(cast.member, "company_contacts", cast.company.pk, **contact("Alix", once=KEY))

    assert (refused.status_code, nothing, kept.status_code) == (422, 0, 302)


@pytest.mark.parametrize("key", ["", "pas-une-cle"])
def test_without_a_key_the_same_content_at_once_is_the_same_sending(cast, key):
    for name in ("Alix", "Alix", "Basile"):
        assert post(cast.member, "company_contacts", cast.company.pk, **contact(name, once=key)).status_code == 302
    assert names() == ["Alix", "Basile"]

    UsedKey.objects.update(at=timezone.now() - timedelta(seconds=11))
    post(cast.member, "company_contacts", cast.company.pk, **contact("Alix", once=key))
    assert names() == ["Alix", "Alix", "Basile"]


def test_old_keys_are_forgotten_with_the_next_sending(cast):
    post(cast.member, "company_contacts", cast.company.pk, **contact("Alix", once=uuid4()))
    post(cast.referent, "company_contacts", cast.company.pk, **contact("Alix", once=uuid4()))
    UsedKey.objects.update(at=timezone.now() - timedelta(days=3))

    post(cast.member, "company_contacts", cast.company.pk, **contact("Basile", once=KEY))

    own = UsedKey.objects.filter(user=cast.member)
    assert [str(used.key) for used in own] == [KEY]
    assert UsedKey.objects.forgotten_at(timezone.now()).count() == 1


def test_a_removal_asks_first_and_can_be_given_up(cast):
    gone = ContactFactory(company=cast.company, name="Partie")
    data = {
        "contacts-TOTAL_FORMS": 1,
        "contacts-INITIAL_FORMS": 1,
        "contacts-0-id": gone.pk,
        "contacts-0-name": "Partie",
    }

    asked = post(cast.member, "company_contacts", cast.company.pk, **data, **{"contacts-0-DELETE": "on"})

    address = reverse("company_contacts", args=[cast.company.pk])
    assert asked.status_code == 200
    assert "Confirmer le retrait" in text(asked)
    assert f'<a class="fr-btn fr-btn--tertiary" href="{address}">Ne rien retirer</a>' in text(asked)
    assert names() == ["Partie"]


def broken(write) -> IntegrityError:
    """What the database answers to this."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return caught.value


def test_a_rule_of_uniqueness_is_said_in_french(cast):
    twin = Company.objects.get(pk=cast.company.pk)
    twin.pk = uuid4()

    assert sentence_of(broken(lambda: MembershipFactory(company=cast.company, user=cast.member))) == (
        "Cette personne est déjà membre de l’entreprise."
    )
    assert sentence_of(broken(lambda: twin.save(force_insert=True))) == (
        "Une entreprise de votre département porte déjà ce SIRET."
    )
    assert sentence_of(broken(lambda: UserFactory(email="Member@example.org"))) == (
        "Un compte existe déjà à cette adresse."
    )
    assert sentence_of(broken(lambda: UserFactory(email="member@example.org"))) != ""
    assert sentence_of(broken(lambda: MembershipFactory(company=cast.company, role="roi"))) == ""


def test_a_race_that_no_view_foresaw_is_a_conflict_and_another_fault_is_not(cast):
    net = UniquenessMiddleware(lambda _request: HttpResponse())
    request = RequestFactory().get("/")
    request.user = cast.member
    taken = broken(lambda: MembershipFactory(company=cast.company, user=cast.member))

    answer = net.process_exception(request, taken)

    assert answer is not None
    assert answer.status_code == 409
    assert "Cette personne est déjà membre de l’entreprise." in answer.content.decode()
    assert net.process_exception(request, broken(lambda: MembershipFactory(company=cast.company, role="roi"))) is None
    assert net.process_exception(request, ValueError()) is None
