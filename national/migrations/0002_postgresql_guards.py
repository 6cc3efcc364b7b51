"""What PostgreSQL holds by itself: a frozen version stays as it is.

And what both databases do: the journal of the agency's desk and what it publishes only grow.
"""

from django.db import migrations

from territories.only_grows import OnlyGrows
from workflows.guards import PostgresqlGuards

# The function comes with the journals of accounts, on which every app stands.
FORWARDS = """
CREATE TRIGGER edition_stays_as_frozen BEFORE UPDATE OR DELETE ON national_edition FOR EACH ROW
    WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION paqte_refuse_rewriting();

CREATE TRIGGER edition_file_only_grows BEFORE UPDATE OR DELETE ON national_editionfile FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_rewriting();
"""

BACKWARDS = """
DROP TRIGGER edition_file_only_grows ON national_editionfile;
DROP TRIGGER edition_stays_as_frozen ON national_edition;
"""


class Migration(migrations.Migration):
    """No model changes: Django knows no triggers."""

    dependencies = [("national", "0001_initial"), ("conventions", "0002_postgresql_guards")]

    operations = [
        PostgresqlGuards(FORWARDS, BACKWARDS),
        OnlyGrows("national_message", "message_only_grows"),
        OnlyGrows("national_publication", "publication_only_grows"),
    ]
