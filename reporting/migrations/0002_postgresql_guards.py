"""What PostgreSQL holds by itself: a transmitted bilan stays so; its lines and answers only grow.

And what both databases do: its journal and the arbitrations only grow.
"""

from django.db import migrations

from territories.only_grows import OnlyGrows
from workflows.guards import PostgresqlGuards

# The functions come with the guards of conventions and the journals of accounts, on which this app stands.
FORWARDS = """
CREATE TRIGGER bilan_declared_move BEFORE UPDATE OF state ON reporting_bilan FOR EACH ROW
    WHEN (OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (('draft', 'transmitted')))
    EXECUTE FUNCTION paqte_refuse_move();

CREATE TRIGGER sent_line_only_grows BEFORE UPDATE OR DELETE ON reporting_sentline FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_rewriting();

CREATE TRIGGER sent_text_only_grows BEFORE UPDATE OR DELETE ON reporting_senttext FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_rewriting();

CREATE TRIGGER sent_example_only_grows BEFORE UPDATE OR DELETE ON reporting_sentexample FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_rewriting();

CREATE TRIGGER sent_answers_only_grows BEFORE UPDATE OR DELETE ON reporting_sentanswers FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_rewriting();
"""

BACKWARDS = """
DROP TRIGGER sent_answers_only_grows ON reporting_sentanswers;
DROP TRIGGER sent_text_only_grows ON reporting_senttext;
DROP TRIGGER sent_example_only_grows ON reporting_sentexample;
DROP TRIGGER sent_line_only_grows ON reporting_sentline;
DROP TRIGGER bilan_declared_move ON reporting_bilan;
"""


class Migration(migrations.Migration):
    """No model changes: Django knows no triggers."""

    dependencies = [("reporting", "0001_initial"), ("conventions", "0002_postgresql_guards")]

    operations = [
        PostgresqlGuards(FORWARDS, BACKWARDS),
        OnlyGrows("reporting_bilanlog", "bilan_log_only_grows"),
        OnlyGrows("reporting_arbitration", "arbitration_only_grows"),
    ]
