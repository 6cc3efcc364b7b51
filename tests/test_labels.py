"""A label has one home: what an enum, a model, a table of transitions or of boxes calls a thing is not typed again."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field, Model
from django.forms import CharField
from django.forms import Field as FormField
from django.urls import get_resolver

from accounts.models import User
from conventions.transitions import CONVENTION, SUBMISSION, ConventionState, SubmissionState
from dsfr_forms.fields import label_of
from dsfr_forms.forms import PortalModelForm
from reporting.boxes import BOXES
from reporting.transitions import BILAN, BilanState
from tests.architecture import OUR_APPS, ROOT
from workflows.models import Journal

SAID = re.compile(r">([^<>{}]+)<|\b(?:label|title|caption|action|yes|summary)=\"([^\"{}]+)\"")
"""A whole text between two tags, or a word given to a component."""
REMARK = re.compile(r"{#.*?#}", re.DOTALL)
SEVERAL_WORDS, PHRASE = 2, 4

OTHER_THINGS: Mapping[str, frozenset[str]] = {
    # « À corriger » is a box to tick there, not the state of a submission.
    "conventions/_correction_cell.html": frozenset({"à corriger"}),
    "conventions/_submission_sections.html": frozenset({"à corriger"}),
    # Words of the program for the people who answer, beside a tick of their own.
    "conventions/_entry_field.html": frozenset({"sans objet"}),
    "conventions/_target_inputs.html": frozenset({"sans objet"}),
    # The section of a company's submission, which the bilan only borrows from.
    "conventions/submission_detail.html": frozenset({"exemples d’actions"}),
    "conventions/submission_examples.html": frozenset({"exemples d’actions"}),
    # A page of the composer: not the box of the bilan.
    "reporting/bilan_examples.html": frozenset({"exemples d’actions"}),
    # Titles of columns and of pages: the circular's words, which the composer's boxes repeat.
    "reporting/_bilan_partners.html": frozenset({"rôle dans le paqte"}),
    "reporting/bilan_context.html": frozenset({"éléments de contexte"}),
    "reporting/bilan_transmit.html": frozenset({"référent du paqte"}),
    # A glossary: it defines the word, and so writes it.
}
"""The same words, for something else."""


def labels() -> set[str]:
    """Every label that has a home: states, transitions, boxes; choices and names of fields that make a phrase."""
    found = {str(label) for states in (ConventionState, SubmissionState, BilanState) for label in states.labels}
    found |= {item.label for workflow in (CONVENTION, SUBMISSION, BILAN) for item in workflow.transitions}
    found |= {box.label for box in BOXES}
    for model in apps.get_models():
        if model._meta.app_label in OUR_APPS:
            for field in (item for item in model._meta.get_fields() if isinstance(item, Field)):
                found |= {str(label) for _, label in field.flatchoices if len(str(label).split()) >= SEVERAL_WORDS}
                found |= {name for name in [str(field.verbose_name)] if len(name.split()) >= PHRASE}
    return {label.lower() for label in found if label}


def copies(source: str, known: Iterable[str]) -> list[str]:
    """The labels that a template types by itself."""
    texts = (one or other for one, other in SAID.findall(REMARK.sub("", source)))
    said = {" ".join(text.split(" ")).strip().lower() for text in texts}
    return sorted({re.sub(r"[ \n]+", " ", text) for text in said} & set(known))


def test_no_template_types_a_label_again() -> None:
    known = labels()
    folder = ROOT / "templates"
    found = {
        name: typed
        for path in sorted(folder.rglob("*.html"))
        if (name := path.relative_to(folder).as_posix())
        and (typed := set(copies(path.read_text("utf-8"), known)) - OTHER_THINGS.get(name, frozenset()))
    }

    assert found == {}


def named_again(fields: Mapping[str, FormField], model: type[Model]) -> list[str]:
    """The fields that a form of a model declares anew, and to which it types the name that they have already."""
    own = {field.name for field in model._meta.get_fields()}
    return [name for name, field in fields.items() if name in own and field.label == label_of(model, name)]


def forms_of_models(kind: type[Any] = PortalModelForm) -> Iterator[type[Any]]:
    """Every form of a model, those of a list of rows too."""
    for form in kind.__subclasses__():
        if form._meta.model:
            yield form
        yield from forms_of_models(form)


def test_no_form_types_the_name_of_a_field_again() -> None:
    assert get_resolver().url_patterns  # every module of forms is loaded
    forms = list(forms_of_models())

    assert [(form, named) for form in forms if (named := named_again(form.declared_fields, form._meta.model))] == []
    assert {"ContextForm", "ProfileForm", "CompanyForm"} <= {form.__name__ for form in forms}


def test_a_name_typed_again_in_a_form_is_seen() -> None:
    fields = {"last_name": CharField(label="Nom"), "first_name": CharField(), "phone": CharField(label="Poste")}

    assert named_again(fields, User) == ["last_name"]


@pytest.mark.parametrize("name", OTHER_THINGS)
def test_every_exception_is_needed(name: str) -> None:
    source = Path(ROOT / "templates" / name).read_text("utf-8")

    assert set(copies(source, labels())) >= OTHER_THINGS[name]


@pytest.mark.parametrize(
    ("source", "typed"),
    [
        ('<button type="submit">Déclarer prête à signer</button>', ["déclarer prête à signer"]),
        ('{% include "components/badge.html" with label="transmise" tone="info" only %}', ["transmise"]),
        ("<td>\n  Transmise\n</td>", ["transmise"]),
        ("<dt>Effectif dans le département</dt>", ["effectif dans le département"]),
        ("<h2>L’essentiel</h2>", ["l’essentiel"]),
        ("<button>{{ transition.label }}</button>{# <p>transmise</p> #}", []),
        ("<p>La remontée transmise est relue.</p>", []),
    ],
)
def test_a_label_typed_again_is_seen(source: str, typed: list[str]) -> None:
    assert copies(source, labels()) == typed


def test_every_journal_says_in_the_past_what_was_done() -> None:
    tables = {model.workflow.name: model.workflow for model in apps.get_models() if issubclass(model, Journal)}

    assert sorted(tables) == ["bilan", "campaign", "catalogue", "company", "convention", "desk", "submission"]
    assert [f"{name}.{item.name}" for name, table in tables.items() for item in table.told if not item.past] == []
