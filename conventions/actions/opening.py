"""Open the submissions that are expected: so many statements, whatever the number of conventions."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from companies.models import Company
from conventions.expected import Period
from conventions.models import (
    Campaign,
    Convention,
    ConventionAxis,
    Result,
    SpecificCommitment,
    Submission,
    Target,
    TargetSet,
)
from conventions.models.convention import ConventionQuerySet
from conventions.transitions import SubmissionState
from indicators.catalogue import Catalogue
from indicators.models import Indicator, catalogue_of
from indicators.specs import Axis
from territories.semester import Semester

MANY = 100
"""Beyond so many conventions at once, the database is asked to count its tables before it plans."""


class RandomUuid(Func):
    """A version 4 identifier drawn by the database: PostgreSQL has a function for it, SQLite its random bytes."""

    template = "gen_random_uuid()"
    output_field = models.UUIDField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:  # Any: Django's own signature
        """32 digits, as Django keeps identifiers there: the 13th says version 4, the 17th which variant."""
        template = (
            "lower(hex(randomblob(6)) || '4' || substr(hex(randomblob(2)), 2)"
            " || substr('89AB', 1 + abs(random() %%%% 4), 1) || substr(hex(randomblob(2)), 2) || hex(randomblob(6)))"
        )
        return self.as_sql(compiler, connection, template=template, **context)


@transaction.atomic
def open_submissions(campaign: Campaign, *, conventions: ConventionQuerySet) -> int:
    """Create the missing submissions of the companies of these conventions, an unanswered result per indicator asked.

    One per company: it hangs on the last convention in force in the semester, and asks what any of them asks. Returns
    how many were created; running it twice, or in two places at once, creates none.
    """
    semester = campaign.semester
    many = conventions.count() > MANY
    if many:
        _count_tables(Company, Convention, ConventionAxis, TargetSet, Target, Submission)
    engaged = Convention.objects.expected_in(semester).filter(company__in=conventions.order_by().values("company"))
    silent = engaged.exclude(company__submissions__semester=semester).order_by("starts_on", "pk")
    # Their numbers, not a condition that finds them again: no plan then hangs on statistics that a base just filled
    # does not have yet.
    missing = list(silent.values_list("company", "pk"))
    if not missing:
        return 0
    last = Convention.objects.filter(pk__in=dict(missing).values())
    created = _insert(
        Submission,
        last,
        id=RandomUuid(),
        company=F("company"),
        semester=_constant(semester),
        convention=F("pk"),
        campaign=Value(campaign.pk, output_field=models.BigIntegerField()),
    )
    if created and many:
        _count_tables(Submission)
    if created:
        _ask(semester, [convention for _, convention in missing])
    return created


@transaction.atomic
def open_submissions_of(convention: Convention) -> None:
    """The submissions of a convention just signed, for the campaigns that exist already.

    One that is there, for the convention that this one renews, follows it unless it was sent.
    """
    running = Period(convention.starts_on, convention.effective_end)
    for campaign in Campaign.objects.order_by("semester"):
        if running.meets(Period(campaign.semester.start, campaign.semester.end)):
            own = Convention.objects.filter(pk=convention.pk)
            if not open_submissions(campaign, conventions=own):
                _ask_again(convention, campaign.semester)


@transaction.atomic
def ask_what_is_new(convention: Convention, *, since: date) -> None:
    """What the targets that count from `since` on ask for, added to the submissions that nobody has sent yet."""
    drafts = Submission.objects.asked_by(convention).filter(
        state=SubmissionState.DRAFT, semester__gte=Semester.containing(since)
    )
    for semester in list(drafts.order_by("semester").values_list("semester", flat=True)):
        _ask_again(convention, semester)


def _ask_again(convention: Convention, semester: Semester) -> None:
    """Hang the submission on the last convention of the semester and ask what is new, unless somebody sent it."""
    engaged = Convention.objects.expected_in(semester).filter(company=convention.company_id)
    in_order = list(engaged.order_by("starts_on", "pk").values_list("pk", flat=True))
    unsent = Submission.objects.filter(company=convention.company_id, semester=semester, state=SubmissionState.DRAFT)
    if in_order and unsent.update(convention=in_order[-1]):
        _ask(semester, in_order)


def _ask(semester: Semester, conventions: list[UUID]) -> None:
    """What these conventions ask of their companies in the semester, where it is not asked already."""
    _ask_each(SpecificCommitment.objects.all(), semester, conventions, path="convention", commitment=F("pk"))
    path = "version__conventions"
    indicators = Indicator.objects.valid_during(semester.start, semester.end)
    # The form is of one version: what an earlier convention asks under the same code is asked in the words of this one.
    same = Indicator.objects.filter(
        version=OuterRef(f"{path}__company__submissions__convention__catalogue"), code=OuterRef("code")
    )
    in_its_version = Coalesce(Subquery(same.values("pk")), F("pk"))
    _ask_each(indicators, semester, conventions, _is_asked(conventions, semester), path=path, indicator=in_its_version)


def _is_asked(conventions: list[UUID], semester: Semester) -> Q:
    """What `Catalogue.required` answers, as a condition on the indicators of these conventions: read from it."""
    in_effect = Target.objects.in_effect_between(semester.start, semester.end).filter(
        target_set__convention=OuterRef("version__conventions")
    )
    found = Q(Exists(in_effect.filter(indicator=OuterRef("pk"))))
    versions = Convention.objects.filter(pk__in=conventions).order_by().distinct()
    for version in versions.values_list("catalogue", flat=True):
        always, because_of = _rule_of(catalogue_of(version))
        found |= Q(version=version, code__in=always)
        for code, targeted in because_of.items():
            found |= Q(Exists(in_effect.filter(indicator__code__in=targeted)), version=version, code=code)
    return found & Q(version__conventions__axes__axis=F("axis"))


def _rule_of(catalogue: Catalogue) -> tuple[set[str], dict[str, set[str]]]:
    """What is asked of whoever signs its axis, and by code what targets on other indicators of the axis add."""
    always = {spec.code for axis in Axis for spec in catalogue.required([axis])}
    because_of: dict[str, set[str]] = {}
    for targeted in catalogue.indicators:
        for spec in catalogue.required([targeted.axis], [targeted.code]):
            if spec.code not in always | {targeted.code}:
                because_of.setdefault(spec.code, set()).add(targeted.code)
    return always, because_of


def _ask_each(
    rows: QuerySet[Any],
    semester: Semester,
    conventions: list[UUID],
    *conditions: Q,
    path: str,
    **subject: models.expressions.Combinable,
) -> None:
    """One unanswered result per row, in the submission of the company of its convention, found by `path`."""
    home = f"{path}__company__submissions"
    _insert(
        Result,
        rows.filter(*conditions, **{f"{path}__in": conventions, f"{home}__semester": semester}),
        submission=F(home),
        company=F(f"{path}__company"),
        department=F(f"{path}__company__department"),
        semester=_constant(semester),
        **subject,
    )


def _count_tables(*counted: type[models.Model]) -> None:
    """Tell PostgreSQL's planner how many rows these tables hold now, the ones of this transaction among them.

    Its own round comes a minute after a mass of rows, and counts none that are not committed. A semester opened right
    after conventions were imported would be planned for empty tables: seconds become minutes, and nothing opens.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(connection.ops.quote_name(model._meta.db_table) for model in counted))


def _constant(semester: Semester) -> Value:
    return Value(str(semester), output_field=models.CharField())


def _insert(model: type[models.Model], rows: QuerySet[Any], **columns: models.expressions.Combinable) -> int:
    """One new row of `model` per row of `rows`: these columns, the others at their defaults. Returns how many.

    INSERT … SELECT: Django writes the SELECT but has no such statement. A row that somebody else writes at the same
    moment is left alone; SQLite wants a WHERE in the SELECT to tell this ON from that of a join.
    """
    values = {
        field: columns.get(field.name) or Value(field.get_default(), output_field=field)
        for field in model._meta.concrete_fields
        if field.name in columns or not (field.null or isinstance(field, models.AutoField))
    }
    select, parameters = rows.order_by().values_list(*values.values()).query.sql_with_params()
    quote = connection.ops.quote_name
    table, into = quote(model._meta.db_table), ", ".join(quote(str(field.column)) for field in values)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({into}) {select} ON CONFLICT DO NOTHING", parameters)
        created: int = cursor.rowcount
    return created
