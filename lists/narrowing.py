"""What narrows a list: a search and filters, each a field of one form, kept in the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from dsfr_forms.forms import PortalForm
from lists.columns import M

SEARCH = "q"
"""The name of the search in every address."""

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Search(Generic[M]):
    """The words that are looked for, and how: `narrow` keeps the rows that have them all.

    When no row has, those whose search key, at the end of the path `key`, is close to them.
    """

    label: str
    narrow: Callable[[QuerySet[M], str], QuerySet[M]]
    key: str = ""

    def field(self) -> forms.Field:
        """Its field in the form."""
        return forms.CharField(label=self.label, max_length=100, required=False)


@dataclass(frozen=True)
class Filter(Generic[M]):
    """One choice among several; `narrow` keeps the rows of the choice. `folded`: behind « Plus de filtres »."""

    name: str
    label: str
    choices: Choices
    narrow: Callable[[QuerySet[M], str], QuerySet[M]]
    every: str = "Toutes"
    folded: bool = False

    def field(self) -> forms.Field:
        """Its field in the form."""
        return forms.ChoiceField(label=self.label, choices=[("", self.every), *self.choices], required=False)

    def says(self, value: str) -> str:
        """What a choice is called."""
        return dict(self.choices)[value]


class NarrowingForm(PortalForm):
    """The search and the filters of one list, bound to an address; what makes no sense there narrows nothing."""

    mark_optional = False
    folded_names: frozenset[str] = frozenset()

    @property
    def asked(self) -> dict[str, str]:
        """What narrows the list, by name."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Those that are always in sight."""
        return [bound for bound in self if bound.name not in self.folded_names]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """Those behind « Plus de filtres »."""
        return [bound for bound in self if bound.name in self.folded_names]

    @property
    def is_unfolded(self) -> bool:
        """Whether one of the latter narrows the list: it must be seen then."""
        return not self.folded_names.isdisjoint(self.asked)


def form_of(search: Search[M] | None, filters: Sequence[Filter[M]], data: QueryDict) -> NarrowingForm:
    """The form of a list."""
    fields = {SEARCH: search.field()} if search else {}
    fields |= {one.name: one.field() for one in filters}
    folded = frozenset(one.name for one in filters if one.folded)
    made = type("ListForm", (NarrowingForm,), {**fields, "folded_names": folded})
    form: NarrowingForm = made(data)
    return form
