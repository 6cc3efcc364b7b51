"""What PostgreSQL holds by itself: the journal of the agency's desk and what it publishes only grow.

Nothing to do on SQLite.
"""

from django.db import migrations

from workflows.guards import PostgresqlGuards

# The function comes with the guards of conventions, on which this app stands.
FORWARDS = """
CREATE TRIGGER message_only_grows BEFORE UPDATE OR DELETE ON national_message FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_rewriting();

CREATE TRIGGER edition_stays_as_frozen BEFORE UPDATE OR DELETE ON national_edition FOR EACH ROW
    WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION paqte_refuse_rewriting();

CREATE TRIGGER edition_file_only_grows BEFORE UPDATE OR DELETE ON national_editionfile FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_rewriting();

CREATE TRIGGER publication_only_grows BEFORE UPDATE OR DELETE ON national_publication FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_rewriting();
"""

BACKWARDS = """
DROP TRIGGER publication_only_grows ON national_publication;
DROP TRIGGER edition_file_only_grows ON national_editionfile;
DROP TRIGGER edition_stays_as_frozen ON national_edition;
DROP TRIGGER message_only_grows ON national_message;
"""


class Migration(migrations.Migration):
    """No model changes: Django knows no triggers."""

    dependencies = [("national", "0001_initial"), ("conventions", "0002_postgresql_guards")]

    operations = [PostgresqlGuards(FORWARDS, BACKWARDS)]
