"""The contact that a row of a file names, beside its company: added, or corrected; a file takes nobody away."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from companies.models import Company, Contact
from french.order import folded
from tabular.cells import Cell
from tabular.importing import CellChange, FileRow

CONTACT, JOB, EMAIL, PHONE = "Contact", "Fonction du contact", "Courriel du contact", "Téléphone du contact"
FIELDS = {CONTACT: "name", JOB: "job_title", EMAIL: "email", PHONE: "phone"}
"""What each column sets."""

ALIASES = {
    "nom du contact": CONTACT,
    "contact entreprise": CONTACT,
    "interlocuteur": CONTACT,
    "fonction": JOB,
    "poste": JOB,
    "courriel": EMAIL,
    "email": EMAIL,
    "e mail": EMAIL,
    "mail": EMAIL,
    "adresse mail": EMAIL,
    "telephone": PHONE,
    "tel": PHONE,
    "portable": PHONE,
}
"""How people head them, folded."""

HINTS = {
    CONTACT: "Nom d’une personne à qui écrire\u00a0; vide, aucun contact ne change.",
    JOB: "Sa fonction.",
    EMAIL: "Son courriel professionnel\u00a0: c’est à lui, sinon au nom, qu’est reconnu un contact enregistré.",
    PHONE: "Son téléphone professionnel.",
}

SAME = "écrivez la même chose aux deux lignes."

PHONE_DIGITS = 9
"""Of a French number that a spreadsheet took for one, without its zero."""


@dataclass(frozen=True)
class ContactChange:
    """A contact before and after; there is none before a new one."""

    before: Contact | None
    after: Contact

    @property
    def found(self) -> list[str] | None:
        """What was there, for who asks whether it is still so."""
        return None if self.before is None else [getattr(self.before, name) for name in FIELDS.values()]


class KnownContacts:
    """Those of the companies that a file names, read at once when it names a contact at all."""

    def __init__(self, rows: Sequence[FileRow], companies: Iterable[UUID]) -> None:
        self.by_company: dict[UUID, list[Contact]] = {}
        self.written: dict[UUID, list[tuple[int, Contact]]] = {}
        """What the rows so far make of those of a company, with the number of each row."""
        if not names_contacts(rows):
            return
        for contact in Contact.objects.filter(company__in=set(companies)):
            self.by_company.setdefault(contact.company_id, []).append(contact)

    def change(self, company: Company, row: FileRow, faults: dict[str, list[str]]) -> ContactChange | None:
        """What the row says of a contact, None when it changes nothing; what is wrong joins `faults`, by column."""
        typed = {column: _typed(row, column) for column in FIELDS if row.text(column).strip()}
        if not typed:
            return None
        before = _same(self.by_company.get(company.pk, []), typed)
        if before and _says(before, typed):
            return None
        if earlier := self._earlier(company, before, typed):
            line, contact = earlier
            wrong = [column for column, text in typed.items() if getattr(contact, FIELDS[column]) != text]
            faults |= {column: [f"la ligne {line} dit autre chose de ce contact\u00a0: {SAME}"] for column in wrong}
            return None
        after = copy(before) if before else Contact(company=company)
        after.company = company
        for column, text in typed.items():
            setattr(after, FIELDS[column], text)
        self.written.setdefault(company.pk, []).append((row.number, after))
        faults |= _faults(after)
        return ContactChange(before, after)

    def _earlier(
        self, company: Company, before: Contact | None, typed: Mapping[str, str]
    ) -> tuple[int, Contact] | None:
        """What another row of the file made of the same contact, and its number: a company may stand in several."""
        written = self.written.get(company.pk, [])
        same = before or _same([contact for _, contact in written], typed)
        return next(((line, contact) for line, contact in written if same is not None and contact == same), None)


def _same(theirs: Sequence[Contact], typed: Mapping[str, str]) -> Contact | None:
    """The contact that a row means, by its address, else by its name."""
    by_address = (item for item in theirs if EMAIL in typed and item.email.lower() == typed[EMAIL].lower())
    by_name = (item for item in theirs if CONTACT in typed and folded(item.name) == folded(typed[CONTACT]))
    return next(by_address, None) or next(by_name, None)


def _says(contact: Contact, typed: Mapping[str, str]) -> bool:
    """Whether it says already all that the row says."""
    return all(getattr(contact, FIELDS[column]) == text for column, text in typed.items())


def names_contacts(rows: Sequence[FileRow]) -> bool:
    """Whether the file has one of these columns."""
    return any(column in row.cells for row in rows[:1] for column in FIELDS)


def contact_cells(company: Company) -> list[Cell]:
    """The first contact of a company, as a file says it; one query unless they are prefetched."""
    first = next(iter(company.contacts.all()), None)
    return [getattr(first, name) if first else "" for name in FIELDS.values()]


def contact_changes(change: ContactChange | None, *, is_new: bool) -> list[CellChange]:
    """What the preview shows of it; `is_new`: beside a row that is itself new, where nothing stood."""
    if change is None:
        return []
    return [
        CellChange(column, None if is_new else getattr(change.before, name, ""), getattr(change.after, name))
        for column, name in FIELDS.items()
    ]


def _typed(row: FileRow, column: str) -> str:
    text = row.text(column).strip()
    lost_zero = column == PHONE and text.isdecimal() and len(text) == PHONE_DIGITS
    return f"0{text}" if lost_zero else text


def _faults(contact: Contact) -> dict[str, list[str]]:
    """As its form would say them, by column."""
    try:
        contact.clean_fields(exclude=["id", "company", "name_key"])
    except ValidationError as error:
        columns = {name: column for column, name in FIELDS.items()}
        return {columns[name]: found for name, found in error.message_dict.items()}
    return {}
