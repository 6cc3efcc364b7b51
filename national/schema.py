"""What is published of the JSON file of the nation."""

from national.value import NATIONAL_SCHEMA, NationalTotal
from reporting.schema import Published

NATIONAL = Published("national", NationalTotal, NATIONAL_SCHEMA)
