"""What both databases hold by themselves: the rows of a journal are only ever added, whatever the code above tries."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

REFUSAL = "Un journal ne se modifie pas et ne s’efface pas"

# The error names the trigger, as that of a constraint names it: one reads there what was refused.
POSTGRESQL = """
CREATE OR REPLACE FUNCTION paqte_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '{refusal} (%).', TG_TABLE_NAME USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $body$;
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} {when} EXECUTE FUNCTION paqte_refuse_rewriting();
"""
SQLITE = """
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when}
BEGIN SELECT RAISE(ABORT, '{refusal} ({table}).'); END;
"""
TAKEN = "WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
"""« INSERT OR REPLACE » takes a row away without a DELETE, for SQLite alone."""
YOUNG = {
    "postgresql": "WHEN (OLD.at > now() - interval '{days} days')",
    "sqlite": "WHEN OLD.at > datetime('now', '-{days} days')",
}


class OnlyGrows(Operation):
    """No row of this table is changed, and none is deleted before it is `days` old; for ever without.

    `name` begins those of its triggers. To be written after whatever changes the table: SQLite makes a table anew to
    change it, and forgets its triggers.
    """

    reversible = True

    def __init__(self, table: str, name: str, *, days: int | None = None) -> None:
        self.table, self.name, self.days = table, name, days

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Django knows no triggers."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:  # Any: Django's own signature
        """Add the triggers."""
        vendor = schema_editor.connection.vendor
        for name, event, when in self._guards(vendor):
            statement = (POSTGRESQL if vendor == "postgresql" else SQLITE).format(
                name=name,
                event=event,
                when=when,
                table=self.table,
                refusal=REFUSAL,
                each="STATEMENT" if event == "TRUNCATE" else "ROW",
            )
            schema_editor.execute(statement, params=None)

    def _guards(self, vendor: str) -> tuple[tuple[str, str, str], ...]:
        """Each trigger: its name, what it refuses, and of which rows; of all of them where nothing is said.

        Each database has one way more of emptying a table, which asks none of the two first.
        """
        young = YOUNG[vendor].format(days=self.days) if self.days else ""
        whole = ("TRUNCATE", "") if vendor == "postgresql" else ("INSERT", TAKEN.format(table=self.table))
        return ((self.name, "UPDATE", ""), (f"{self.name}_kept", "DELETE", young), (f"{self.name}_whole", *whole))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:  # Any: as above
        """Take them away; the function stays, for the other tables."""
        vendor = schema_editor.connection.vendor
        on = f" ON {self.table}" if vendor == "postgresql" else ""
        for name, _, _ in self._guards(vendor):
            schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)

    def describe(self) -> str:
        return f"Rows of {self.table} are only ever added"
