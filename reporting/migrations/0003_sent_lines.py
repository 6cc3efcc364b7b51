"""The numbers of what was sent, apart; PostgreSQL refuses that they change. Nothing to refuse on SQLite."""

import django.db.models.deletion
import reporting.models.sent
import territories.fields
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


ONLY_GROWS = """
CREATE TRIGGER sent_line_only_grows BEFORE UPDATE OR DELETE ON reporting_sentline FOR EACH ROW
    EXECUTE FUNCTION paqte_refuse_rewriting();
"""
MAY_CHANGE = "DROP TRIGGER sent_line_only_grows ON reporting_sentline"


def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add the trigger."""
    if editor.connection.vendor == "postgresql":
        editor.execute(ONLY_GROWS, params=None)


def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away."""
    if editor.connection.vendor == "postgresql":
        editor.execute(MAY_CHANGE, params=None)


class Migration(migrations.Migration):
    """One table, and its guard."""

    dependencies = [
        ('reporting', '0002_postgresql_guards'),
        ('territories', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('semester', territories.fields.SemesterField(max_length=7, verbose_name='semestre')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('words', models.TextField(verbose_name='mots')),
                ('runs', models.BooleanField(default=False, verbose_name='court depuis le lancement')),
                ('depth', models.PositiveSmallIntegerField(default=0)),
                ('apart', models.BooleanField(default=False)),
                ('value', reporting.models.sent.AmountField(blank=True, null=True)),
                ('respondents', models.PositiveIntegerField(default=0)),
                ('not_applicable', models.PositiveIntegerField(default=0)),
                ('silent', models.PositiveIntegerField(default=0)),
                ('pending', models.PositiveIntegerField(default=0)),
                ('asked', models.PositiveIntegerField(default=0)),
                ('previous', reporting.models.sent.AmountField(blank=True, null=True)),
                ('constant', reporting.models.sent.AmountField(blank=True, null=True)),
                ('constant_companies', models.PositiveIntegerField(default=0)),
                ('arrivals', reporting.models.sent.AmountField(blank=True, null=True)),
                ('departures', reporting.models.sent.AmountField(blank=True, null=True)),
                ('last_known', reporting.models.sent.AmountField(blank=True, null=True)),
                ('carried', reporting.models.sent.AmountField(blank=True, null=True)),
                ('carried_companies', models.PositiveIntegerField(default=0)),
                ('cumulative', reporting.models.sent.AmountField(blank=True, null=True)),
                ('cumulative_companies', models.PositiveIntegerField(default=0)),
                ('expected', reporting.models.sent.PartsField(blank=True, null=True)),
                ('expected_answered', reporting.models.sent.PartsField(blank=True, null=True)),
                ('expected_companies', models.PositiveIntegerField(default=0)),
                ('tracked', reporting.models.sent.AmountField(blank=True, null=True)),
                ('holes', models.PositiveIntegerField(default=0)),
                ('objective', reporting.models.sent.PartsField(blank=True, null=True)),
                ('objective_conventions', models.PositiveIntegerField(default=0)),
                ('progress_numerator', models.BigIntegerField(blank=True, null=True)),
                ('progress_denominator', models.BigIntegerField(blank=True, null=True)),
                ('numerator', reporting.models.sent.AmountField(blank=True, null=True)),
                ('denominator', reporting.models.sent.AmountField(blank=True, null=True)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sent_lines', to='territories.department', verbose_name='département')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='reporting.bilandocument', verbose_name='document transmis')),
            ],
            options={
                'verbose_name': 'ligne transmise',
                'verbose_name_plural': 'lignes transmises',
                'indexes': [models.Index(fields=['semester', 'department'], name='sent_line_by_semester')],
                'constraints': [models.UniqueConstraint(fields=('document', 'code'), name='sent_line_once', violation_error_message='Cette ligne existe déjà.')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
