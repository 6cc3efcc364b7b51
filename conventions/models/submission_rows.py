"""Submissions by the questions people ask: what is received, validated, pending, late or silent has its home here."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest

from conventions.models.campaign import Campaign
from conventions.models.convention import Convention, search_condition
from territories.scoping import ScopedQuerySet
from territories.semester import Semester

if TYPE_CHECKING:
    from conventions.models.submission import Submission  # noqa: F401  # the base names it, as a text


def due_on(path: str = "") -> Greatest:
    """The last day to transmit in time, the extension included, of the submission at the end of `path`."""
    return Greatest(f"{path}campaign__due_on", Coalesce(f"{path}extended_until", f"{path}campaign__due_on"))


def closes_on(path: str = "") -> Greatest:
    """The last day on which it may still be transmitted for the first time, the extension included."""
    return Greatest(f"{path}campaign__locks_on", Coalesce(f"{path}extended_until", f"{path}campaign__locks_on"))


def is_received(path: str = "") -> Q:
    """Transmitted once, sent back for correction since or not."""
    return Q((f"{path}first_transmitted_on__isnull", False))


def is_validated(path: str = "") -> Q:
    """A version of it was validated, a correction open since or not: its figures count."""
    return Q((f"{path}counted_at__isnull", False))


def is_late(path: str = "") -> Q:
    """First transmitted after its last day."""
    return Q((f"{path}first_transmitted_on__gt", due_on(path)))


ORDER = ("-semester", "company__name_key", "pk")
"""The last semester first, then company by company in French order."""


class SubmissionQuerySet(ScopedQuerySet["Submission"]):
    """Submissions, by the questions people ask."""

    def of(self, semester: Semester) -> "SubmissionQuerySet":
        """Those of one semester."""
        return self.filter(semester=semester)

    def asked_by(self, convention: Convention) -> "SubmissionQuerySet":
        """Those in which this convention asks: of its semesters, but one that was sent before it was signed."""
        first, last = Semester.containing(convention.starts_on), Semester.containing(convention.effective_end)
        # They hang on it or on a later one: signing a later convention moves what was not sent.
        of_its_time = self.filter(company=convention.company_id, semester__gte=first, semester__lte=last)
        return of_its_time.filter(convention__starts_on__gte=convention.starts_on)

    def search(self, text: str) -> "SubmissionQuerySet":
        """Those of a company or convention that has every word of `text`."""
        return self.filter(search_condition(text, convention="convention__", company="company__"))

    def received(self) -> "SubmissionQuerySet":
        """Transmitted once, sent back for correction since or not: « remontées reçues »."""
        return self.filter(is_received())

    def validated(self) -> "SubmissionQuerySet":
        """A version of it was validated, a correction open since or not: its figures count."""
        return self.filter(is_validated())

    def pending(self) -> "SubmissionQuerySet":
        """Received, and no version of it was validated yet."""
        return self.received().filter(counted_at=None)

    def silent(self) -> "SubmissionQuerySet":
        """Never transmitted."""
        return self.filter(first_transmitted_on=None)

    def untouched(self) -> "SubmissionQuerySet":
        """Opened, and nobody did anything with them."""
        return self.silent().filter(version=0, logs=None)

    def overdue(self, *, on: date) -> "SubmissionQuerySet":
        """Never transmitted although their last day, the extension included, is past."""
        return self.silent().alias(last_day=due_on()).filter(last_day__lt=on)

    def silent_again(self, *, on: date) -> "SubmissionQuerySet":
        """The overdue ones of the last semester whose day is past, of companies overdue in the one before too.

        One row per company. One query more: which semester that is.
        """
        last = Campaign.objects.filter(due_on__lt=on).order_by("-semester").first()
        if last is None:
            return self.none()
        before = self.model.objects.overdue(on=on).of(last.semester.previous).filter(company=OuterRef("company"))
        return self.overdue(on=on).of(last.semester).filter(Exists(before))

    def enterable(self, *, on: date) -> "SubmissionQuerySet":
        """Never transmitted, and still open that day."""
        return self.silent().alias(shuts_on=closes_on()).filter(campaign__opens_on__lte=on, shuts_on__gte=on)

    def shut(self, *, on: date) -> "SubmissionQuerySet":
        """Never transmitted, and closed: only a delay opens them again."""
        return self.silent().alias(shuts_on=closes_on()).filter(shuts_on__lt=on)

    def late(self) -> "SubmissionQuerySet":
        """First transmitted after their last day, the extension included."""
        return self.filter(is_late())

    def with_progress(self) -> "SubmissionQuerySet":
        """Add `asked` and `answered`: how many indicators there are and how many have an answer."""
        answered = ~Q(results__status="unanswered")
        counted = self.annotate(
            asked=Count("results"), answered=Count("results", filter=answered & Q(results__isnull=False))
        )
        # Django leaves the model's own order out of a query that counts: the rows would come as they please.
        return counted.order_by(*(self.query.order_by or ORDER))
