"""Erases a person: the rows that are theirs go, the account becomes nobody's, figures and journals stay."""

import logging
import re
from datetime import datetime
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from documents.models import StoredFile
from privacy.inventory import INVENTORY, REWRITTEN, Fate, Held
from privacy.selectors import rows_of, words_about

logger = logging.getLogger(__name__)

REMOVED = "[effacé]"


@transaction.atomic
def anonymise(address: str, *, at: datetime) -> dict[str, int]:
    """Erase everything that tells who the person at this address is; how many rows of each table were touched.

    Figures, journals and sent bilans stay: they belong to the programme. What others typed into free texts stays too,
    `selectors.mentions` finds it.
    """
    words = words_about(address)
    user = User.objects.at(address)
    touched = {
        label: _settle(label, held, address=address, user=user)
        for label, held in INVENTORY.items()
        if held.fate is not Fate.KEPT
    }
    if user:
        user.invitations_sent.take_back(at=at, by=user)
        _become_nobody(user)
        touched["accounts.User"] = 1
    for label, names in REWRITTEN.items():
        touched[label] = touched.get(label, 0) + _take_out(label, names, words)
    # The previews of drafts may print the person; they are made again when somebody asks for them.
    touched["documents.StoredFile"] = StoredFile.objects.unreferenced().delete()[0]
    logger.info("a person was anonymised: account %s", user.pk if user else "none")
    return {label: count for label, count in touched.items() if count}


def _settle(label: str, held: Held, *, address: str, user: User | None) -> int:
    """Delete or empty the rows of one table that are this person's."""
    rows = rows_of(label, held, address=address, user=user)
    if held.fate is Fate.DELETED:
        return rows.delete()[1].get(label, 0)
    emptied = dict.fromkeys([*held.identity.split(), *held.contact.split()], "")
    return rows.update(**emptied)


def _become_nobody(user: User) -> None:
    """The row stays, because journals point to it; nobody can sign in with it, and it names nobody."""
    user.email = f"compte-{user.pk}@{User.NOBODY}"
    user.first_name, user.last_name, user.job_title, user.phone = "Compte", "anonymisé", "", ""
    user.new_email, user.new_email_at, user.proconnect_sub = "", None, ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()


def _take_out(label: str, names: tuple[str, ...], words: list[str]) -> int:
    """Replace the words in texts that the portal wrote; returns how many rows changed."""
    changed = 0
    rows = apps.get_model(label)._default_manager
    for name in names:
        holding = reduce(or_, (Q(**{f"{name}__icontains": word}) for word in words))
        for row in rows.filter(holding):
            setattr(row, name, _without(getattr(row, name), words))
            row.save(update_fields=[name])
            changed += 1
    return changed


def _without(text: str, words: list[str]) -> str:
    """The text with each word replaced, whatever its case."""
    return re.sub("|".join(map(re.escape, words)), REMOVED, text, flags=re.IGNORECASE)
