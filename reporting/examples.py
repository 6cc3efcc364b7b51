"""The forms of the examples of actions: those that companies told, and those that the préfecture tells itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, inlineformset_factory

from conventions.models import ActionExample
from conventions.transitions import SubmissionState
from dsfr_forms.forms import OwnRows, PortalForm, PortalModelForm
from reporting.models import PrefectureExample
from territories.models import Department

MOST = 20


@dataclass(frozen=True)
class Offered:
    """One example of a company, as it was validated last, and what is ticked of it."""

    place: int
    """In the list, from 0."""
    example: ActionExample
    is_chosen: bool
    is_publishable: bool

    @property
    def company(self) -> str:
        """Who tells it."""
        return self.example.submission.company.name

    @property
    def is_reopened(self) -> bool:
        """Whether its company may be correcting it: the bilan keeps the text that was validated."""
        return self.example.submission.state != SubmissionState.VALIDATED


class _Ticked(forms.TypedMultipleChoiceField):
    """The keys of the examples ticked."""

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label, coerce=int, required=False, widget=forms.CheckboxSelectMultiple)


class TakenForm(PortalForm):
    """The examples of companies that go into the bilan, and those that they agree to see published."""

    mark_optional = False

    chosen = _Ticked(label="Repris dans le bilan")
    publishable = _Ticked(label="Publication acceptée")

    def __init__(self, *args: Any, offered: QuerySet[ActionExample], **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self.examples = list(offered)
        for name, ticked in (("chosen", "in_bilan"), ("publishable", "publishable")):
            field: _Ticked = self.fields[name]  # type: ignore[assignment]  # declared above
            field.choices = [(item.pk, item.counted_title) for item in self.examples]
            self.initial[name] = [item.pk for item in self.examples if getattr(item, ticked)]

    @property
    def lines(self) -> Iterator[Offered]:
        """Each example, with what was ticked or is stored."""
        chosen, publishable = (set(map(str, self[name].value())) for name in ("chosen", "publishable"))
        for place, item in enumerate(self.examples):
            yield Offered(place, item, str(item.pk) in chosen, str(item.pk) in publishable)


class OwnExampleForm(PortalModelForm[PrefectureExample]):
    """An example of the préfecture."""

    mark_optional = False

    class Meta:
        model = PrefectureExample
        fields = ("axis", "title", "text", "publishable")
        help_texts = {"publishable": "Ceux dont il parle acceptent qu’il soit publié."}


OwnExampleFormSet: type[BaseInlineFormSet[PrefectureExample, Department, OwnExampleForm]] = inlineformset_factory(
    Department,
    PrefectureExample,
    form=OwnExampleForm,
    formset=OwnRows,
    extra=1,
    max_num=MOST,
    absolute_max=MOST + 10,
    can_delete_extra=False,
)
