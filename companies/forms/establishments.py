"""Several establishments at once, pasted from a list: a SIRET a line, and what one calls it if one likes."""

import re

from django import forms
from django.core.exceptions import ValidationError

from companies.models import Company, Establishment
from companies.siret import SiretRefused, read_siret
from dsfr_forms.forms import PortalForm
from dsfr_forms.layout import portal_helper

MOST = 200
"""Establishments of a company: what its page can show."""

LONGEST_LABEL = 255
"""Characters of what an establishment is called."""

CUT = re.compile(r"[;\t,]")
SPELT = re.compile(r"((?:[0-9][\s.\-]*){14})(.*)")


class PastedForm(PortalForm):
    """All of them or none: every line that cannot be read is named."""

    lines = forms.CharField(
        label="Un établissement par ligne",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Le SIRET, puis sa désignation si l’on veut, comme ils se copient d’un tableur.",
    )
    helper = portal_helper("Ajouter ces établissements", form_tag=False)

    def __init__(self, *args: object, company: Company, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.company = company
        self.known = set(company.establishments.values_list("siret", flat=True))

    def clean_lines(self) -> list[Establishment]:
        """The new ones; those that the company has already are left alone, and so is a line that comes twice."""
        found: dict[str, Establishment] = {}
        refused = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            try:
                siret, label = read_line(line)
            except SiretRefused as refusal:
                refused.append(f"Ligne {number}\u00a0: {refusal}")
                continue
            if siret and siret not in self.known:
                found.setdefault(siret, Establishment(siret=siret, label=label))
        if len(found) + len(self.known) > MOST:
            refused.append(f"Une entreprise a {MOST} établissements au plus.")
        if refused:
            raise ValidationError(refused)
        return list(found.values())


def read_line(line: str) -> tuple[str, str]:
    """« 732 829 320 00074 ; Atelier nord » in two; two empty texts for an empty line. Raises SiretRefused."""
    number, *rest = CUT.split(line.strip(), maxsplit=1)
    if not rest and (spelt := SPELT.fullmatch(number)):
        number, *rest = spelt.groups()
    if not number.strip():
        return "", ""
    siret, label = read_siret(number), " ".join("".join(rest).split())
    if len(label) > LONGEST_LABEL:
        raise SiretRefused(f"sa désignation compte {len(label)} caractères\u00a0: {LONGEST_LABEL} au plus.")
    return siret, label
