"""What both databases hold: a result stands where its submission does, a submission where its convention does.

The figures read the company, the département and the semester on the result itself: they would be silently wrong if
these ever disagreed. PostgreSQL looks at the new results of a statement together; SQLite, which cannot, at each.
"""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FIXED = {
    "conventions_campaign": "semester",
    "conventions_convention": "company_id",
    "conventions_submission": "company_id, semester, campaign_id",
    "conventions_result": "submission_id, company_id, department_id, semester",
}
"""What never changes, by table: what is compared when a row is written stays true."""

REPORTS = "EXISTS (SELECT 1 FROM conventions_submission submission WHERE submission.company_id = NEW.id)"
"""A company keeps its département once it has a submission."""

SUBMISSION_HOME = """
    SELECT 1 FROM conventions_convention convention, conventions_campaign campaign
    WHERE convention.id = NEW.convention_id AND convention.company_id = NEW.company_id
    AND campaign.id = NEW.campaign_id AND campaign.semester = NEW.semester"""

RESULT_HOME = """
    SELECT 1 FROM conventions_submission submission JOIN companies_company company ON company.id = submission.company_id
    WHERE submission.id = {row}.submission_id AND submission.company_id = {row}.company_id
    AND submission.semester = {row}.semester AND company.department_id = {row}.department_id"""

STRAY, MOVED = "Une ligne n’est pas à sa place", "Une ligne ne change pas de place"

POSTGRESQL_REFUSAL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF {fault} THEN
        RAISE EXCEPTION '{sentence} (%).', TG_TABLE_NAME USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $body$;
"""

POSTGRESQL = """
CREATE TRIGGER submission_in_its_place BEFORE INSERT OR UPDATE OF convention_id ON conventions_submission
    FOR EACH ROW EXECUTE FUNCTION paqte_refuse_stray_submission();

CREATE TRIGGER result_in_its_place AFTER INSERT ON conventions_result REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION paqte_refuse_stray_results();

CREATE TRIGGER companies_company_stays BEFORE UPDATE OF department_id ON companies_company
    FOR EACH ROW WHEN (OLD.department_id <> NEW.department_id) EXECUTE FUNCTION paqte_refuse_moved_company();
"""

POSTGRESQL_STAYS = """
CREATE TRIGGER {table}_stays BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW WHEN {moved}
    EXECUTE FUNCTION paqte_refuse_moved();
"""

FUNCTIONS = {
    "paqte_refuse_stray_submission": (f"NOT EXISTS ({SUBMISSION_HOME})", STRAY),
    "paqte_refuse_stray_results": (
        f"EXISTS (SELECT 1 FROM fresh WHERE NOT EXISTS ({RESULT_HOME.format(row='fresh')}))",
        STRAY,
    ),
    "paqte_refuse_moved_company": (REPORTS, MOVED),
    "paqte_refuse_moved": ("TRUE", MOVED),
}
"""What each refuses on PostgreSQL."""

SQLITE = """
CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW WHEN {fault}
BEGIN SELECT RAISE(ABORT, '{sentence} ({name}).'); END
"""


def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers."""
    postgresql = editor.connection.vendor == "postgresql"
    for statement in _postgresql() if postgresql else _sqlite():
        editor.execute(statement, params=None)


def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    if editor.connection.vendor == "postgresql":
        for function in FUNCTIONS:
            editor.execute(f"DROP FUNCTION {function}() CASCADE", params=None)
        return
    for name, *_ in _sqlite_refusals():
        editor.execute(f"DROP TRIGGER {name}", params=None)


def _postgresql() -> Iterator[str]:
    for name, (fault, sentence) in FUNCTIONS.items():
        yield POSTGRESQL_REFUSAL.format(name=name, fault=fault, sentence=sentence)
    yield POSTGRESQL
    for table, columns in FIXED.items():
        yield POSTGRESQL_STAYS.format(table=table, columns=columns, moved=f"({_moved(columns, 'IS DISTINCT FROM')})")


def _sqlite() -> Iterator[str]:
    for name, event, fault, sentence in _sqlite_refusals():
        yield SQLITE.format(name=name, event=event, fault=fault, sentence=sentence)


def _sqlite_refusals() -> Iterator[tuple[str, str, str, str]]:
    """Name, event, what is refused and the sentence."""
    submission, result = "conventions_submission", "conventions_result"
    stray = f"NOT EXISTS ({SUBMISSION_HOME})"
    yield "submission_in_its_place", f"INSERT ON {submission}", stray, STRAY
    yield "submission_still_in_its_place", f"UPDATE OF convention_id ON {submission}", stray, STRAY
    yield "result_in_its_place", f"INSERT ON {result}", f"NOT EXISTS ({RESULT_HOME.format(row='NEW')})", STRAY
    moved = f"OLD.department_id <> NEW.department_id AND {REPORTS}"
    yield "companies_company_stays", "UPDATE OF department_id ON companies_company", moved, MOVED
    for table, columns in FIXED.items():
        yield f"{table}_stays", f"UPDATE OF {columns} ON {table}", _moved(columns, "IS NOT"), MOVED


def _moved(columns: str, differs: str) -> str:
    """« (OLD.a, OLD.b) IS NOT (NEW.a, NEW.b) »."""
    before, after = (", ".join(f"{side}.{name}" for name in columns.split(", ")) for side in ("OLD", "NEW"))
    return f"({before}) {differs} ({after})"


class Migration(migrations.Migration):
    """No model changes: Django knows no triggers."""

    dependencies = [("conventions", "0002_postgresql_guards")]

    operations = [migrations.RunPython(forwards, backwards)]
