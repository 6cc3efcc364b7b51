"""Conventions, campaigns and submissions."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from conventions.expected import last_day
from conventions.models import (
    ActionExample,
    Campaign,
    Convention,
    ConventionAxis,
    Result,
    SpecificCommitment,
    Submission,
    Target,
    TargetSet,
)
from indicators.models import CatalogueVersion, Indicator
from tests.factories.people import CompanyFactory
from tests.factories.samples import S1_2019, SIGNED_ON


class ConventionFactory(DjangoModelFactory[Convention]):
    """A signed convention on « former » and « recruter », from 8 February 2019; traits for the other states.

    The catalogue must be loaded (fixture `catalogue`). `axes` and `targets` take what the test needs:
    `ConventionFactory(axes=["acheter"], targets={("ACH-02", 1): 4})`.
    """

    class Meta:
        model = Convention
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(state="draft", signed_on=None, signed_at="")
        ready = factory.Trait(state="ready", signed_on=None, signed_at="")
        dropped = factory.Trait(state="dropped", signed_on=None, signed_at="")
        terminated = factory.Trait(state="terminated", terminated_on=date(2019, 12, 31))

    company = factory.SubFactory(CompanyFactory)
    reference = factory.Sequence(lambda n: f"PAQTE-62-2019-{n:05d}")
    catalogue = factory.LazyFunction(lambda: CatalogueVersion.objects.get(pk="paqte-2018"))
    state = "signed"
    starts_on = SIGNED_ON
    ends_on = factory.LazyAttribute(lambda convention: last_day(convention.starts_on))
    axes_reason = "Premier engagement, sur les axes du métier."
    signed_on = SIGNED_ON
    signed_at = "Noyelles-Godault"
    created_at = datetime(2019, 1, 15, 9, tzinfo=UTC)

    @factory.post_generation
    def axes(self, create: bool, extracted: list[str] | None, **_kwargs: Any) -> None:  # Any: factory_boy's signature
        """Keep the axes named, « former » and « recruter » by default."""
        for axis in ["former", "recruter"] if extracted is None else extracted:
            ConventionAxis.objects.create(convention=self, axis=axis)

    @factory.post_generation
    def targets(
        self,
        create: bool,
        extracted: dict[tuple[str, int], int] | None,
        **_kwargs: Any,  # Any: factory_boy's signature
    ) -> None:
        """Set the targets named; 12 recruitments a year by default."""
        wanted = {("REC-02", 1): 12, ("REC-02", 2): 12, ("REC-02", 3): 12} if extracted is None else extracted
        if wanted:
            TargetSetFactory(convention=self, targets=wanted)


class TargetSetFactory(DjangoModelFactory[TargetSet]):
    """The targets signed; with a `number`, a day and a reason those of an avenant."""

    class Meta:
        model = TargetSet
        skip_postgeneration_save = True

    convention = factory.SubFactory(ConventionFactory, targets={})

    @factory.post_generation
    def targets(
        self,
        create: bool,
        extracted: dict[tuple[str, int], int] | None,
        **_kwargs: Any,  # Any: factory_boy's signature
    ) -> None:
        """Set the targets named."""
        for (code, year), value in (extracted or {}).items():
            indicator = Indicator.objects.get(version="paqte-2018", code=code)
            Target.objects.create(target_set=self, indicator=indicator, year=year, value=Decimal(value))


class SpecificCommitmentFactory(DjangoModelFactory[SpecificCommitment]):
    """A commitment outside the catalogue."""

    class Meta:
        model = SpecificCommitment

    convention = factory.SubFactory(ConventionFactory)
    label = "Prêter une salle aux associations du quartier"
    unit = "demi-journées"
    target = Decimal(30)


class CampaignFactory(DjangoModelFactory[Campaign]):
    """The campaign of the first semester of 2019: open from 1 July, due on 31 July, closed after 30 September."""

    class Meta:
        model = Campaign
        django_get_or_create = ("semester",)

    semester = S1_2019
    opens_on = factory.LazyAttribute(lambda campaign: campaign.semester.next.start)
    due_on = factory.LazyAttribute(lambda campaign: campaign.opens_on.replace(day=31))
    locks_on = factory.LazyAttribute(lambda campaign: date(campaign.opens_on.year, campaign.opens_on.month + 2, 28))
    bilan_due_on = factory.LazyAttribute(lambda campaign: campaign.due_on + timedelta(days=45))


class SubmissionFactory(DjangoModelFactory[Submission]):
    """A draft without any result; traits for the other states. `answers={"REC-02": 3, "REC-01": None}` adds results.

    A number is a value, None an unanswered row, a text the reason of « sans objet ».
    """

    class Meta:
        model = Submission
        skip_postgeneration_save = True

    class Params:
        transmitted = factory.Trait(
            state="transmitted",
            transmitted_at=datetime(2019, 7, 20, 10, tzinfo=UTC),
            first_transmitted_on=date(2019, 7, 20),
        )
        validated = factory.Trait(
            state="validated",
            transmitted_at=datetime(2019, 7, 20, 10, tzinfo=UTC),
            first_transmitted_on=date(2019, 7, 20),
            validated_at=datetime(2019, 8, 2, 9, tzinfo=UTC),
            counted_at=datetime(2019, 8, 2, 9, tzinfo=UTC),
        )
        returned = factory.Trait(
            state="returned",
            transmitted_at=datetime(2019, 7, 20, 10, tzinfo=UTC),
            first_transmitted_on=date(2019, 7, 20),
            returned_at=datetime(2019, 8, 2, 9, tzinfo=UTC),
        )

    convention = factory.SubFactory(ConventionFactory)
    campaign = factory.SubFactory(CampaignFactory)
    company = factory.SelfAttribute("convention.company")
    semester = factory.SelfAttribute("campaign.semester")

    @factory.post_generation
    def answers(
        self,
        create: bool,
        extracted: dict[str, int | str | Decimal | None] | None,
        **_kwargs: Any,  # Any: factory_boy
    ) -> None:
        """Add one result per code."""
        for code, answer in (extracted or {}).items():
            indicator = Indicator.objects.get(version=self.convention.catalogue_id, code=code)
            Result.objects.create(**place_of(self), indicator=indicator, **answer_fields(answer))
        if self.counted_at:
            self.results.count_in()


def place_of(submission: Submission) -> dict[str, Any]:  # Any: model fields
    """The fields that a Result has of its submission."""
    company = submission.company
    return {
        "submission": submission,
        "company": company,
        "department_id": company.department_id,
        "semester": submission.semester,
    }


def answer_fields(answer: int | str | Decimal | None) -> dict[str, Any]:  # Any: model fields
    """The fields of a Result for a number, None or the reason of « sans objet »."""
    if answer is None:
        return {"status": Result.Status.UNANSWERED}
    if isinstance(answer, str):
        return {"status": Result.Status.NOT_APPLICABLE, "reason": answer}
    return {"status": Result.Status.VALUE, "value": Decimal(answer)}


class ActionExampleFactory(DjangoModelFactory[ActionExample]):
    """A concrete action, validated with its submission."""

    class Meta:
        model = ActionExample

    submission = factory.SubFactory(SubmissionFactory)
    axis = "recruter"
    title = "Une matinée de recrutement au pied du Terril"
    text = "Douze candidats reçus, quatre embauches."
    counted_axis = factory.LazyAttribute(lambda example: example.axis if example.submission.is_counted else "")
    counted_title = factory.LazyAttribute(lambda example: example.title if example.submission.is_counted else "")
    counted_text = factory.LazyAttribute(lambda example: example.text if example.submission.is_counted else "")
