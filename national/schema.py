"""What is published of the JSON file of the nation."""

from national.value import NATIONAL_SCHEMA, Consolidated
from reporting.schema import Published

NATIONAL = Published("national", Consolidated, NATIONAL_SCHEMA)
