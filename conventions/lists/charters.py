"""The list of the Chartes Entreprises et Quartiers, and of what became of each."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from companies.lists.facets import category_column, company_column, company_filters, siret_column, town_column
from companies.models import Charter
from conventions.models import Convention
from conventions.models.convention import search_condition
from conventions.selectors.charters import left_to_convert
from conventions.transitions import SIGNED
from lists.columns import Badges, Column, Face, Link, Text
from lists.listing import Listing
from lists.narrowing import Filter, Search
from lists.sorting import by_case

LEFT, PREPARED, CONVERTED = "a-convertir", "en-preparation", "converties"
STATES = {LEFT: "à convertir", PREPARED: "à convertir, convention en préparation", CONVERTED: "converties"}
"""By the word of the address; those in preparation are among those to convert."""

Rows = QuerySet[Charter]


def charter_list_on(day: date, *, may_convert: bool) -> Listing[Charter]:
    """The list as it is read that day; `may_convert`: whether the reader prepares conventions."""
    return Listing(
        name="chartes",
        title="Chartes Entreprises et Quartiers",
        counted=("charte", "chartes"),
        columns=(*_whose(), *_what(may_convert=may_convert)),
        order=("signature", "entreprise"),
        nothing="Aucune charte ne correspond",
        advice="Vérifiez le nom ou la référence, ou effacez les filtres.",
        search=Search("Entreprise, commune ou référence", lambda rows, text: rows.filter(search_condition(text))),
        filters=(_by_state(day), *company_filters("company__")),
        loaded=lambda rows: rows.select_related("company", "convention"),
    )


def convention_of(charter: Charter) -> Convention | None:
    """The one that comes from it, signed or in preparation."""
    return getattr(charter, "convention", None)


def _by_state(day: date) -> Filter[Charter]:
    rules: Mapping[str, Callable[[Rows], Rows]] = {
        LEFT: lambda rows: left_to_convert(rows, on=day),
        PREPARED: lambda rows: left_to_convert(rows, on=day).exclude(convention=None),
        CONVERTED: lambda rows: rows.exclude(pk__in=left_to_convert(rows, on=day).order_by().values("pk")),
    }
    return Filter("etat", "État", [*STATES.items()], lambda rows, state: rules[state](rows))


def _whose() -> tuple[Column[Charter], ...]:
    return (
        company_column(),
        siret_column("company__"),
        category_column("company__", on_page=True),
        town_column("company__"),
    )


def _what(*, may_convert: bool) -> tuple[Column[Charter], ...]:
    state = by_case([Q(convention=None), ~Q(convention__state__in=SIGNED), Q(convention__state__in=SIGNED)])
    return (
        Column("reference", "Référence", lambda row: row.reference, ("reference",)),
        Column("signature", "Signée le", lambda row: row.signed_on, ("signed_on",)),
        Column("etat", "État", lambda row: _state(row)[0], (state,), lambda row: Badges((_state(row),))),
        Column(
            "convention",
            "Convention",
            _reference,
            ("convention__reference",),
            lambda row: _next(row, may_convert=may_convert),
        ),
    )


def _state(charter: Charter) -> tuple[str, str]:
    """What is said of it, and the tone of the badge."""
    convention = convention_of(charter)
    if convention is None:
        return "à convertir", "warning"
    return ("convertie", "success") if convention.state in SIGNED else ("en préparation", "new")


def _reference(charter: Charter) -> str:
    convention = convention_of(charter)
    return convention.reference if convention else ""


def _next(charter: Charter, *, may_convert: bool) -> Face:
    """The convention that comes from it, or the page that draws it up."""
    if convention := convention_of(charter):
        return Link(convention.reference, convention.get_absolute_url(), "portal-number")
    if not may_convert:
        return Text("–")
    return Link("Préparer la convention", f"{reverse('convention_create')}?company={charter.company_id}")
