"""Passwords that anybody could guess here are refused with the words that gave them away; phrases are not."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.guessable import ContextValidator, without_guessable
from accounts.models import User
from tests.accounts.test_sign_in import link_for
from tests.factories import DepartmentFactory, MembershipFactory, UserFactory


def refusal(password: str, user: User | None = None) -> str:
    """What is said of a password; nothing when it is accepted."""
    try:
        ContextValidator().validate(password, user)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


@pytest.mark.parametrize(
    ("password", "parts"),
    [
        ("paqte2019paqte2019", "«\u00a0paqte\u00a0», «\u00a02019\u00a0»"),
        ("Prefecture-62-2020", "«\u00a0prefecture\u00a0», «\u00a02020\u00a0»"),
        ("azertyuiopqsdfg", "«\u00a0azertyuiopqsdfg\u00a0»"),
        ("AZERTYUIOP123456", "«\u00a0azertyuiop\u00a0», «\u00a0123456\u00a0»"),
        ("jesuisunmotdepasse", "«\u00a0motdepasse\u00a0»"),
        ("motdepassemotdepasse", "«\u00a0motdepasse\u00a0»"),
        ("gfdsqpoiuytreza", "«\u00a0gfdsqpoiuytreza\u00a0»"),
        ("987654321098765", "«\u00a0987654321098765\u00a0»"),
        ("Pas-de-Calais, Arras !", "«\u00a0pasdecalais\u00a0», «\u00a0arras\u00a0»"),
    ],
)
def test_what_anybody_would_guess_is_refused_with_its_parts(password: str, parts: str) -> None:
    DepartmentFactory()

    assert refusal(password) == (
        f"Ce mot de passe se devine trop facilement ici\u00a0: il tient surtout à {parts}. "
        "Ajoutez-y des mots sans rapport."
    )


@pytest.mark.parametrize(
    "password",
    [
        "une phrase assez longue",
        "terril-beffroi-vanille",
        "la préfecture ouvre à neuf heures",
        "vY7#kQ2!mZ9$wL4",
        "x" * 15,
    ],
)
def test_phrases_and_random_characters_are_accepted(password: str) -> None:
    DepartmentFactory()

    assert refusal(password) == ""


@pytest.mark.parametrize(
    "password",
    [
        "ateliersterril62",
        "Ateliers Terril !!!!!",
        "camille.terril@",
        "Dominique-Beffroi-19",
        "camille.terril-exemple",
    ],
)
def test_ones_own_name_address_and_company_do_not_count(password: str) -> None:
    user = UserFactory(email="camille.terril@exemple.example", first_name="Dominique", last_name="Beffroi")
    MembershipFactory(user=user, company__name="Ateliers Terril")
    stranger = UserFactory(email="q@example.org", first_name="Sacha", last_name="Vanille")

    assert "se devine trop facilement" in refusal(password, user)
    assert refusal(password, stranger) == ""


def test_the_number_of_the_company_does_not_count() -> None:
    membership = MembershipFactory()
    siret = membership.company.siret

    assert "se devine trop facilement" in refusal(f"siret{siret}", membership.user)


def test_what_is_left_is_what_nobody_would_guess() -> None:
    assert without_guessable("PAQTE-chaise-2019", ["paqte"]) == ("chaise", ["paqte", "2019"])
    assert without_guessable("Pas de Calais", ["calais", "Pas-de-Calais"]) == ("", ["pasdecalais"])


@pytest.mark.parametrize(
    ("password", "accepted"),
    [("x" * 14, False), ("y" * 15, True), ("y" * 64, True), ("y" * 128, True), ("y" * 10_000, False)],
)
def test_lengths(client: Client, password: str, accepted: bool) -> None:
    form_address = client.get(link_for(UserFactory(referent=True))).headers["Location"]

    response = client.post(form_address, {"new_password1": password, "new_password2": password})

    assert (response.status_code == 302) is accepted
