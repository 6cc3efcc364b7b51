"""The crispy-forms pack: layout objects, buttons, error summary, formsets."""

import re

import pytest
from crispy_forms.bootstrap import FormActions
from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Column, Div, Fieldset, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms

from dsfr_forms.forms import PortalForm
from dsfr_forms.layout import Actions, Button, Columns, Note, PortalField, Section, portal_helper


class StageForm(PortalForm):
    """Two fields."""

    offered = forms.CharField(label="Stages proposés")
    taken = forms.CharField(label="Stages pourvus")


def render(form: forms.BaseForm | forms.BaseFormSet[StageForm], helper: FormHelper | None = None) -> str:
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
            Note("Voir <la circulaire>"),
        ],
        buttons=[Button("Garder en brouillon", kind="secondary", name="action", value="brouillon")],
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
    assert "Voir &lt;la circulaire&gt;" in html
    assert '<button type="submit" class="fr-btn">Transmettre</button>' in html
    assert 'class="fr-btn fr-btn--secondary" name="action" value="brouillon">Garder en brouillon</button>' in html
    assert '<a class="fr-btn fr-btn--tertiary" href="/conventions/">Annuler</a>' in html
    assert 'id="saisie"' in html


def test_form_without_tag_and_without_button() -> None:
    html = render(StageForm(), portal_helper("", form_tag=False))

    assert "<form" not in html
    assert "<button" not in html


def test_get_form_carries_no_token() -> None:
    html = render(StageForm(), portal_helper("Filtrer", method="get"))

    assert 'method="get"' in html
    assert "csrfmiddlewaretoken" not in html


def test_portal_field_adds_to_the_classes() -> None:
    field = PortalField("offered", css_class="portal-number", width="fr-col-6", autocomplete="off")

    html = render(StageForm(), portal_helper(layout=[field, PortalField("taken", maxlength="5")]))

    assert '<div class="fr-col-6"><div class="fr-input-group">' in html
    assert 'class="fr-input portal-number"' in html
    assert 'autocomplete="off"' in html
    assert re.search(r'name="taken"[^>]*maxlength="5"', html)


def test_actions_stand_inside_a_layout() -> None:
    html = render(StageForm(), portal_helper("", layout=["offered", "taken", Actions(Button("Valider"))]))

    assert (
        '<ul class="fr-btns-group fr-btns-group--inline-md"> <li><button type="submit" class="fr-btn">Valider</button>'
        in html
    )


@pytest.mark.parametrize(
    ("data", "title"),
    [({"offered": "3"}, "Une réponse est à corriger"), ({"other": ""}, "2 réponses sont à corriger")],
)
def test_error_summary_counts_and_links(data: dict[str, str], title: str) -> None:
    html = render(StageForm(data))

    assert f'<h2 class="fr-alert__title">{title}</h2>' in html
    assert '<li><a href="#id_taken">« Stages pourvus » est à renseigner.</a></li>' in html
    assert 'role="alert" tabindex="-1"' in html
    assert html.index("portal-error-summary") < html.index('id="id_offered"')


def test_error_of_the_whole_form_is_in_the_summary() -> None:
    form = StageForm({"offered": "1", "taken": "2"})
    form.add_error(None, "Il y a plus de stages pourvus que proposés.")

    html = render(form, portal_helper(layout=["offered", "taken"]))

    assert "<li>Il y a plus de stages pourvus que proposés.</li>" in html


def test_crispys_own_objects_have_templates() -> None:
    helper = FormHelper()
    helper.layout = Layout(
        Fieldset("Stages", Row(Column("offered"), Column("taken", css_class="fr-col-4")), css_id="stages"),
        Div(ButtonHolder(Submit("envoi", "Envoyer")), css_class="portal-card"),
        FormActions(Submit("autre", "Autre")),
    )

    html = render(StageForm(), helper)

    assert '<fieldset class="fr-fieldset" id="stages"' in html
    assert '<div class="fr-grid-row fr-grid-row--gutters"' in html
    assert '<div class="fr-col-12 fr-col-md"' in html
    assert '<div class="fr-col-4"' in html
    assert '<button type="submit" name="envoi" value="Envoyer" class="fr-btn"' in html


def test_formset_renders_rows_and_one_summary() -> None:
    formset_class = forms.formset_factory(StageForm, extra=2)
    formset = formset_class({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-offered": "3"})
    formset.forms[0].row_label = "SEN-01"

    html = render(formset, portal_helper("Enregistrer"))

    assert 'name="form-TOTAL_FORMS"' in html
    assert '<a href="#id_form-0-taken">SEN-01 – « Stages pourvus » est à renseigner.</a>' in html
    assert html.count("portal-error-summary") == 1
    assert html.count('<button type="submit" class="fr-btn">Enregistrer</button>') == 1


def test_formset_with_a_layout() -> None:
    formset = forms.formset_factory(StageForm, extra=2)()

    html = render(formset, portal_helper(layout=[Columns("offered", "taken")]))

    assert html.count('<div class="fr-grid-row fr-grid-row--gutters portal-columns">') == 2
    assert "portal-error-summary" not in html
