"""The numbers of what was sent, apart from the document: what the nation, or any part of it, adds up."""

import hashlib
import json
from collections.abc import Hashable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from conventions.expected import PARTS
from reporting.models.bilan import BilanDocument
from territories.fields import SemesterField
from territories.models import Department
from territories.scoping import Paths, ScopedModel

if TYPE_CHECKING:
    BigInteger = models.BigIntegerField[Any, Any]
else:
    BigInteger = models.BigIntegerField


class ExactField(BigInteger):
    """An exact number, kept as how many of its smallest step: both databases add it up without rounding."""

    steps: ClassVar[int]
    """How many steps make one."""

    def get_prep_value(self, value: Any) -> Any:  # Any: Django's own signature
        """Raises ValueError for a number between two steps: it would be rounded without a word."""
        if value is None:
            return None
        counted = Fraction(value) * self.steps
        if counted.denominator != 1:
            raise ValueError(f"{value} is no whole number of 1/{self.steps}")
        return counted.numerator


class AmountField(ExactField):
    """Two decimals, as results have."""

    steps = 100

    def from_db_value(self, value: Decimal | int | None, *_context: object) -> Decimal | None:
        """The amount; a sum of the column comes back this way too."""
        return None if value is None else Decimal(int(value)).scaleb(-2)


class PartsField(ExactField):
    """A fraction in `PARTS`, as expectations are."""

    steps = PARTS

    def from_db_value(self, value: Decimal | int | None, *_context: object) -> Fraction | None:
        """The fraction; a sum of the column comes back this way too."""
        return None if value is None else Fraction(int(value), PARTS)


def _amount() -> AmountField:
    return AmountField(null=True, blank=True)


def _parts() -> PartsField:
    return PartsField(null=True, blank=True)


def _count() -> "models.PositiveIntegerField[Any, Any]":
    return models.PositiveIntegerField(default=0)


class SentAnswers(ScopedModel):
    """What each firm gave of each indicator in a bilan as it was sent: what its public version has to hide.

    No page and no file shows it, and the agency does not see it. Written once, in the transaction that sends.
    """

    document = models.OneToOneField(
        BilanDocument, on_delete=models.PROTECT, related_name="answers", verbose_name="document transmis"
    )
    given = models.JSONField("réponses")
    """Code → SIREN → a number, as text so that it stays exact."""
    sha256 = models.CharField("empreinte SHA-256 des réponses", max_length=64)
    """The snapshot does not say what one firm gave: without it, what moved from one to another would not show."""

    scope_paths = Paths(department="document__bilan__department")

    class Meta:
        verbose_name = "réponses d’un bilan transmis"
        verbose_name_plural = "réponses des bilans transmis"

    def __str__(self) -> str:
        return str(self.document_id)

    @classmethod
    def of(cls, document: BilanDocument, given: Mapping[str, Mapping[str, Decimal]]) -> "SentAnswers":
        """The row, not saved."""
        written = {code: {firm: str(value) for firm, value in firms.items()} for code, firms in given.items()}
        return cls(document=document, given=written, sha256=_fingerprint(written))

    @property
    def is_intact(self) -> bool:
        """Whether these are the answers that were kept."""
        return _fingerprint(self.given) == self.sha256

    @property
    def by_code(self) -> Mapping[str, Mapping[Hashable, Decimal]]:
        """What was given, as numbers, by firm: to whoever reads them, a name is as good as a SIREN."""
        return {code: {firm: Decimal(said) for firm, said in firms.items()} for code, firms in self.given.items()}


def _fingerprint(given: Mapping[str, Mapping[str, str]]) -> str:
    """The same whatever the base from which it comes back."""
    return hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()


class SentLine(ScopedModel):
    """One indicator or one ratio of a bilan as it was sent; its numbers are those of `Figure` and `RatioFigure`.

    Written once, in the transaction that sends, from the very value of the snapshot; `check_sent` compares the two.
    """

    document = models.ForeignKey(
        BilanDocument, on_delete=models.PROTECT, related_name="lines", verbose_name="document transmis"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="sent_lines", verbose_name="département"
    )
    semester = SemesterField("semestre")
    code = models.CharField("code", max_length=20)
    words = models.TextField("mots")
    """What it is called, as JSON, so that it reads as it was printed whatever the catalogue says since."""
    runs = models.BooleanField("court depuis le lancement", default=False)
    """A flux that adds up over time: its last bilan counts for a département that did not send this one."""
    depth = models.PositiveSmallIntegerField(default=0)
    apart = models.BooleanField(default=False)

    value = _amount()
    """`Figure.semester`."""
    respondents, not_applicable, silent, pending, asked = _count(), _count(), _count(), _count(), _count()
    previous = _amount()
    constant, constant_companies, arrivals, departures = _amount(), _count(), _amount(), _amount()
    last_known, carried, carried_companies = _amount(), _amount(), _count()
    cumulative, cumulative_companies = _amount(), _count()
    expected, expected_answered, expected_companies = _parts(), _parts(), _count()
    tracked, holes = _amount(), _count()
    objective, objective_conventions = _parts(), _count()
    progress_numerator = models.BigIntegerField(null=True, blank=True)
    progress_denominator = models.BigIntegerField(null=True, blank=True)
    """What two conventions share of a semester is split by days: a fraction of any denominator."""
    numerator, denominator = _amount(), _amount()

    scope_paths = Paths(department="department", national=models.Q())

    class Meta:
        verbose_name = "ligne transmise"
        verbose_name_plural = "lignes transmises"
        constraints = (
            models.UniqueConstraint(
                fields=("document", "code"),
                name="sent_line_once",
                violation_error_message="Cette ligne existe déjà.",
            ),
        )
        indexes = (models.Index(fields=("semester", "department"), name="sent_line_by_semester"),)

    def __str__(self) -> str:
        return f"{self.department_id} {self.semester} {self.code}"
