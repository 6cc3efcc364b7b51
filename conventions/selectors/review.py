"""What surrounds the figures of a submission: the versions sent with what changed between them, and the journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conventions.answers import AnswerChange, changes
from conventions.models import Submission, SubmissionLog, SubmissionVersion
from indicators.specs import Unit


@dataclass(frozen=True)
class Round:
    """One version sent, and what it changed in the one before."""

    version: SubmissionVersion
    changes: tuple[AnswerChange, ...]


@dataclass(frozen=True)
class Past:
    """What happened to a submission, the last thing first."""

    rounds: tuple[Round, ...]
    journal: tuple[SubmissionLog, ...]

    @property
    def receipt(self) -> SubmissionVersion | None:
        """The last version sent."""
        return self.rounds[0].version if self.rounds else None


def past_of(submission: Submission) -> Past:
    """Versions and journal: two queries."""
    versions = list(submission.versions.select_related("by"))
    units = {spec.code: spec.unit for spec in submission.convention.specification.indicators}
    return Past(
        rounds=tuple(reversed(_rounds(versions, units))),
        journal=tuple(submission.logs.select_related("by").order_by("-pk")),
    )


def _rounds(versions: Sequence[SubmissionVersion], units: Mapping[str, Unit]) -> list[Round]:
    """Each version with its difference to the one before; the first has none."""
    earlier = [None, *versions]
    return [
        Round(version, changes(before.answers, version.answers, units) if before else ())
        for before, version in zip(earlier, versions, strict=False)
    ]
