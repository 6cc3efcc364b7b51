"""What stands in the way of a convention being drawn up as it is typed: all of it, for the form to say at once."""

from collections.abc import Iterator
from datetime import date

from companies.models import Company
from conventions.expected import last_day
from conventions.models import Convention
from conventions.signature import overlap_refusal, taken_refusal, too_old


def frame_refusals(
    company: Company, *, starts_on: date | None, charter: str, draft: Convention | None = None
) -> Iterator[tuple[str, str]]:
    """Names of fields of the frame, each with why it cannot stay, in French. Two queries at most.

    `draft` is the convention that is changed; the actions refuse the same again, under lock.
    """
    others = Convention.objects.filter(company=company)
    others = others.exclude(pk=draft.pk) if draft else others
    if starts_on and (refusal := too_old(starts_on)):
        yield "starts_on", refusal
    elif starts_on and (other := others.overlapping(starts_on, last_day(starts_on)).first()):
        yield "starts_on", overlap_refusal(other.reference, other.starts_on, other.effective_end)
    holder = others.filter(charter__reference=charter).select_related("charter").first() if charter else None
    if holder:
        yield "charter_reference", taken_refusal(holder.charter, holder.reference)
