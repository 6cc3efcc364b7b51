"""What PostgreSQL holds by itself: what was published or given up never changes. Nothing to do on SQLite."""

from django.db import migrations

from territories.only_grows import OnlyGrows
from workflows.guards import PostgresqlGuards

# The function comes with the journals of accounts, on which every app stands.
FORWARDS = """
CREATE TRIGGER catalogue_published_for_good BEFORE UPDATE OR DELETE ON indicators_cataloguedraft FOR EACH ROW
    WHEN (OLD.state <> 'draft')
    EXECUTE FUNCTION paqte_refuse_rewriting();
"""

BACKWARDS = """
DROP TRIGGER catalogue_published_for_good ON indicators_cataloguedraft;
"""


class Migration(migrations.Migration):
    """No model changes: Django knows no triggers."""

    dependencies = [("indicators", "0001_initial"), ("companies", "0002_postgresql_guards")]

    operations = [
        PostgresqlGuards(FORWARDS, BACKWARDS),
        OnlyGrows("indicators_cataloguedraftlog", "catalogue_log_only_grows"),
    ]
