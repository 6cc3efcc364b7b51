"""What the départements wrote and listed in the bilans of a semester, one kind after the other, side by side."""

from collections.abc import Mapping

from django.db.models import QuerySet

from accounts.models import User
from reporting.models import SentExample, SentText
from territories.semester import Semester

EXAMPLES = "examples"
KINDS: Mapping[str, str] = {**dict(SentText.Box.choices), EXAMPLES: "exemples d’actions"}
"""What can be read side by side, as filters call it."""
LISTED = frozenset({str(SentText.Box.PARTNERS), str(SentText.Box.SIGNATORIES)})
"""What is a line and not a text."""


def gathered(
    user: User, semester: Semester, *, rubrique: str, region: str = "", departement: str = "", q: str = ""
) -> QuerySet[SentText] | QuerySet[SentExample]:
    """Those of the last version of each bilan, place after place, in the order of the bilan."""
    asked = {"department__region": region, "department": departement}
    narrowed = {name: value for name, value in asked.items() if value}
    if rubrique == EXAMPLES:
        examples = SentExample.objects.visible_to(user).of_last_versions().search(q)
        return (
            examples.filter(semester=semester, **narrowed).select_related("department").order_by("department", "rank")
        )
    texts = SentText.objects.visible_to(user).of_last_versions().search(q)
    found = texts.filter(semester=semester, box=rubrique, **narrowed)
    return found.select_related("department").order_by("department", "rank")
