"""Path converters: an address that does not name a semester or a département does not exist (404)."""

from functools import cache

from django.urls import register_converter

from territories.semester import Semester


class SemesterConverter:
    """« 2019-S1 » in an address."""

    regex = "[0-9]{4}-S[12]"

    def to_python(self, value: str) -> Semester:
        """Address to Semester; a ValueError makes the address unknown."""
        return Semester.parse(value)

    def to_url(self, value: Semester | str) -> str:
        """Semester to address."""
        return str(value)


class DepartmentConverter:
    """The string code of a département: 01, 2A, 974."""

    regex = "[0-9][0-9AB][0-9]?"

    def to_python(self, value: str) -> str:
        """The code stays a string."""
        return value

    def to_url(self, value: str) -> str:
        """The code stays a string."""
        return value


@cache
def register() -> None:
    """Make `<semester:…>` and `<department:…>` known, once; called by every module that declares addresses."""
    register_converter(SemesterConverter, "semester")
    register_converter(DepartmentConverter, "department")
