"""Open the submissions that are expected: four statements, whatever the number of conventions."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value

from conventions.expected import Period
from conventions.models import Campaign, Convention, Result, SpecificCommitment, Submission, Target
from conventions.models.convention import ConventionQuerySet
from conventions.transitions import SubmissionState
from indicators.models import Indicator
from territories.semester import Semester


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
    """Create the missing submissions of these signed conventions, with one unanswered result per indicator asked.

    Returns how many were created; running it twice, or in two places at once, creates none.
    """
    # Their numbers, not a condition that finds them again: no plan then hangs on statistics that a base just filled
    # does not have yet.
    missing = list(conventions.exclude(submissions__campaign=campaign).order_by("pk").values_list("pk", flat=True))
    if not missing:
        return 0
    of_campaign = Value(campaign.pk, output_field=models.BigIntegerField())
    rows = Convention.objects.filter(pk__in=missing)
    created = _insert(Submission, rows, id=RandomUuid(), convention=F("pk"), campaign=of_campaign)
    if created:
        commitments = SpecificCommitment.objects.filter(
            convention__in=missing, convention__submissions__campaign=campaign
        )
        _insert(Result, commitments, commitment=F("pk"), submission=F("convention__submissions"))
        of_indicator = F("version__conventions__submissions")
        _insert(Result, _indicators_asked(missing, campaign), indicator=F("pk"), submission=of_indicator)
    return created


@transaction.atomic
def open_submissions_of(convention: Convention) -> None:
    """The submissions of a convention just signed, for the campaigns that exist already."""
    running = Period(convention.starts_on, convention.effective_end)
    for campaign in Campaign.objects.order_by("semester"):
        if running.meets(Period(campaign.semester.start, campaign.semester.end)):
            open_submissions(campaign, conventions=Convention.objects.filter(pk=convention.pk))


@transaction.atomic
def ask_what_is_new(convention: Convention, *, since: date) -> None:
    """What the targets that count from `since` on ask for, added to the submissions that nobody has sent yet."""
    drafts = convention.submissions.filter(
        state=SubmissionState.DRAFT, campaign__semester__gte=Semester.containing(since)
    )
    for submission in drafts.select_related("campaign").order_by("campaign__semester"):
        asked = _indicators_asked([convention.pk], submission.campaign)
        _insert(Result, asked, indicator=F("pk"), submission=F("version__conventions__submissions"))


def _indicators_asked(conventions: list[UUID], campaign: Campaign) -> QuerySet[Indicator]:
    """What `Catalogue.required` answers for one convention, for all of them: an indicator once per submission."""
    semester = campaign.semester
    targeted = Target.objects.in_effect_between(semester.start, semester.end).filter(
        target_set__convention=OuterRef("version__conventions"), indicator=OuterRef("pk")
    )
    return Indicator.objects.valid_during(semester.start, semester.end).filter(
        Q(core=True) | Exists(targeted),
        version__conventions__in=conventions,
        version__conventions__axes__axis=F("axis"),
        version__conventions__submissions__campaign=campaign,
    )


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
