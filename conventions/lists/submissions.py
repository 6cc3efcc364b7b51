"""The list of submissions: what stands in it, how it is narrowed and sorted."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from companies.lists.facets import category_column, company_column, company_filters, siret_column, town_column
from conventions.lists.answers import (
    AGAIN,
    FILTERS,
    NARROWING,
    badges_of,
    progress_of,
    progress_order,
    share_of,
    state_order,
)
from conventions.models import Submission
from conventions.models.submission_rows import SubmissionQuerySet, due_on
from french.words import whole_percentage
from lists.columns import Badges, Bar, Column, Drawn, Face, Text
from lists.listing import Listing
from lists.narrowing import Filter, Search
from territories.semester import Semester

Rows = QuerySet[Submission]


def submission_list_on(day: date, semesters: Sequence[Semester], *, own: bool, chosen: bool) -> Listing[Submission]:
    """The list as it is read that day; `own` is that of a company; with `chosen`, one may tick the silent ones."""
    return Listing(
        name="remontees",
        title="Mes remontées" if own else "Remontées semestrielles",
        counted=("remontée", "remontées"),
        columns=(*_whose(), *_state(day), *(_choice(day) if chosen else ()), *_file_only()),
        order=("-semestre", "entreprise"),
        nothing="Aucune remontée ne correspond à ces filtres",
        advice="Élargissez le semestre ou l’état, ou effacez les filtres.",
        search=Search("Entreprise, commune ou référence", _search, "company__search_key"),
        filters=(*_filters(day, semesters), *company_filters("company__")),
        loaded=lambda rows: _of(rows).with_progress().select_related("campaign", "company__department", "convention"),
    )


def _whose() -> tuple[Column[Submission], ...]:
    return (
        company_column(lambda row: row.get_absolute_url()),
        siret_column("company__"),
        Column("semestre", "Semestre", lambda row: row.semester.label, ("semester",)),
    )


def _state(day: date) -> tuple[Column[Submission], ...]:
    return (
        Column(
            "etat",
            "État",
            lambda row: ", ".join(label for label, _ in badges_of(row, day)),
            (state_order(),),
            lambda row: Badges(badges_of(row, day)),
        ),
        Column("reponses", "Réponses", lambda row: progress_of(row)[0], (progress_order(),), _bar, header="Renseignés"),
        Column("demandes", "Demandés", lambda row: progress_of(row)[1], on_page=False),
        Column("echeance", "Échéance", lambda row: row.due_on, (due_on(),)),
    )


def _choice(day: date) -> tuple[Column[Submission], ...]:
    def box(row: Submission) -> Face:
        if row.is_received:
            return Text("–")
        if row.refusal_of_day(day):
            return Text("saisie fermée")
        return Drawn("conventions/_choice_cell.html", {"submission": row})

    return (Column("choix", "Relance", lambda _: None, face=box, in_file=False),)


def _file_only() -> tuple[Column[Submission], ...]:
    return (
        Column("convention", "Convention", lambda row: row.convention.reference, on_page=False),
        Column("transmise", "Transmise le", _transmitted_on, ("transmitted_at",), on_page=False),
        Column("validee", "Validée le", _validated_on, ("validated_at",), on_page=False),
        Column("motif", "Motif du délai", lambda row: row.extension_reason, on_page=False),
        category_column("company__"),
        town_column("company__"),
    )


def _bar(row: Submission) -> Bar:
    answered, asked = progress_of(row)
    return Bar(share_of(row), whole_percentage(answered, asked))


def _transmitted_on(row: Submission) -> date | None:
    return row.company.department.local(row.transmitted_at).date() if row.transmitted_at else None


def _validated_on(row: Submission) -> date | None:
    return row.company.department.local(row.validated_at).date() if row.validated_at else None


def _filters(day: date, semesters: Sequence[Semester]) -> tuple[Filter[Submission], ...]:
    choices = [(str(semester), semester.label) for semester in semesters]
    states = [*FILTERS.items(), (AGAIN, "silencieuses deux semestres de suite")]
    return (
        Filter("semestre", "Semestre", choices, lambda rows, value: rows.filter(semester=value), every="Tous"),
        Filter("etat", "État", states, lambda rows, value: NARROWING[value](_of(rows), day), every="Tous"),
    )


def _search(rows: Rows, text: str) -> Rows:
    return _of(rows).search(text)


def _of(rows: Rows) -> SubmissionQuerySet:
    """The same rows with the questions of their own queryset."""
    return rows  # type: ignore[return-value]  # a QuerySet of submissions is always one of these
