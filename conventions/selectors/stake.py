"""What cancelling a signature loses: the submissions expected, and what companies have typed in them already."""

from dataclasses import dataclass

from django.db.models import Count, Q

from conventions.models import Convention, Submission
from french.numbers import counted


@dataclass(frozen=True)
class Loss:
    """One submission that goes."""

    submission: Submission
    answered: int
    examples: int

    @property
    def typed(self) -> str:
        """What is in it, in words; empty when nobody has typed anything."""
        counts = ((self.answered, "réponse", "réponses"), (self.examples, "exemple", "exemples"))
        return " et ".join(counted(number, one, several) for number, one, several in counts if number)


@dataclass(frozen=True)
class Stake:
    """All of them, by semester."""

    losses: tuple[Loss, ...]

    @property
    def token(self) -> str:
        """The same as long as nobody saves: what a page was shown, and sends back."""
        return ",".join(f"{loss.submission.pk}:{loss.submission.version}" for loss in self.losses)


def stake_of(convention: Convention) -> Stake:
    """Read it; two queries."""
    submissions = list(Submission.objects.asked_by(convention).with_progress().order_by("semester"))
    counts = Submission.objects.asked_by(convention).annotate(
        told=Count("examples", filter=Q(examples__withdrawn=False))
    )
    told = dict(counts.order_by().values_list("pk", "told"))
    return Stake(tuple(Loss(row, getattr(row, "answered", 0), told.get(row.pk, 0)) for row in submissions))
