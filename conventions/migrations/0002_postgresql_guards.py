"""What PostgreSQL holds by itself: no overlap, no undeclared move, targets in order; both: journals that only grow.

What compares keys in a range comes with the guards of companies, on which this app stands.
"""

from django.db import migrations

from territories.only_grows import OnlyGrows
from workflows.guards import PostgresqlGuards

# The pairs are typed here and not read from the tables of transitions: a move added there by mistake is refused here.
FORWARDS = """
ALTER TABLE conventions_convention ADD CONSTRAINT convention_no_overlap
    EXCLUDE USING gist (company_id WITH =, daterange(starts_on, COALESCE(terminated_on, ends_on), '[]') WITH &&)
    WHERE (state <> 'dropped');

ALTER TABLE conventions_elsewhereflag ADD CONSTRAINT elsewhere_flag_no_overlap
    EXCLUDE USING gist (convention_id WITH =, daterange(since, until, '[]') WITH &&);

CREATE FUNCTION paqte_refuse_move() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'Passage de % à % non prévu (%).', OLD.state, NEW.state, TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $body$;

CREATE TRIGGER convention_declared_move BEFORE UPDATE OF state ON conventions_convention FOR EACH ROW
    WHEN (OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'ready'), ('ready', 'draft'), ('ready', 'signed'), ('signed', 'terminated'),
        ('terminated', 'signed'), ('signed', 'ready'), ('draft', 'dropped')))
    EXECUTE FUNCTION paqte_refuse_move();

CREATE TRIGGER submission_declared_move BEFORE UPDATE OF state ON conventions_submission FOR EACH ROW
    WHEN (OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'transmitted'), ('returned', 'transmitted'), ('transmitted', 'validated'),
        ('transmitted', 'returned'), ('validated', 'returned')))
    EXECUTE FUNCTION paqte_refuse_move();

CREATE FUNCTION paqte_refuse_disorder() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF (NEW.number > 0 AND NOT EXISTS (
            SELECT FROM conventions_targetset WHERE convention_id = NEW.convention_id AND number = NEW.number - 1
            AND (effective_on IS NULL OR effective_on < NEW.effective_on)))
        OR EXISTS (
            SELECT FROM conventions_targetset WHERE convention_id = NEW.convention_id AND number = NEW.number + 1
            AND effective_on <= NEW.effective_on)
    THEN
        RAISE EXCEPTION 'L’avenant % ne prend pas effet après le précédent.', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $body$;

CREATE TRIGGER target_set_in_order BEFORE INSERT OR UPDATE ON conventions_targetset FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_disorder();
"""

BACKWARDS = """
DROP TRIGGER target_set_in_order ON conventions_targetset;
DROP FUNCTION paqte_refuse_disorder();
DROP TRIGGER submission_declared_move ON conventions_submission;
DROP TRIGGER convention_declared_move ON conventions_convention;
DROP FUNCTION paqte_refuse_move();
ALTER TABLE conventions_elsewhereflag DROP CONSTRAINT elsewhere_flag_no_overlap;
ALTER TABLE conventions_convention DROP CONSTRAINT convention_no_overlap;
"""


class Migration(migrations.Migration):
    """No model changes: Django knows neither triggers nor exclusion constraints shared with SQLite."""

    dependencies = [("conventions", "0001_initial"), ("companies", "0002_postgresql_guards")]

    operations = [
        PostgresqlGuards(FORWARDS, BACKWARDS),
        OnlyGrows("conventions_conventionlog", "convention_log_only_grows"),
        OnlyGrows("conventions_campaignlog", "campaign_log_only_grows"),
        OnlyGrows("conventions_submissionlog", "submission_log_only_grows"),
    ]
