"""What PostgreSQL holds by itself: what was published or given up never changes. Nothing to do on SQLite."""

from django.db import migrations

from workflows.guards import PostgresqlGuards

# The function comes with the guards of companies, which serve the journals of every app.
FORWARDS = """
CREATE TRIGGER catalogue_log_only_grows BEFORE UPDATE OR DELETE ON indicators_cataloguedraftlog FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_rewriting();

CREATE TRIGGER catalogue_published_for_good BEFORE UPDATE OR DELETE ON indicators_cataloguedraft FOR EACH ROW
    WHEN (OLD.state <> 'draft')
    EXECUTE FUNCTION paqte_refuse_rewriting();
"""

BACKWARDS = """
DROP TRIGGER catalogue_published_for_good ON indicators_cataloguedraft;
DROP TRIGGER catalogue_log_only_grows ON indicators_cataloguedraftlog;
"""


class Migration(migrations.Migration):
    """No model changes: Django knows no triggers."""

    dependencies = [("indicators", "0001_initial"), ("companies", "0002_postgresql_guards")]

    operations = [PostgresqlGuards(FORWARDS, BACKWARDS)]
