"""Make public what may be read of a semester: once, for everybody, for ever."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from national.acts import PUBLISH, PUBLISHING
from national.models import Publication
from national.selectors.publication import content_of, fingerprint, read_now, versions_read
from territories.semester import Semester
from workflows.tables import Incomplete, WrongState

DONE = "Les chiffres de ce semestre sont déjà publiés\u00a0: ils ne changent plus."
CHANGED = "Un bilan est arrivé depuis que vous avez lu cette page\u00a0: rien n’est publié. Relisez, puis recommencez."


def publish(*, semester: Semester, shown: str, at: datetime, by: User) -> Publication:
    """Choose and keep the public figures of a semester, of what was sent until now. Raises TransitionRefused.

    `shown` names the bilans that were read (`versions_read`): no other is published. The figures are chosen before
    anything is written: it takes seconds, in which a bilan may arrive.
    """
    PUBLISHING.check_act(PUBLISH, acting_as=by.role_today)
    if Publication.objects.filter(semester=semester).exists():
        raise WrongState([DONE])
    content = content_of(semester)
    if not content["departments"]:
        raise Incomplete(["Aucun bilan de ce semestre n’est transmis\u00a0: il n’y a rien à publier."])
    if {versions_read(content["departments"]), read_now(semester)} != {shown}:
        raise WrongState([CHANGED])
    row = Publication(semester=semester, at=at, by=by, content=content, sha256=fingerprint(content))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise WrongState([DONE]) from None
    return row
