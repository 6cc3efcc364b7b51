"""Plays the campaigns of the demonstration: who answers in time, late, never, and who has to correct."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from accounts.models import User
from conventions import issues
from conventions.actions import submissions as actions
from conventions.actions.campaigns import plan
from conventions.actions.entry import ExampleDraft, Saving, save_examples, save_results
from conventions.answers import Answer
from conventions.expected import Period
from conventions.models import Campaign, Result, Submission
from demonstration import sources
from demonstration.figures import Answered, answers_of, drawn
from demonstration.signing import Member, Office
from territories.clock import zone_of
from territories.semester import Semester

DAYS_OF_YEAR = 365
REOPENED_ON = date(2019, 10, 2)
RECALLED_ON = date(2020, 6, 30)
TARDY_ON = date(2019, 9, 25)


def open_campaign(semester: Semester, *, by: User) -> Campaign:
    """One month to transmit, two more before the door closes and the bilans are due, three reminders."""
    opens = semester.next.start
    due = opens.replace(day=31)
    closes = Semester.containing(opens).start + timedelta(days=90)
    reminders = (due - timedelta(days=10), due - timedelta(days=2), due + timedelta(days=8))
    return plan(
        semester,
        opens_on=opens,
        due_on=due,
        locks_on=closes,
        bilan_due_on=due + timedelta(days=60),
        reminders=reminders,
        at=datetime.combine(opens, time(10), zone_of(None)),
        by=by,
    )


class Course:
    """One company in one campaign; each course of companies.csv has a method that plays it."""

    def __init__(self, submission: Submission, member: Member, office: Office) -> None:
        self.submission, self.member, self.office = submission, member, office
        self.campaign = submission.campaign
        self.seed = f"{member.source.number}:{submission.semester}"
        self.marker = sources.department(member.source.department).marker

    def play(self, name: str) -> None:
        """Play the course of this name; a silent or untouched one is played by doing nothing."""
        played: Mapping[str, Callable[[], None]] = {
            "ontime": self.ontime,
            "reopened": self.ontime,
            "recalled": self.ontime,
            "late": self.late,
            "corrected": self.corrected,
            "validated": self.validated,
            "centralised": self.centralised,
            "transmitted": self.transmitted,
            "returned": self.returned,
            "progress": self.progress,
            "extended": self.extended,
        }
        if name in played:
            played[name]()

    def ontime(self) -> None:
        """Transmitted before the due day, validated the following weeks."""
        day = self._day(4, 28)
        self._send(day)
        self._validate(day + timedelta(days=drawn(f"{self.seed}:avis", 3, 12)))

    def late(self) -> None:
        """Transmitted after the due day."""
        day = self.campaign.due_on + timedelta(days=drawn(self.seed, 3, 16))
        self._send(day)
        self._validate(day + timedelta(days=5))

    def tardy(self) -> None:
        """Transmitted once the bilan had left: the rectificatif takes it in."""
        self._send(TARDY_ON)
        self._validate(TARDY_ON + timedelta(days=6))

    def corrected(self) -> None:
        """Sent in thousands of euros, the question answered yes too fast, returned, then corrected."""
        day = self._day(4, 18)
        entries = self._entries()
        slip, part = self._result("ACH-03"), self._result("ACH-05")
        right = entries[slip.pk]
        self._send(day, entries | {row.pk: _in_thousands(entries[row.pk]) for row in (slip, part)})
        self._send_back(
            day + timedelta(days=5),
            {slip.pk: f"Le montant paraît être en milliers d’euros\u00a0: indiquez des euros ({self.marker})."},
        )
        fixed = Answer("value", right.value, comment=f"Montant repris en euros par la comptabilité ({self.marker}).")
        self._correct(day + timedelta(days=8), {slip.pk: fixed, part.pk: entries[part.pk]})
        self._validate(day + timedelta(days=12))

    def reopen(self) -> None:
        """A validated submission opened again after the bilan, because recruitments were forgotten."""
        recruited, of_all = self._result("REC-02"), self._result("REC-01")
        asked = {
            row.pk: f"Les contrats signés en juin manquent ; complétez avec le fichier du {self.marker}."
            for row in (recruited, of_all)
        }
        self._reload()
        actions.reopen(
            self.submission,
            corrections=asked,
            comment=f"L’entreprise signale un oubli dans ses recrutements ({self.marker}).",
            at=self.office.at(REOPENED_ON, 9),
            by=self.office.referent,
        )
        more = {row.pk: Answer("value", (row.value or Decimal(0)) + 4, confirmed=True) for row in (recruited, of_all)}
        self._correct(REOPENED_ON + timedelta(days=5), more)
        self._validate(REOPENED_ON + timedelta(days=8))

    def recall(self) -> None:
        """A validated submission opened again long after the bilan, and not corrected yet: its figures stay."""
        recruited = self._result("REC-02")
        self._reload()
        actions.reopen(
            self.submission,
            corrections={
                recruited.pk: f"Les saisonniers d’octobre paraissent comptés deux fois (relevé du {self.marker})."
            },
            comment=f"Un écart apparaît avec le relevé du service public de l’emploi ({self.marker}).",
            at=self.office.at(RECALLED_ON, 9),
            by=self.office.referent,
        )

    def validated(self) -> None:
        """Among the first to answer the open campaign."""
        self._send(self._day(1, 3))
        self._validate(self._day(6, 8))

    def centralised(self) -> None:
        """The same, by a company that was silent before and has no buyers any more: their last state ends there."""
        reason = f"Les achats sont passés au siège du groupe en janvier 2020 ({self.marker})."
        gone = {
            self._result(code).pk: Answer(Result.Status.NOT_APPLICABLE, reason=reason) for code in ("ACH-01", "ACH-02")
        }
        self._send(self._day(1, 3), self._entries() | gone)
        self._validate(self._day(6, 8))

    def transmitted(self) -> None:
        """Waits for the référent."""
        self._send(self._day(3, 8))

    def returned(self) -> None:
        """Sent back yesterday, with a comment."""
        self._send(self._day(1, 3))
        row = self._result("SEN-04")
        self._send_back(
            self.campaign.opens_on + timedelta(days=7),
            {row.pk: f"Le total compte aussi les stagiaires des autres collèges (relevé du {self.marker})."},
        )

    def progress(self) -> None:
        """A little more than half of the form is filled in; one unusual figure waits for a word."""
        entries = self._entries()
        kept = list(entries)[: len(entries) * 3 // 5]
        partial = {pk: entries[pk] for pk in kept}
        previous = self.submission.history().previous.get("SEN-07")
        if previous and "SEN-07" in (codes := {row.code: row.pk for row in self._results()}):
            partial[codes["SEN-07"]] = Answer("value", previous * 4)
        self._save(self._day(4, 8), partial)

    def extended(self) -> None:
        """Nothing yet: the company asked for more time."""
        actions.extend(
            self.submission,
            until=date(2020, 8, 31),
            reason=f"Reprise d’activité progressive après le confinement (demande de {self.member.source.name}).",
            at=self.office.at(date(2020, 7, 6), 11),
            by=self.office.referent,
        )

    def _day(self, first: int, last: int) -> date:
        return self.campaign.opens_on + timedelta(days=drawn(f"{self.seed}:{first}", first, last))

    def _results(self) -> list[Result]:
        return list(self.submission.results.select_related("indicator", "commitment"))

    def _result(self, code: str) -> Result:
        return next(row for row in self._results() if row.code == code)

    def _entries(self) -> dict[int, Answer]:
        """What the company would type, the questions of the portal answered."""
        rows = self._results()
        convention = self.submission.convention
        running = Period(convention.starts_on, convention.effective_end)
        semester = Period(self.submission.semester.start, self.submission.semester.end)
        answers = answers_of(
            self.member.profile,
            semester=str(self.submission.semester),
            share=Fraction(running.intersection(semester).days, DAYS_OF_YEAR),
            asked=[row.code for row in rows],
        )
        for row in rows:
            answer = answers[row.code]
            row.status = Result.Status.NOT_APPLICABLE if answer.value is None else Result.Status.VALUE
            row.value = answer.value
        asked_again = issues.unusual(
            convention.specification, rows, self.submission.history(), self.member.company.headcount
        )
        explained = {issue.codes[0] for issue in asked_again}
        return {row.pk: self._entry(row, answers[row.code], explained) for row in rows}

    def _entry(self, row: Result, answer: Answered, explained: set[str]) -> Answer:
        comment = ""
        if row.code in explained:
            comment = f"Chiffre vérifié\u00a0: la convention est récente et le rythme s’installe ({self.marker})."
        elif answer.value == 0 and drawn(f"{self.seed}:{row.code}:mot", 1, 3) == 1:
            comment = f"Rien ce semestre, une action est prévue au prochain ({self.marker})."
        reason = f"{answer.reason} ({self.marker})" if answer.reason else ""
        return Answer(row.status, answer.value, reason=reason, comment=comment, confirmed=row.code in explained)

    def _save(self, day: date, entries: Mapping[int, Answer]) -> None:
        saving = Saving(self.submission, entries, version=self.submission.version)
        self.submission = save_results([saving], by=self.member.sender, on=day)[0]

    def _send(self, day: date, entries: Mapping[int, Answer] | None = None) -> None:
        typed = self._entries() if entries is None else entries
        message = ""
        if drawn(f"{self.seed}:message", 1, 3) == 1:
            message = f"Le détail par site est disponible auprès de {self.member.source.name}."
        self._save(day, typed)
        self._tell_examples(day)
        self.submission = actions.transmit(
            self.submission,
            at=self.office.at(day, drawn(self.seed, 8, 17), drawn(self.seed, 0, 59)),
            by=self.member.sender,
            message=message,
        )

    def _tell_examples(self, day: date) -> None:
        said = {row.code: row.spec.said(row.value) for row in self._results() if row.spec and row.value is not None}
        drafts = [
            ExampleDraft(None, example.axis, example.title, example.text.format_map(said))
            for example in sources.department(self.member.source.department).examples
            if example.company == self.member.source.number and example.semester == str(self.submission.semester)
        ]
        if drafts:
            self.submission = save_examples(
                self.submission, drafts=drafts, version=self.submission.version, by=self.member.sender, on=day
            )

    def _correct(self, day: date, entries: Mapping[int, Answer]) -> None:
        self._reload()
        self._save(day, entries)
        self.submission = actions.transmit(self.submission, at=self.office.at(day, 14), by=self.member.sender)

    def _validate(self, day: date) -> None:
        self.submission = actions.validate(self.submission, at=self.office.at(day, 9, 30), by=self.office.referent)

    def _send_back(self, day: date, corrections: Mapping[int, str]) -> None:
        self.submission = actions.send_back(
            self.submission,
            corrections=corrections,
            comment=f"Merci de vérifier ce point avant le bilan du {self.marker}.",
            at=self.office.at(day, 16),
            by=self.office.referent,
        )

    def _reload(self) -> None:
        self.submission.refresh_from_db()


def _in_thousands(answer: Answer) -> Answer:
    """An amount in euros, typed in thousands, and the question it raises answered."""
    return Answer("value", ((answer.value or Decimal(0)) / 1000).quantize(Decimal("0.01")), confirmed=True)
