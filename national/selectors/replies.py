"""The bilans that the agency has not answered yet, and the answers of préfectures that it has not read."""

from collections import Counter

from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from french.numbers import counted
from reporting.dashboards.words import Task
from reporting.models import Bilan
from reporting.transitions import Standing, standing_after
from territories.semester import Semester

SENTENCES = {
    Standing.UNREAD: ("bilan du {} sans réponse de l’agence", "bilans du {} sans réponse de l’agence"),
    Standing.ANSWERED: ("réponse d’une préfecture sur le {}", "réponses de préfectures sur le {}"),
}
"""What waits for the agency, one or several, of a semester."""


def to_answer(user: User) -> tuple[Task, ...]:
    """One line per semester and kind, the last semester first; its page shows exactly what it counts. One query."""
    rows = Bilan.objects.visible_to(user).latest_transmitted().with_last_word().order_by("-semester")
    words = rows.values_list("semester", "last_word").annotate(how_many=Count("pk"))  # type: ignore[misc]  # annotated
    counts: Counter[tuple[Semester, Standing]] = Counter()
    for semester, word, how_many in words:
        counts[semester, standing_after(word)] += how_many
    page = reverse("bilan_list")
    return tuple(
        Task(
            counted(how_many, *(sentence.format(semester.label) for sentence in SENTENCES[standing])),
            f"{page}?semestre={semester}&reponse={standing}",
        )
        for (semester, standing), how_many in counts.items()
        if standing in SENTENCES
    )
