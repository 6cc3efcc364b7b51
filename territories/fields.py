"""Model fields that know their subject: a Semester sorts as time does, a name as French does, a text has its length."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from dsfr_forms.text import AtMost
from french.order import order_key, search_key
from territories.semester import Semester


@lru_cache(maxsize=256)
def _known(code: str) -> Semester:
    """What the database holds was read before: a few semesters, in many rows."""
    return Semester.parse(code)


class SemesterField(models.CharField[Semester | str, Semester]):
    """A half-year, kept in the database as "2019-S1"."""

    description = "Semestre"

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        kwargs["max_length"] = 7
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, _expression: Expression, _connection: object) -> Semester | None:
        """Text of the database to Semester."""
        return None if value is None else _known(value)

    def to_python(self, value: Semester | str | None) -> Semester | None:
        """Any accepted form to Semester. Raises ValidationError with a French sentence."""
        if value is None or isinstance(value, Semester):
            return value
        try:
            return Semester.parse(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def run_validators(self, value: object) -> None:
        """Nothing to check: a Semester is right by construction, and has no length as text has."""

    def get_prep_value(self, value: Any) -> str | None:  # Any: Django's own signature
        """Semester to text; a malformed text is refused here, not by the database."""
        python = self.to_python(value)
        return None if python is None else str(python)

    def value_to_string(self, obj: models.Model) -> str:
        """For serializers."""
        return str(self.value_from_object(obj))


class NarrativeField(models.TextField[str, str]):
    """A text that people write, with the most it may hold: its form says so, and the model refuses more itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **kwargs)
        if self.max_length is None:
            raise TypeError("a narrative needs its longest length")
        self.longest = AtMost(self.max_length)

    def run_validators(self, value: Any) -> None:  # Any: as above
        """A TextField leaves its length to the forms; a file or the administration has none."""
        super().run_validators(value)
        self.longest(value or "")


class KeyField(models.TextField[str, str]):
    """A key made from other fields of the row, `of`, whenever the row is saved; compared byte by byte everywhere.

    What does not save rows (`update`, `bulk_update`, `update_fields`) does not make it again: a test forbids these
    for the fields of a key.
    """

    key: Callable[..., str]

    def __init__(self, *args: Any, of: Sequence[str], **kwargs: Any) -> None:  # Any: Django's own signature
        self.of = tuple(of)
        super().__init__(*args, **{**kwargs, "editable": False, "default": ""})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:  # Any: as above
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"], kwargs["default"]
        return name, path, args, {**kwargs, "of": self.of}

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:  # Any: Django's typed dictionary
        """PostgreSQL would order by the language of its cluster, which differs from one machine to the next."""
        parameters = super().db_parameters(connection)
        return {**parameters, "collation": "C"} if connection.vendor == "postgresql" else parameters

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  # Django's own signature
        """Make the key from what the row says now."""
        made = type(self).key(*(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, made)
        return made


class OrderKeyField(KeyField):
    """Orders rows by their names."""

    key = staticmethod(order_key)


class SearchKeyField(KeyField):
    """What a search of the rows looks into."""

    key = staticmethod(search_key)
