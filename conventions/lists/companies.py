"""The list of companies: who they are, what binds them, how they answer the last campaign that opened."""

from datetime import date, datetime

from django.db.models import Exists, Min, OuterRef, Prefetch, QuerySet, Subquery

from companies.lists.facets import category_column, category_filter, section_filter, sector_filter, town_column
from companies.models import Company
from companies.models.signatory import CompanyQuerySet
from companies.selectors import unanswered
from companies.siret import grouped
from conventions.lists.answers import FILTERS, NARROWING, badges_of, far_of, state_order
from conventions.lists.conventions import AXES, ORIGIN_RULES, ORIGINS, WITHIN, ends_within
from conventions.models import Convention, Situation, Submission
from conventions.models.convention import ConventionQuerySet
from conventions.models.periods import situations_on
from conventions.selectors.sheet import TONES
from lists.columns import Badges, Column, Drawn, Link, Text
from lists.listing import Listing
from lists.narrowing import Filter, Search
from lists.sorting import by_case
from territories.semester import Semester

UNANSWERED = "sans-personne"
"""Nobody can answer for the company: see `unanswered`."""

WITHOUT = "aucune"
"""Beside the situations, in the filter: a company without a convention."""

NOT_ASKED = "non-attendues"
"""Beside the states of an answer, in the filter: nothing is asked of the company."""

RANKS = (
    *(Situation.RUNNING, Situation.COMING, Situation.READY, Situation.DRAFT),
    *(Situation.EXPIRED, Situation.TERMINATED),
)
"""What binds first."""

Rows = QuerySet[Company]


def company_list_on(day: date, *, at: datetime, semester: Semester | None, invites: bool = False) -> Listing[Company]:
    """The list as it is read that day; `semester` is that of the last campaign that opened. Invitations at `at`.

    With `invites`, one may tick the companies to invite them.
    """
    answers = _answer_columns(day, semester) if semester else ()
    answer_filters = (_answer_filter(day, semester),) if semester else ()
    return Listing(
        name="entreprises",
        title="Entreprises",
        counted=("entreprise", "entreprises"),
        columns=(*_identity(), *_file_only(), *_conventions(day), *answers, *(_choice() if invites else ())),
        order=("nom", "siret"),
        nothing="Aucune entreprise ne correspond",
        advice="Vérifiez le nom ou les premiers chiffres du SIRET, ou effacez les filtres.",
        search=Search("Nom, commune, code postal ou SIRET", _search, "search_key"),
        filters=(category_filter(), *answer_filters, *_filters(day, at)),
        loaded=lambda rows: _loaded(rows.prefetch_related("contacts") if invites else rows, semester),
    )


def _loaded(rows: Rows, semester: Semester | None) -> Rows:
    found = rows.prefetch_related("conventions__axes")
    if semester is None:
        return found
    answers = Submission.objects.of(semester).with_progress().select_related("campaign")
    return found.prefetch_related(Prefetch("submissions", answers, to_attr="answers"))


def _identity() -> tuple[Column[Company], ...]:
    return (
        Column(
            "nom",
            "Entreprise",
            lambda row: row.name,
            ("name_key",),
            lambda row: Link(row.name, row.get_absolute_url()),
            header="Nom",
        ),
        Column(
            "siret", "SIRET", lambda row: row.siret, ("siret",), lambda row: Text(grouped(row.siret), "portal-number")
        ),
        category_column(on_page=True),
        town_column(on_page=True),
    )


def _file_only() -> tuple[Column[Company], ...]:
    return (
        Column("secteur", "Secteur", lambda row: row.get_sector_display(), ("sector",), on_page=False),
        Column("naf", "NAF", lambda row: row.naf, ("naf",), on_page=False),
        Column("effectif", "Effectif", lambda row: row.headcount, ("headcount",), on_page=False),
        Column("adresse", "Adresse", lambda row: row.address, on_page=False),
        Column("code-postal", "Code postal", lambda row: row.postcode, ("postcode",), on_page=False),
        Column("departement", "Département", lambda row: row.department_id, ("department",), on_page=False),
        Column("derogation", "Motif de dérogation", lambda row: row.siret_override, on_page=False),
    )


def _conventions(day: date) -> tuple[Column[Company], ...]:
    """The last convention to begin stands first, on the page and in the file."""
    theirs = Convention.objects.filter(company=OuterRef("pk")).order_by().values("company")
    rank = by_case(situations_on(day)[situation] for situation in RANKS)

    def drawn(row: Company) -> Drawn | Text:
        found = [(one, one.status_on(day), TONES[one.situation_on(day)]) for one in row.conventions.all()]
        return Drawn("conventions/_list_conventions.html", {"conventions": found}) if found else Text("aucune")

    return (
        Column(
            "convention",
            "Convention",
            lambda row: next((one.reference for one in row.conventions.all()), ""),
            (Subquery(theirs.annotate(rank=Min(rank)).values("rank")),),
            drawn,
        ),
        Column(
            "situation",
            "Situation",
            lambda row: next((one.status_on(day) for one in row.conventions.all()), "aucune"),
            on_page=False,
        ),
        Column("axes", "Axes", _axes, on_page=False),
    )


def _axes(row: Company) -> str:
    last = next(iter(row.conventions.all()), None)
    return ", ".join(axis.label for axis in last.signed_axes()) if last else ""


def _answer_columns(day: date, semester: Semester) -> tuple[Column[Company], ...]:
    asked = Submission.objects.of(semester).filter(company=OuterRef("pk")).order_by()

    def badges(row: Company) -> Badges | Text:
        answer = _answer(row)
        return Badges(badges_of(answer, day, far=True)) if answer else Text("non attendue")

    return (
        Column(
            "reponse",
            f"Réponse au {semester.label}",
            lambda row: far_of(answer) if (answer := _answer(row)) else "non attendue",
            (Subquery(asked.annotate(rank=state_order()).values("rank")),),
            badges,
        ),
    )


def _choice() -> tuple[Column[Company], ...]:
    def box(row: Company) -> Drawn:
        contact = next((one for one in row.contacts.all() if one.email), None)
        return Drawn(
            "conventions/_invite_cell.html",
            {"company": row, "contact": contact, "email": contact.email if contact else ""},
        )

    return (Column("choix", "Invitation", lambda _: None, face=box, in_file=False),)


def _answer(row: Company) -> Submission | None:
    """That of the semester, as `_loaded` brings it."""
    answers: list[Submission] = getattr(row, "answers", [])
    return next(iter(answers), None)


def _answer_filter(day: date, semester: Semester) -> Filter[Company]:
    asked = Submission.objects.of(semester).filter(company=OuterRef("pk")).order_by()

    def narrow(rows: Rows, value: str) -> Rows:
        if value == NOT_ASKED:
            return rows.exclude(Exists(asked))
        return rows.filter(Exists(NARROWING[value](asked, day)))

    choices = [*FILTERS.items(), (NOT_ASKED, "non attendues")]
    return Filter("reponse", f"Réponse au {semester.label}", choices, narrow)


def _filters(day: date, at: datetime) -> tuple[Filter[Company], ...]:
    def by_situation(rows: Rows, value: str) -> Rows:
        if value == WITHOUT:
            return rows.exclude(Exists(_theirs()))
        return rows.filter(Exists(_theirs().in_situation(Situation(value), day)))

    def by_axis(rows: Rows, axis: str) -> Rows:
        return rows.filter(Exists(_theirs().running_on(day).filter(axes__axis=axis)))

    return (
        Filter("situation", "Convention", [*Situation.choices, (WITHOUT, "aucune")], by_situation),
        Filter("axe", "Axe de la convention en cours", AXES, by_axis, every="Tous", folded=True),
        sector_filter(),
        section_filter(),
        Filter(
            "origine",
            "Origine de la convention",
            [*ORIGINS.items()],
            lambda rows, value: rows.filter(Exists(ORIGIN_RULES[value](_theirs()))),
            folded=True,
        ),
        Filter(
            "echeance",
            "Échéance de la convention",
            [(name, said) for name, (said, _) in WITHIN.items()],
            lambda rows, value: rows.filter(Exists(ends_within(_theirs(), value, day))),
            folded=True,
        ),
        Filter(
            "acces",
            "Accès au portail",
            [(UNANSWERED, "Sans personne pour répondre")],
            lambda rows, _: unanswered(_of(rows), on=day, at=at),
            folded=True,
        ),
    )


def _theirs() -> ConventionQuerySet:
    """The conventions of the company of a row."""
    return Convention.objects.filter(company=OuterRef("pk")).order_by()


def _search(rows: Rows, text: str) -> Rows:
    return _of(rows).search(text)


def _of(rows: Rows) -> CompanyQuerySet:
    """The same rows with the questions of their own queryset."""
    return rows  # type: ignore[return-value]  # a QuerySet of companies is always one of these
