"""What PostgreSQL holds by itself: one group at a time, a journal that only grows. Nothing to do on SQLite."""

from django.db import migrations

from workflows.guards import PostgresqlGuards

# The function serves the journals of the apps above too.
FORWARDS = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
-- A search that finds nothing looks for what is close to it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

ALTER TABLE companies_grouplink ADD CONSTRAINT group_link_no_overlap
    EXCLUDE USING gist (company_id WITH =, daterange(since, until, '[]') WITH &&);

CREATE FUNCTION paqte_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'Un journal ne se modifie pas et ne s’efface pas (%).', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $body$;

CREATE TRIGGER company_log_only_grows BEFORE UPDATE OR DELETE ON companies_companylog FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_rewriting();
"""

# The extension stays: others may use it, and dropping it needs no less a right than creating it.
BACKWARDS = """
DROP TRIGGER company_log_only_grows ON companies_companylog;
DROP FUNCTION paqte_refuse_rewriting();
ALTER TABLE companies_grouplink DROP CONSTRAINT group_link_no_overlap;
"""


class Migration(migrations.Migration):
    """No model changes: Django knows neither triggers nor exclusion constraints shared with SQLite."""

    dependencies = [("companies", "0001_initial")]

    operations = [PostgresqlGuards(FORWARDS, BACKWARDS)]
