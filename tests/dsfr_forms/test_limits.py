"""What a form says of an answer that passes a limit or is missing, and what its page answers."""

import pytest
from django import forms

from dsfr_forms.fields import WholeNumberField
from dsfr_forms.forms import ErrorLink, PortalForm, status_of


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1 000 001", "« Population des QPV » dépasse 1\u202f000\u202f000."),
        ("9", "« Population des QPV » est au-dessous de 10."),
    ],
)
def test_a_limit_names_its_field_and_groups_thousands(typed: str, sentence: str) -> None:
    class PopulationForm(PortalForm):
        population = WholeNumberField(label="Population des QPV", min_value=10, max_value=1_000_000)

    form = PopulationForm({"population": typed})

    assert form.errors == {"population": [sentence]}
    assert form.error_links == [ErrorLink("id_population", sentence)]


def test_a_text_of_one_line_that_is_too_long_names_its_field() -> None:
    class Named(PortalForm):
        name = forms.CharField(label="Raison sociale", max_length=20)

    form = Named({"name": "x" * 21})

    assert form.errors == {"name": ["« Raison sociale » compte plus de 20 caractères."]}


@pytest.mark.parametrize("sent", ["chien", "x" * 5_000, "\0"])
def test_a_choice_that_is_not_offered_is_not_repeated(sent: str) -> None:
    class Kept(PortalForm):
        company = forms.ChoiceField(label="Entreprise gardée", choices=[("siege", "Siège")])

    assert Kept({"company": sent}).errors == {
        "company": ["Cette réponse n’est pas, ou n’est plus, proposée\u00a0: choisissez-en une autre."]
    }


def test_a_field_without_a_label_is_called_by_its_name() -> None:
    class Plain(PortalForm):
        first_name = forms.CharField()

    assert Plain({}).errors == {"first_name": ["« First name » est à renseigner."]}


def test_a_page_answers_422_once_something_is_refused() -> None:
    assert status_of("", [], None) == 200
    assert status_of("", ["Trop long."]) == 422
