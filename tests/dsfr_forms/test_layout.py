"""The crispy-forms pack: layout objects, buttons, error summary."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms

from dsfr_forms.forms import PortalForm
from dsfr_forms.layout import Columns, Section, portal_helper


class StageForm(PortalForm):
    """Two fields."""

    offered = forms.CharField(label="Stages proposés")
    taken = forms.CharField(label="Stages pourvus")


def render(form: forms.BaseForm, helper: FormHelper | None = None) -> str:
    """The form as {% crispy %} gives it, on one line; without a helper, with the form's own."""
    return re.sub(r"[ \n]+", " ", str(render_crispy_form(form, helper, {"csrf_token": "jeton"})))


def test_default_helper_renders_every_field_a_token_and_one_button() -> None:
    html = render(StageForm())

    assert '<form novalidate method="post">' in html
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="jeton">' in html
    assert html.index('id="id_offered"') < html.index('id="id_taken"')
    assert '<button type="submit" class="fr-btn">Enregistrer</button>' in html
    assert "portal-error-summary" not in html


def test_layout_orders_and_boxes_the_fields() -> None:
    helper = portal_helper(
        "Transmettre",
        layout=[
            Section("Stages {{ 7*7 }}", "taken", hint="Du semestre"),
            Columns("offered"),
        ],
        cancel_url="/conventions/",
        form_id="saisie",
    )

    html = render(StageForm(), helper)

    assert (
        '<legend class="fr-fieldset__legend">Stages {{ 7*7 }}<span class="fr-hint-text">Du semestre</span></legend>'
        in html
    )
    assert html.index('id="id_taken"') < html.index('id="id_offered"')
    assert '<div class="fr-col-12 fr-col-md">' in html
    assert '<button type="submit" class="fr-btn">Transmettre</button>' in html
    assert '<a class="fr-btn fr-btn--tertiary" href="/conventions/">Annuler</a>' in html
    assert 'id="saisie"' in html


@pytest.mark.parametrize(
    ("data", "title"),
    [({"offered": "3"}, "Une réponse est à corriger"), ({"other": ""}, "2 réponses sont à corriger")],
)
def test_error_summary_counts_and_links(data: dict[str, str], title: str) -> None:
    html = render(StageForm(data))

    assert f'<h2 class="fr-alert__title"> {title} </h2>' in html
    assert '<li><a href="#id_taken">« Stages pourvus » est à renseigner.</a></li>' in html
    assert 'role="alert" tabindex="-1"' in html
    assert html.index("portal-error-summary") < html.index('id="id_offered"')


def test_error_of_the_whole_form_is_in_the_summary() -> None:
    form = StageForm({"offered": "1", "taken": "2"})
    form.add_error(None, "Il y a plus de stages pourvus que proposés.")

    html = render(form, portal_helper(layout=["offered", "taken"]))

    assert "<li>Il y a plus de stages pourvus que proposés.</li>" in html


def test_form_inside_the_tag_of_the_page() -> None:
    html = render(StageForm(), portal_helper("Inviter", form_tag=False))

    assert "<form" not in html
    assert '<button type="submit" class="fr-btn">Inviter</button>' in html
