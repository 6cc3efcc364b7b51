"""The library of good practices: what was told in the bilans that were sent, by those who agree to be published."""

from django.db.models import Case, Value, When

from accounts.models import User
from indicators.specs import Axis
from reporting.models import SentExample
from reporting.models.sent_example import SentExampleQuerySet
from territories.semester import Semester

ORDER_OF_AXES = Case(*(When(axis=axis.value, then=Value(rank)) for rank, axis in enumerate(Axis)))
"""That of the circular, not of the alphabet."""


def practices(
    user: User, *, axe: str = "", region: str = "", departement: str = "", semestre: str = "", q: str = ""
) -> SentExampleQuerySet:
    """Those of the last version of each bilan, the most recent semester first, then axis by axis and by place."""
    rows = SentExample.objects.visible_to(user).of_last_versions().publishable().search(q)
    asked = {"axis": axe, "department__region": region, "department": departement, "semester": semestre}
    narrowed = rows.filter(**{name: value for name, value in asked.items() if value})
    return narrowed.select_related("department").order_by("-semester", ORDER_OF_AXES, "department", "rank")


def semesters_told(user: User) -> list[Semester]:
    """The semesters that have some, the last one first. One query."""
    rows = SentExample.objects.visible_to(user).of_last_versions().publishable()
    return list(rows.order_by("-semester").values_list("semester", flat=True).distinct())
