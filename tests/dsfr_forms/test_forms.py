"""The base form: classes, aria attributes, cleaned text, error summary."""

import re
from datetime import date
from http import HTTPStatus

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BoundField
from django.http import QueryDict
from django.test import RequestFactory

from accounts.models import User
from dsfr_forms.forms import ErrorLink, PortalForm, PortalModelForm, posted


class CompanyForm(PortalForm):
    """One field of each kind."""

    name = forms.CharField(label="Raison sociale", max_length=20, help_text="Telle qu’au répertoire Sirene")
    notes = forms.CharField(label="Remarques", required=False, widget=forms.Textarea)
    founded = forms.DateField(label="Création")
    category = forms.ChoiceField(label="Catégorie", choices=[("pme", "PME"), ("ge", "GE")])
    axis = forms.ChoiceField(
        label="Axe", choices=[("sen", "Sensibiliser"), ("for", "Former")], widget=forms.RadioSelect
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        choices=[("a", "Alternance"), ("b", "Bourses")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="J’ai lu la charte")
    scan = forms.FileField(label="Convention signée", required=False)
    secret = forms.CharField(label="Mot de passe", widget=forms.PasswordInput, strip=False, required=False)


class UserForm(PortalModelForm[User]):
    """A model form gets the same care."""

    class Meta:
        model = User
        fields = ("last_name",)


def valid() -> dict[str, object]:
    return {"name": "Terril", "founded": "2019-02-08", "category": "pme", "axis": "sen", "agreed": "on"}


def group(field: BoundField) -> str:
    """The HTML of a field, on one line."""
    return re.sub(r"[ \n]+", " ", field.as_field_group())


def test_blank_form_has_classes_of_the_design_system() -> None:
    form = CompanyForm()

    assert 'class="fr-input"' in str(form["name"])
    assert 'class="fr-input"' in str(form["notes"])
    assert 'class="fr-select"' in str(form["category"])
    assert 'class="fr-upload"' in str(form["scan"])
    assert '<div class="fr-select-group">' in group(form["category"])
    assert '<div class="fr-upload-group">' in group(form["scan"])
    assert '<div class="fr-checkbox-group">' in group(form["agreed"])
    assert group(form["axis"]).count('<div class="fr-radio-group">') == 2
    assert group(form["themes"]).count('<div class="fr-checkbox-group">') == 2


def test_optional_field_says_so_and_compulsory_does_not() -> None:
    form = CompanyForm()

    assert "Remarques (facultatif)" in group(form["notes"])
    assert "(facultatif)" not in group(form["name"])


def test_filters_do_not_say_optional() -> None:
    form = CompanyForm()
    form.mark_optional = False

    assert "(facultatif)" not in group(form["notes"])


def test_refused_field_is_described_by_its_hint_and_its_error() -> None:
    form = CompanyForm(valid() | {"name": ""})

    html = group(form["name"])

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert '<div class="fr-messages-group" id="id_name_error">' in html
    assert '<p class="fr-message fr-message--error">« Raison sociale » est à renseigner.</p>' in html
    assert '<div class="fr-input-group fr-input-group--error">' in html


def test_refused_group_of_radio_buttons_is_labelled_by_its_error() -> None:
    form = CompanyForm(valid() | {"axis": ""})

    html = group(form["axis"])

    assert 'aria-labelledby="id_axis_legend id_axis_error"' in html
    assert 'id="id_axis_error"' in html
    assert "fr-fieldset--error" in html


def test_error_links_lead_to_an_input() -> None:
    form = CompanyForm(valid() | {"name": "", "axis": ""})

    assert form.error_links == [
        ErrorLink("id_name", "« Raison sociale » est à renseigner."),
        ErrorLink("id_axis_0", "« Axe »\u00a0: choisissez une réponse."),
    ]


def test_error_links_name_the_row_of_a_formset() -> None:
    form = CompanyForm(valid() | {"name": ""})
    form.row_label = "SEN-01"
    form.full_clean()
    form.add_error(None, "Deux lignes se contredisent.")

    assert form.error_links == [
        ErrorLink("", "Deux lignes se contredisent."),
        ErrorLink("id_name", "SEN-01 – « Raison sociale » est à renseigner."),
    ]


def test_date_is_french_in_the_page_and_read_so() -> None:
    shown = str(CompanyForm(initial={"founded": date(2019, 2, 8)})["founded"])
    form = CompanyForm(valid() | {"founded": "08/02/2019"})

    assert 'type="text"' in shown
    assert 'value="08/02/2019"' in shown
    assert form.is_valid()
    assert form.cleaned_data["founded"] == date(2019, 2, 8)


def test_date_out_of_the_calendar_is_refused() -> None:
    for day in ("0001-01-01", "9999-12-31", "1989-12-31"):
        form = CompanyForm(valid() | {"founded": day})

        assert form.errors == {"founded": ["Cette date est trop éloignée\u00a0: vérifiez l’année, par exemple 2019."]}


def test_missing_answers_say_what_to_do() -> None:
    form = CompanyForm({"name": "Terril"})

    assert form.errors == {
        "founded": ["« Création »\u00a0: indiquez une date, par exemple 08/02/2019."],
        "category": ["« Catégorie »\u00a0: choisissez une réponse."],
        "axis": ["« Axe »\u00a0: choisissez une réponse."],
        "agreed": ["Cochez « J’ai lu la charte » pour continuer."],
    }


def test_sentence_chosen_by_the_form_is_kept() -> None:
    class ConsentForm(PortalForm):
        agreed = forms.BooleanField(error_messages={"required": "Lisez d’abord la charte."})

    assert ConsentForm({}).errors == {"agreed": ["Lisez d’abord la charte."]}


def test_impossible_date_shows_an_example() -> None:
    form = CompanyForm(valid() | {"founded": "31/02/2019"})

    assert form.errors == {"founded": ["Saisissez une date qui existe, par exemple 08/02/2019."]}


def test_name_of_invisible_characters_is_missing() -> None:
    for nothing in ("\u200b", "\u3164", "\u00a0", "\ufeff"):
        assert CompanyForm(valid() | {"name": nothing}).errors == {"name": ["« Raison sociale » est à renseigner."]}


def test_direction_override_is_refused_as_in_a_file() -> None:
    form = CompanyForm(valid() | {"name": "Ter\u202eril"})

    assert form.errors == {
        "name": [
            "Ce texte contient un caractère invisible qui en retourne le sens. Effacez-le, puis saisissez le texte "
            "au clavier."
        ]
    }


def test_line_break_in_a_name_is_refused_and_kept_in_a_text() -> None:
    refused = CompanyForm(valid() | {"name": "Terril\nNord"})
    accepted = CompanyForm(valid() | {"notes": "une\r\ndeux"})

    assert refused.errors == {"name": ["Ce champ tient sur une seule ligne\u00a0: retirez le retour à la ligne."]}
    assert accepted.is_valid()
    assert accepted.cleaned_data["notes"] == "une\ndeux"


def test_nul_and_surrogates_never_break_the_form() -> None:
    nul = CompanyForm(valid() | {"name": "Ter\0ril"})
    surrogate = CompanyForm(QueryDict("name=%ED%A0%80&founded=2019-02-08&category=pme&axis=sen&agreed=on"))

    assert nul.errors == {"name": ["Le caractère nul n’est pas autorisé."]}
    assert surrogate.is_valid()
    assert surrogate.cleaned_data["name"] == "\ufffd\ufffd\ufffd"


def test_password_is_left_as_typed() -> None:
    form = CompanyForm(valid() | {"secret": " \u200bé\u202e "})

    assert form.is_valid()
    assert form.cleaned_data["secret"] == " \u200bé\u202e "


def test_forms_do_not_share_their_fields() -> None:
    before = len(CompanyForm.base_fields["name"].validators)

    CompanyForm()

    assert len(CompanyForm.base_fields["name"].validators) == before
    assert CompanyForm.base_fields["name"].widget.attrs == {"maxlength": "20"}


def test_class_of_a_widget_is_added_to_not_replaced() -> None:
    class WideForm(PortalForm):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "portal-number"}))

    assert 'class="fr-input portal-number"' in str(WideForm()["name"])


def test_model_form_cleans_its_text() -> None:
    form = UserForm({"last_name": "Terril\nNord"})

    assert form.errors == {"last_name": ["Ce champ tient sur une seule ligne\u00a0: retirez le retour à la ligne."]}


def test_stored_file_can_be_read_or_removed() -> None:
    class Stored(SimpleUploadedFile):
        url = "/fichiers/convention.pdf"

    form = CompanyForm(initial={"scan": Stored("convention.pdf", b"%PDF")})

    html = group(form["scan"])

    assert '<a href="/fichiers/convention.pdf">convention.pdf</a>' in html
    assert '<label class="fr-label" for="scan-clear_id">Retirer ce fichier</label>' in html


def test_hostile_label_and_error_are_escaped() -> None:
    class HostileForm(PortalForm):
        name = forms.CharField(label="<script>alert(1)</script>")

    html = group(HostileForm({"name": ""})["name"])

    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


class StoryForm(PortalForm):
    """A text of several lines."""

    story = forms.CharField(label="Récit", max_length=2000, help_text="Quelques lignes.", widget=forms.Textarea)


def test_a_text_of_several_lines_says_how_long_it_may_be() -> None:
    html = group(StoryForm()["story"])

    assert "Quelques lignes. 2\u202f000 caractères au plus." in html
    # The browser would cut what is pasted, and say nothing.
    assert "maxlength" not in html


def test_a_text_too_long_is_counted_and_kept() -> None:
    form = StoryForm({"story": "é\r\n" * 1001})

    assert form.errors == {"story": ["Ce texte compte 2\u202f001 caractères\u00a0: 2\u202f000 au plus."]}
    assert group(form["story"]).count("é é") > 400


def test_a_line_end_counts_once() -> None:
    assert StoryForm({"story": "\r\n".join(["é"] * 1000)}).is_valid()


def test_a_row_is_not_emptied_by_a_page_of_which_nothing_came() -> None:
    row = User(last_name="Terril")
    form = UserForm({"csrfmiddlewaretoken": "jeton"}, instance=row)

    assert [link.text for link in form.error_links] == [
        "Rien de ce formulaire n’est arrivé\u00a0: rien n’a changé. Rechargez la page, puis recommencez."
    ]


def test_a_row_is_emptied_by_whoever_empties_its_field() -> None:
    row = User(last_name="Terril")
    form = UserForm({"last_name": ""}, instance=row)

    assert (form.is_valid(), row.last_name) == (True, "")


def test_a_form_sent_empty_is_refused_and_a_page_that_is_read_is_not() -> None:
    requests = RequestFactory()

    read, sent = (CompanyForm(posted(request)) for request in (requests.get("/?name=x"), requests.post("/")))

    assert (read.is_bound, read.http_status) == (False, HTTPStatus.OK)
    assert (sent.is_bound, sent.http_status) == (True, HTTPStatus.UNPROCESSABLE_ENTITY)
