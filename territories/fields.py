"""A model field that stores a Semester as its code, so that rows sort as time does."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Expression

from territories.semester import Semester


class SemesterField(models.CharField[Semester | str, Semester]):
    """A half-year, kept in the database as "2019-S1"."""

    description = "Semestre"

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        kwargs["max_length"] = 7
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, _expression: Expression, _connection: object) -> Semester | None:
        """Text of the database to Semester."""
        return None if value is None else Semester.parse(value)

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
