"""The examples of actions of a submission: as many small forms as there are, and a blank one."""

from collections.abc import Sequence

from django import forms
from django.forms import widgets
from django.http import QueryDict

from conventions.actions.entry import ExampleDraft
from conventions.models import ActionExample
from dsfr_forms.forms import ErrorLink, PortalForm
from indicators.specs import Axis

MOST = 20
NEW = "new"


class ExampleForm(PortalForm):
    """One example; left blank it says nothing, ticked « retirer » it goes."""

    mark_optional = False

    axis = forms.ChoiceField(label="Axe")
    title = forms.CharField(label="Titre", max_length=150, required=False)
    text = forms.CharField(
        label="Récit",
        max_length=1500,
        required=False,
        widget=widgets.Textarea(attrs={"rows": 5}),
        help_text="Quelques lignes. Aucun nom de bénéficiaire.",
    )
    remove = forms.BooleanField(label="Retirer cet exemple", required=False)

    def __init__(
        self, *, number: int, axes: Sequence[Axis], example: ActionExample | None, data: QueryDict | None
    ) -> None:
        prefix = f"e{example.pk}" if example else NEW
        initial = {"axis": example.axis, "title": example.title, "text": example.text} if example else {}
        super().__init__(data, prefix=prefix, initial=initial)
        self.example = example
        self.row_label = f"Exemple {number}"
        choice = self.fields["axis"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  # declared above
        choice.choices = [(axis.value, axis.label) for axis in axes]
        if example is None:
            del self.fields["remove"]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is told; the axis alone, chosen by the page, is nothing."""
        return not (self["title"].value() or self["text"].value())

    @property
    def is_removed(self) -> bool:
        """Whether it goes."""
        return self.example is not None and bool(self["remove"].value())

    @property
    def is_elsewhere(self) -> bool:
        """Whether what is stored is not what was typed: somebody else may have changed it."""
        example = self.example
        typed = (self["title"].value(), self["text"].value())
        return example is not None and typed != (example.title, example.text)

    def clean(self) -> None:
        """A title and a text go together."""
        super().clean()
        if self.is_blank or self.is_removed:
            return
        for name, sentence in (("title", "Donnez un titre à cet exemple."), ("text", "Racontez cette action.")):
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, sentence)

    @property
    def draft(self) -> ExampleDraft | None:
        """What to keep of it; None when there is nothing."""
        if self.is_blank or self.is_removed:
            return None
        told = self.cleaned_data
        pk = self.example.pk if self.example else None
        return ExampleDraft(pk=pk, axis=told["axis"], title=told["title"], text=told["text"])


class ExamplesForm:
    """All of them. What somebody else added since the page was loaded is shown too, and never dropped."""

    def __init__(self, examples: Sequence[ActionExample], axes: Sequence[Axis], data: QueryDict | None = None) -> None:
        self.forms = [
            ExampleForm(number=number, axes=axes, example=example, data=_own(data, f"e{example.pk}"))
            for number, example in enumerate(examples, start=1)
        ]
        if len(examples) < MOST:
            number = len(examples) + 1
            self.forms.append(ExampleForm(number=number, axes=axes, example=None, data=_own(data, NEW)))

    def is_valid(self) -> bool:
        """Whether every example that was sent can be kept."""
        return not [form for form in self.forms if form.is_bound and not form.is_valid()]

    @property
    def errors(self) -> list[ErrorLink]:
        """The lines of the error summary."""
        return [link for form in self.forms if form.is_bound for link in form.error_links]

    @property
    def removed(self) -> list[str]:
        """The titles of those that go: ticked, or emptied."""
        gone = [form.example for form in self.forms if form.is_bound and form.example and form.draft is None]
        return [example.title for example in gone]

    @property
    def drafts(self) -> list[ExampleDraft]:
        """What to keep, in order; an example that was not sent stays as it is."""
        return [draft for form in self.forms if (draft := _draft(form)) is not None]


def _draft(form: ExampleForm) -> ExampleDraft | None:
    if form.is_bound:
        return form.draft
    example = form.example
    return ExampleDraft(example.pk, example.axis, example.title, example.text) if example else None


def _own(data: QueryDict | None, prefix: str) -> QueryDict | None:
    """What was sent, when this example was among it."""
    return data if data is not None and f"{prefix}-title" in data else None
