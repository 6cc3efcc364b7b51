"""The bilans of the set of measures, sent by the very actions of the portal; their files are only a mark."""

from datetime import datetime, time, timedelta

from accounts.models import User
from demonstration.answering import SEMESTERS
from documents import filing
from documents.models import StoredFile
from reporting import actions
from reporting.bilan import BilanData
from territories.clock import now
from territories.models import Department, DepartmentFigures

SENT = SEMESTERS[-3:-1]
"""The last two semesters before the one that is collected."""

TEXT = "Les entreprises ont répondu, les pages qui suivent disent ce qu’elles ont fait."
BOXES = ("organisation", "strategy", "obstacles", "essentials")
NO_FIGURES = "Demandés au service public de l’emploi, pas encore reçus."
NOTE = "Quelques entreprises n’ont pas répondu."


def send_bilans(department: Department, referent: User) -> None:
    """Start, write and transmit each of them."""
    for semester in SENT:
        day = semester.next.start + timedelta(days=60)
        at = datetime.combine(day, time(10), department.zone)
        bilan = actions.start(department=department, semester=semester, at=at, by=referent)
        bilan = actions.write(bilan, by=referent, read=BOXES, **dict.fromkeys(BOXES, TEXT))
        figures = DepartmentFigures.objects.filter(department=department, semester=semester).first()
        actions.set_context(bilan, figures=figures or DepartmentFigures(defm_reason=NO_FIGURES), by=referent)
        actions.transmit(bilan, at=at, by=referent, render=_mark, sending_note=NOTE)


def _mark(data: BilanData) -> dict[str, StoredFile]:
    """Laying two hundred documents out would take minutes, and says nothing of the portal."""
    text = f"{data.place.code} {data.semester}"
    file = filing.keep(filing.key_of("mark", text), text.encode(), "text/plain", at=now())
    return dict.fromkeys(("pdf", "html", "xlsx", "ods", "csv", "json"), file)
