"""What a list, of whatever rows, asks and says of the company of each: its category, its sector, its activity."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Substr

from companies.models import Company
from companies.naf import SECTIONS
from lists.columns import Column, Link
from lists.narrowing import Filter
from lists.sorting import by_rank

Rows = QuerySet[Any]  # Any: rows of any model that leads to a company


def category_filter(path: str = "") -> Filter[Any]:  # Any: as above
    """By the size of the firm; `path` leads from a row to its company (« company__ »)."""
    return _choice("categorie", "Catégorie", Company.Category.choices, f"{path}category", every="Toutes")


def sector_filter(path: str = "") -> Filter[Any]:  # Any: as above
    """By the circular's broad sectors."""
    return _choice("secteur", "Secteur", Company.Sector.choices, f"{path}sector", every="Tous")


def section_filter(path: str = "") -> Filter[Any]:  # Any: as above
    """By the section of the NAF code."""

    def narrow(rows: Rows, letter: str) -> Rows:
        divided: Rows = rows.alias(division=Substr(f"{path}naf", 1, 2))
        return divided.filter(division__in=[f"{division:02d}" for division in SECTIONS[letter][1]])

    choices = [(letter, f"{letter} – {name}") for letter, (name, _) in SECTIONS.items()]
    return Filter("section", "Section NAF", choices, narrow, folded=True)


def company_filters(path: str = "") -> tuple[Filter[Any], ...]:  # Any: as above
    """The three of them, in the same order everywhere."""
    return category_filter(path), sector_filter(path), section_filter(path)


def company_column(leads_to: Callable[[Any], str] | None = None) -> Column[Any]:  # Any: as above
    """Which company a row is of: its name leads to its sheet, or to where `leads_to` says."""

    def face(row: Any) -> Link:  # Any: as above
        return Link(row.company.name, leads_to(row) if leads_to else row.company.get_absolute_url())

    return Column("entreprise", "Entreprise", lambda row: row.company.name, ("company__name_key",), face)


def siret_column(path: str = "") -> Column[Any]:  # Any: as above
    """Of files only: the number that ties a row to every other file."""
    return Column("siret", "SIRET", lambda row: _company(row, path).siret, (f"{path}siret",), on_page=False)


def category_column(path: str = "", *, on_page: bool = False) -> Column[Any]:  # Any: as above
    """The size of the firm, by its code."""
    rank = by_rank(f"{path}category", Company.Category.values)
    return Column("categorie", "Catégorie", lambda row: _company(row, path).category, (rank,), on_page=on_page)


def town_column(path: str = "", *, on_page: bool = False) -> Column[Any]:  # Any: as above
    """Where it is."""
    return Column("commune", "Commune", lambda row: _company(row, path).town, (f"{path}town_key",), on_page=on_page)


def _company(row: Any, path: str) -> Company:  # Any: as above
    company: Company = row.company if path else row
    return company


def _choice(name: str, label: str, choices: list[tuple[str, str]], path: str, *, every: str) -> Filter[Any]:
    return Filter(name, label, choices, lambda rows, value: rows.filter(**{path: value}), every=every, folded=True)
