"""My account: who I am, my password, my address; what changes is told, and a stranger at the keyboard stops there."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import OutgoingMail, Session, User
from accounts.tokens import NEW_ADDRESS
from tests.accounts.reading import text_of
from tests.factories import PASSWORD, UserFactory
from tests.pages import queries, signed_in, without_token

ACCOUNT, ADDRESS, CHANGE = "/mon-compte/", "/mon-compte/adresse/", "/mon-compte/mot-de-passe/"
NEW = "vanille beffroi terril neuf"
VOID = "Ce lien a déjà servi, il a plus de 24 heures, ou un autre l’a remplacé."


@pytest.fixture
def user() -> User:
    user: User = UserFactory(referent=True, email="claire@example.org", first_name="Claire", last_name="Dupont")
    return user


def mails() -> list[tuple[str, str]]:
    """Recipient and text of every mail in the queue, the first one first."""
    return [(mail.to, " ".join(mail.body.split())) for mail in OutgoingMail.objects.order_by("created_at", "pk")]


def saved(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("kind", ["referent", "lecteur", "animateur", "cget", "entreprise", ""])
def test_every_account_has_the_page_and_its_link(kind: str) -> None:
    user = UserFactory(**({kind: True} if kind in {"referent", "lecteur", "animateur", "cget"} else {"role": kind}))

    html = signed_in(user).get(ACCOUNT).content.decode()

    assert 'href="/mon-compte/">Mon compte' in html
    assert 'href="/mon-compte/connexions/"' in html
    assert user.email in html


def test_page_costs_few_queries(user: User) -> None:
    assert queries(user, "account") == 5


def test_identity_is_saved(user: User) -> None:
    identity = {"first_name": "Claire", "last_name": "Durand", "job_title": "Sous-préfète", "phone": "03 21 00 00 00"}

    response = signed_in(user).post(
        ACCOUNT, {**identity, "email": "pirate@example.org", "role": "cget", "is_staff": "1"}
    )

    user = saved(user)
    assert response.headers["Location"] == ACCOUNT
    assert {name: getattr(user, name) for name in identity} == identity
    assert (user.email, user.role, user.is_staff) == ("claire@example.org", "referent", False)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"last_name": " "}, "« Nom » est à renseigner."),
        ({"phone": "appelez-moi"}, "Un numéro n’a que des chiffres, par exemple 03 21 00 00 00."),
    ],
)
def test_identity_is_refused_with_what_was_typed(user: User, wrong: dict[str, str], sentence: str) -> None:
    identity = {"first_name": "Camille", "last_name": "Durand", "job_title": "", "phone": ""}

    response = signed_in(user).post(ACCOUNT, {**identity, **wrong})

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert 'value="Camille"' in html
    assert "Claire Dupont référent PAQTE" in text_of(html)
    assert saved(user).last_name == "Dupont"


def change(client: Client, old: str, new: str, again: str = "") -> tuple[int, str]:
    """Send the form of a new password; the status and what the page says."""
    form = {"current_password": old, "new_password1": new, "new_password2": again or new}
    response = client.post(CHANGE, form)
    return response.status_code, text_of(response.content.decode())


def test_a_new_password_keeps_this_session_and_ends_the_others(user: User) -> None:
    here, elsewhere = signed_in(user), signed_in(user)

    status, _ = change(here, PASSWORD, NEW)

    assert status == 302
    assert saved(user).check_password(NEW)
    assert here.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302
    assert Session.objects.filter(user=user).count() == 1
    [(to, body)] = mails()
    assert to == "claire@example.org"
    assert "Le mot de passe de votre compte du portail PAQTE a été changé" in body


def test_all_that_is_wrong_with_a_new_password_is_said_at_once(user: User) -> None:
    status, said = change(signed_in(user), "faux", "court", "courte")

    assert status == 422
    for sentence in ("pas votre mot de passe actuel", "au minimum 15 caractères", "ne correspondent pas"):
        assert sentence in said


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("faux", NEW, NEW, "Ce n’est pas votre mot de passe actuel."),
        ("", NEW, NEW, "« Votre mot de passe actuel » est à renseigner."),
        (PASSWORD, NEW, "autre chose de long", "Les deux mots de passe ne correspondent pas"),
        (PASSWORD, "court", "court", "au minimum 15 caractères"),
        (PASSWORD, "paqte2019paqte2019", "paqte2019paqte2019", "se devine trop facilement"),
        (PASSWORD, "Claire-Dupont-62!", "Claire-Dupont-62!", "se devine trop facilement"),
    ],
)
def test_a_new_password_is_refused_with_the_reason(user: User, old: str, new: str, again: str, sentence: str) -> None:
    status, said = change(signed_in(user), old, new, again)

    assert status == 422
    assert sentence in said
    assert saved(user).check_password(PASSWORD)
    assert mails() == []


def test_guessing_the_current_password_is_throttled_as_sign_in_is(user: User) -> None:
    client = signed_in(user)
    statuses = [change(client, "faux", NEW)[0] for _ in range(11)]

    assert statuses[0] == 422
    assert statuses[-1] == 429
    assert change(client, PASSWORD, NEW)[0] == 429


def test_an_account_without_password_chooses_one(user: User) -> None:
    user.set_unusable_password()
    user.save()
    client = signed_in(user)

    page = client.get(CHANGE).content.decode()
    status, _ = change(client, "", NEW)

    assert "<h1>Choisir un mot de passe</h1>" in page
    assert "mot de passe actuel" not in page
    assert (status, saved(user).check_password(NEW)) == (302, True)


def test_the_administration_changes_passwords_here_too() -> None:
    staff = UserFactory(referent=True, is_staff=True)

    assert signed_in(staff).get("/administration/password_change/").headers["Location"] == CHANGE


def ask(client: Client, address: str, password: str = PASSWORD) -> tuple[int, bytes]:
    """Ask for another address; the status, and the page that one lands on, the address apart."""
    response = client.post(ADDRESS, {"new_email": address, "current_password": password})
    landing = client.get(ACCOUNT) if response.status_code == 302 else response
    return response.status_code, without_token(landing).replace(address.lower().encode(), b"")


def link_in(body: str) -> str:
    found = re.search(r"http://testserver(/mon-compte/adresse/\S+/)", body)
    assert found
    return found[1]


def test_an_address_changes_once_it_is_confirmed_from_there(client: Client, user: User) -> None:
    status, _ = ask(signed_in(user), "Claire.Durand@Example.org")
    before = saved(user).email
    (to_new, asked), (to_old, warned) = sorted(mails(), key=lambda mail: mail[0] == "claire@example.org")
    page = client.get(link_in(asked))
    still = saved(user).email
    confirmed = client.post(link_in(asked))

    user = saved(user)
    assert (status, before, still, confirmed.status_code) == (302, "claire@example.org", "claire@example.org", 302)
    assert (user.email, user.new_email, user.new_email_at) == ("claire.durand@example.org", "", None)
    assert (to_new, to_old) == ("claire.durand@example.org", "claire@example.org")
    assert "elle deviendrait claire.durand@example.org" in warned
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Confirmer cette adresse" in page.content.decode()
    assert mails()[-1][0] == "claire@example.org"
    assert "L’adresse de votre compte est maintenant claire.durand@example.org" in mails()[-1][1]


def test_the_answer_is_the_same_for_an_address_that_is_taken(user: User) -> None:
    UserFactory(email="prise@example.org")

    taken, free = ask(signed_in(user), "prise@example.org"), ask(signed_in(user), "libre@example.org")

    assert taken == free
    assert {to for to, _ in mails()} == {"prise@example.org", "libre@example.org", "claire@example.org"}


def test_a_taken_address_is_said_at_confirmation(client: Client, user: User) -> None:
    ask(signed_in(user), "prise@example.org")
    UserFactory(email="prise@example.org")

    response = client.post(f"{ADDRESS}{NEW_ADDRESS.token_for(saved(user))}/")

    assert response.status_code == 409
    assert "Cette adresse est déjà celle d’un autre compte\u00a0: la vôtre ne change pas." in response.content.decode()
    assert saved(user).email == "claire@example.org"


def is_void(client: Client, token: str) -> bool:
    answers = [client.get(f"{ADDRESS}{token}/"), client.post(f"{ADDRESS}{token}/")]
    return [answer.status_code for answer in answers] == [200, 409] and all(
        VOID in answer.content.decode() for answer in answers
    )


def test_a_confirmation_serves_once(client: Client, user: User) -> None:
    ask(signed_in(user), "neuve@example.org")
    token = NEW_ADDRESS.token_for(saved(user))
    client.post(f"{ADDRESS}{token}/")

    assert is_void(Client(), token)


def test_a_confirmation_that_was_replaced_is_void(client: Client, user: User) -> None:
    ask(signed_in(user), "neuve@example.org")
    first = NEW_ADDRESS.token_for(saved(user))
    ask(signed_in(user), "neuve@example.org")

    assert is_void(client, first)
    assert client.post(f"{ADDRESS}{NEW_ADDRESS.token_for(saved(user))}/").status_code == 302


def test_a_confirmation_dies_after_a_day(client: Client, user: User) -> None:
    ask(signed_in(user), "neuve@example.org")
    token = NEW_ADDRESS.token_for(saved(user))

    with time_machine.travel(timedelta(hours=24, seconds=2)):
        assert is_void(client, token)


@pytest.mark.parametrize(
    ("address", "password", "sentence"),
    [
        ("neuve@example.org", "faux", "Ce n’est pas votre mot de passe actuel."),
        ("pas une adresse", PASSWORD, "adresse"),
        ("Claire@Example.org", PASSWORD, "C’est déjà l’adresse de votre compte."),
        ("a@b.fr,c@d.fr", PASSWORD, "adresse"),
    ],
)
def test_an_address_is_refused_with_the_reason(user: User, address: str, password: str, sentence: str) -> None:
    status, page = ask(signed_in(user), address, password)

    assert status == 422
    assert sentence in page.decode()
    assert (saved(user).new_email, mails()) == ("", [])


def test_five_changes_of_address_an_hour(user: User) -> None:
    client = signed_in(user)

    statuses = [ask(client, f"neuve{number}@example.org")[0] for number in range(6)]

    assert statuses == [302] * 5 + [429]
