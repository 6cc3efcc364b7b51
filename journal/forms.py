"""What narrows the journal, kept in the address."""

from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from accounts.models import User
from french.words import short_date
from journal.reading import Asked, Mark
from journal.sources import SOURCES, Source
from lists.narrowing import NarrowingForm

AFTER = "apres"
"""The name, in addresses, of the mark behind which a page begins."""


class JournalFilters(NarrowingForm):
    """Who, what, about what, when."""

    qui = forms.CharField(label="Qui", max_length=100, required=False)
    quoi = forms.ChoiceField(label="Quoi", required=False)
    objet = forms.CharField(label="Entreprise ou convention", max_length=100, required=False)
    du = forms.DateField(label="Du", required=False)
    au = forms.DateField(label="Au", required=False)

    def __init__(self, data: "MultiValueDict[str, Any]", *, reader: User) -> None:  # Any: what an address holds
        super().__init__(data)
        known = [source for source in SOURCES if source.is_read_by(reader)]
        self.groups = {source.label: _choices(source) for source in known}
        self.fields["quoi"].choices = [("", "Tout"), *self.groups.items()]  # type: ignore[attr-defined]  # its own
        if not any(source.company for source in known):
            del self.fields["objet"]

    def read(self) -> Asked:
        """What is asked for; what makes no sense in an address narrows nothing."""
        asked = self.asked
        source, _, act = asked.get("quoi", "").partition(".")
        return Asked(
            source=source,
            act=act,
            who=asked.get("qui", ""),
            about=asked.get("objet", ""),
            since=self.cleaned_data.get("du"),
            until=self.cleaned_data.get("au"),
            after=Mark.read(self.data.get(AFTER, "")),
        )

    @property
    def words(self) -> str:
        """What narrows the list, for the title of the page; empty when nothing does."""
        said = {value: label for choices in self.groups.values() for value, label in choices}
        return ", ".join(_said(name, value, said) for name, value in self.asked.items())


def _choices(source: Source) -> list[tuple[str, str]]:
    """The whole of a journal, then its acts where it tells more than one."""
    acts = [(f"{source.code}.{name}", said) for name, said in source.words] if len(source.words) > 1 else []
    return [(source.code, f"{source.label}\u00a0: tout"), *acts]


def _said(name: str, value: date | str, acts: dict[str, str]) -> str:
    if isinstance(value, date):
        return f"{name} {short_date(value)}"
    return acts.get(value, f"«\u00a0{value}\u00a0»")
