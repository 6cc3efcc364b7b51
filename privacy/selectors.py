"""Reads what the portal holds on a person: the rows that are theirs, and the words that name them elsewhere."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import CharField, JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import User
from accounts.selectors.team import is_last
from privacy.inventory import INVENTORY, SECRET, Held

Value = object
Row = dict[str, Value]


def rows_of(label: str, held: Held, *, address: str, user: User | None) -> QuerySet[Model]:
    """The rows of one table that are this person's: linked to the account, or at the address."""
    whose = _linked(held.of_account, user)
    if held.of_address:
        whose |= Q(**{f"{held.of_address}__iexact": address.strip()})
    return _rows(label, whose)


def held_on(address: str) -> dict[str, list[Row]]:
    """Everything held on the person at this address, and what this person did, table by table, in French words."""
    user = User.objects.at(address)
    found = {
        label: [
            _readable(row)
            for row in rows_of(label, held, address=address, user=user) | _rows(label, _linked(held.by_account, user))
        ]
        for label, held in INVENTORY.items()
    }
    return {label: rows for label, rows in found.items() if rows}


def _linked(names: str, user: User | None) -> Q:
    """Whether one of these fields links a row to this account."""
    return reduce(or_, (Q(**{name: user}) for name in names.split() if user), Q(pk__in=[]))


def _rows(label: str, condition: Q) -> QuerySet[Model]:
    rows: QuerySet[Model] = apps.get_model(label)._default_manager.filter(condition)
    return rows


def words_about(address: str) -> list[str]:
    """The address, the whole names and the telephones by which this person can be recognised; the longest first."""
    found = {User.objects.normalize_email(address)}
    if user := User.objects.at(address):
        # An address asked for and not confirmed yet: the mail that went there names it.
        found |= {user.phone, user.new_email}
        found |= {f"{user.first_name} {user.last_name}" if user.first_name and user.last_name else ""}
    for label in ("companies.Contact", "reporting.Bilan"):
        held = INVENTORY[label]
        for row in rows_of(label, held, address=address, user=user):
            names = [*held.contact.split(), held.identity.split()[0]]
            found |= {str(getattr(row, name)).strip() for name in names}
    return sorted(found - {""}, key=lambda word: (-len(word), word))


def mentions(words: list[str]) -> Iterator[tuple[str, object, str]]:
    """(table, key, field) of every text that still holds one of these words; sent bilans are archives and apart."""
    holding = reduce(or_, (Q(as_text__icontains=word) for word in words))
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        archive = label in INVENTORY and INVENTORY[label].archive
        for field in () if archive else model._meta.concrete_fields:
            if isinstance(field, CharField | TextField | JSONField):
                texts = model._default_manager.annotate(as_text=Cast(field.name, TextField()))
                yield from ((label, pk, field.name) for pk in texts.filter(holding).values_list("pk", flat=True))


def still_needed(user: User) -> list[str]:
    """Why nobody would do this person's work any more: one sentence per place without another active holder."""
    if not user.is_active:
        return []
    where = f"référent actif du département {user.department_id}" if user.department_id else "agent actif du CGET"
    found = [f"C’est le dernier {where}."] if is_last(user) else []
    alone = [place for place in user.memberships.select_related("company") if place.is_last_administrator()]
    found += [f"C’est le dernier administrateur actif de l’entreprise {place.company.name}." for place in alone]
    return found


def _readable(row: Model) -> Row:
    """A row by the French names of its fields; what a row points to by its name."""
    return {
        str(field.verbose_name): _value(row, field.name, is_link=field.is_relation)
        for field in row._meta.concrete_fields
        if field.name not in SECRET
    }


def _value(row: Model, name: str, *, is_link: bool) -> Value:
    value = getattr(row, name)
    return str(value) if is_link and value is not None else value
