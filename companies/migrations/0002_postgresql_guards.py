"""What PostgreSQL holds by itself: one group at a time; and what both databases do: a journal that only grows."""

from django.db import migrations

from territories.only_grows import OnlyGrows
from workflows.guards import PostgresqlGuards

FORWARDS = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
-- A search that finds nothing looks for what is close to it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

ALTER TABLE companies_grouplink ADD CONSTRAINT group_link_no_overlap
    EXCLUDE USING gist (company_id WITH =, daterange(since, until, '[]') WITH &&);
"""

# The extension stays: others may use it, and dropping it needs no less a right than creating it.
BACKWARDS = """
ALTER TABLE companies_grouplink DROP CONSTRAINT group_link_no_overlap;
"""


class Migration(migrations.Migration):
    """No model changes: Django knows neither triggers nor exclusion constraints shared with SQLite."""

    dependencies = [("companies", "0001_initial")]

    operations = [
        PostgresqlGuards(FORWARDS, BACKWARDS),
        OnlyGrows("companies_companylog", "company_log_only_grows"),
    ]
