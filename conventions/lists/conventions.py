"""The list of conventions: what stands in it, how it is narrowed and sorted."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery

from companies.lists.facets import category_column, company_column, company_filters, siret_column, town_column
from conventions.models import Convention, ConventionAxis, Situation
from conventions.models.convention import ConventionQuerySet
from conventions.models.periods import SOON, last_day_of, situations_on
from conventions.selectors.sheet import TONES
from indicators.specs import Axis
from lists.columns import Badges, Column, Link, Text
from lists.listing import Listing
from lists.narrowing import Filter, Search
from lists.sorting import by_case

EXPIRING = "bientot-echue"
"""Beside the situations, in the filter: those of « en cours » that are to be renewed."""

NEW, FROM_CHARTER, RENEWAL = "nouvelle", "charte", "renouvellement"
ORIGINS = {NEW: "nouvelle", FROM_CHARTER: "issue d’une charte", RENEWAL: "renouvellement"}
"""Where a convention comes from."""

AXES = [(axis.value, axis.label) for axis in Axis]
WITHIN = {
    "3-mois": ("dans les trois mois", 90),
    "6-mois": ("dans les six mois", SOON.days),
    "1-an": ("dans l’année", 365),
}
"""Until when one in force runs: what it is called, and how many days that is."""

Rows = QuerySet[Convention]


def convention_list_on(day: date) -> Listing[Convention]:
    """The list as it is read that day."""
    return Listing(
        name="conventions",
        title="Conventions",
        counted=("convention", "conventions"),
        columns=(*_whose(), *_what(day), *_file_only()),
        order=("-debut", "reference"),
        nothing="Aucune convention ne correspond",
        advice="Vérifiez le nom ou la référence, ou effacez les filtres.",
        search=Search("Entreprise, commune ou référence", _search, "company__search_key"),
        filters=(*_filters(day), *company_filters("company__")),
        loaded=lambda rows: rows.select_related("company", "charter").prefetch_related("axes"),
    )


def origin_of(convention: Convention) -> str:
    """« nouvelle », « issue d’une charte » or « renouvellement »."""
    if convention.renews_id:
        return ORIGINS[RENEWAL]
    return ORIGINS[FROM_CHARTER if convention.charter_id else NEW]


def _whose() -> tuple[Column[Convention], ...]:
    return (
        company_column(),
        siret_column("company__"),
        Column(
            "reference",
            "Référence",
            lambda row: row.reference,
            ("reference",),
            lambda row: Link(row.reference, row.get_absolute_url(), "portal-number"),
        ),
    )


def _what(day: date) -> tuple[Column[Convention], ...]:
    axes = ConventionAxis.objects.filter(convention=OuterRef("pk")).order_by().values("convention")
    return (
        Column(
            "situation",
            "Situation",
            lambda row: row.status_on(day),
            (by_case(situations_on(day).values()),),
            lambda row: _badge(row.situation_on(day)),
        ),
        Column("debut", "Du", lambda row: row.starts_on, ("starts_on",), header="Date d’effet"),
        Column("fin", "Au", lambda row: row.effective_end, (last_day_of(),), header="Dernier jour"),
        Column(
            "axes",
            "Axes",
            lambda row: ", ".join(axis.label for axis in row.signed_axes()),
            (Subquery(axes.values_list(Count("pk"))),),
        ),
    )


def _file_only() -> tuple[Column[Convention], ...]:
    return (
        Column("motif", "Motif du choix des axes", lambda row: row.axes_reason, on_page=False),
        Column("signature", "Signée le", lambda row: row.signed_on, ("signed_on",), on_page=False),
        Column("lieu", "Lieu de signature", lambda row: row.signed_at, on_page=False),
        Column("origine", "Origine", origin_of, on_page=False),
        Column("charte", "Charte d’origine", lambda row: row.charter.reference if row.charter else "", on_page=False),
        category_column("company__"),
        town_column("company__"),
    )


def _filters(day: date) -> tuple[Filter[Convention], ...]:
    expiring = (EXPIRING, "en cours, à renouveler dans les six mois")

    def situation(rows: Rows, value: str) -> Rows:
        found = _of(rows)
        return found.to_renew(day) if value == EXPIRING else found.in_situation(Situation(value), day)

    return (
        Filter("situation", "Situation", [*Situation.choices, expiring], situation),
        Filter("axe", "Axe", AXES, lambda rows, axis: rows.filter(axes__axis=axis), every="Tous"),
        Filter("origine", "Origine", [*ORIGINS.items()], lambda rows, value: ORIGIN_RULES[value](rows), folded=True),
        Filter(
            "echeance",
            "Échéance",
            [(name, said) for name, (said, _) in WITHIN.items()],
            lambda rows, value: ends_within(_of(rows), value, day),
            folded=True,
        ),
    )


ORIGIN_RULES: Mapping[str, Callable[[Rows], Rows]] = {
    NEW: lambda rows: rows.filter(charter=None, renews=None),
    FROM_CHARTER: lambda rows: rows.filter(charter__isnull=False, renews=None),
    RENEWAL: lambda rows: rows.filter(renews__isnull=False),
}


def ends_within(rows: ConventionQuerySet, value: str, day: date) -> ConventionQuerySet:
    """Those in force that day that end so soon: a key of WITHIN."""
    return rows.in_situation(Situation.RUNNING, day).filter(ends_on__lte=day + timedelta(days=WITHIN[value][1]))


def _badge(situation: Situation) -> Badges | Text:
    return Badges(((situation.label, TONES[situation]),))


def _search(rows: Rows, text: str) -> Rows:
    return _of(rows).search(text)


def _of(rows: Rows) -> ConventionQuerySet:
    """The same rows with the questions of their own queryset."""
    return rows  # type: ignore[return-value]  # a QuerySet of conventions is always one of these
