"""Run as a program, on its own database: the worker is killed at random while it makes and freezes a national bilan.

`python -m tests.drills.kill_national 50` kills it so many times and looks at every row after each; then the last worker
finishes. Prints one JSON line: what was killed, asked, made and frozen. Raises AssertionError when something is
half done, or asked for and on nobody's list.
"""

import json
import random
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import django

from tests.drills.killing import check_stored_files, kill_at_random

if TYPE_CHECKING:
    from accounts.models import User
    from reporting.models import Bilan

DEPARTMENTS = ("62", "59", "2A")

SPARED = 3
"""The longest delay before a kill, in times of a PDF and the five files of a version: most are let through."""


class Drill:
    """An agency wants the PDF of the country and freezes it; a préfecture sends again, and the worker dies."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # a drill, not a secret
        self.actions: Any = import_module("reporting.actions")
        self.editions: Any = import_module("national.actions.editions")
        self.tasks: Any = import_module("national.tasks")
        self.files: Any = import_module("national.files")
        self.filing: Any = import_module("documents.filing")
        self.nation: Any = import_module("national.selectors.total").nation
        self.whole: Any = import_module("national.selection").WHOLE
        self.models: Any = import_module("national.models")
        self.results: Any = import_module("django_tasks_db.models").DBTaskResult.objects
        self.clock: Any = import_module("territories.clock")
        self.wanted: set[str] = set()
        self.counts = dict.fromkeys(("kills", "files", "editions", "made", "frozen", "given_up"), 0)
        self._populate()

    def _populate(self) -> None:
        factories = import_module("tests.factories")
        self.agent: User = factories.UserFactory(cget=True)
        for code in DEPARTMENTS:
            place = factories.DepartmentFactory(code=code)
            convention = factories.ConventionFactory(company__department=place)
            factories.SubmissionFactory(convention=convention, validated=True)
            self.referent: User = factories.UserFactory(referent=True, department=place)
            self.bilan: Bilan = factories.BilanFactory(department=place)
            self._send()

    def _send(self) -> None:
        """Without its own files: it is the agency's that are made."""
        plain = import_module("tests.reporting.pages").plain
        self.actions.transmit(self.bilan, at=self.now, by=self.referent, render=plain, sending_note="Essai.")
        self.bilan.refresh_from_db()

    @property
    def now(self) -> Any:  # Any: an instant
        """That of the demonstration."""
        return self.clock.now(self.referent.department)

    def ask(self) -> None:
        """Have the PDF of what is sent now on the worker's list, and one time in two a frozen version of it."""
        if self._under_way():
            return
        reason = f"Essai {self.bilan.version}."
        self.bilan = self.actions.rectify(self.bilan, at=self.now, by=self.referent, reason=reason)
        self.actions.write(self.bilan, by=self.referent, obstacles=reason)
        self._send()
        total = self.nation(self.bilan.semester)
        key = self.files.key_of(total, "pdf")
        self.tasks.ask_for_file(self.bilan.semester, self.whole, "pdf", key)
        self.wanted.add(key)
        self.counts["files"] += 1
        if not self.counts["editions"] or self.random.random() < 0.5:
            self.editions.ask_to_freeze(
                semester=self.bilan.semester,
                selection=self.whole,
                reason=reason,
                shown=self.files.fingerprint(total),
                read=lambda semester, selection: self.files.fingerprint(self.nation(semester, selection)),
                enqueue=self.tasks.tell_worker,
                at=self.now,
                by=self.agent,
            )
            self.counts["editions"] += 1

    def _under_way(self) -> bool:
        return bool(self.models.Edition.objects.waiting() or self._on_the_list())

    def _on_the_list(self) -> Any:  # Any: a queryset of the library
        return self.results.filter(status__in=["READY", "RUNNING"])

    def check(self) -> None:
        """A file is whole, or it is not there and somebody has it to do; a version has all its files, or none."""
        check_stored_files()
        listed = {row.args_kwargs["kwargs"]["key"] for row in self._on_the_list()}
        left = {row.args_kwargs["kwargs"]["key"] for row in self.results.filter(status="FAILED")}
        for key in self.wanted:
            assert self.filing.stored(key) or key in listed | left, key
        for edition in self.models.Edition.objects.all():
            self._check(edition, listed | left)
        numbers = self.models.Edition.objects.frozen().order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, len(numbers) + 1)), numbers
        self.counts["made"] = sum(bool(self.filing.stored(key)) for key in self.wanted)
        self.counts["frozen"] = len(numbers)
        self.counts["given_up"] = len(left)

    def _check(self, edition: Any, listed: set[str]) -> None:  # Any: an edition
        kept = {row.kind: row.file for row in edition.files.select_related("file")}
        if edition.number:
            assert sorted(kept) == sorted(self.files.FORMATS), kept
            assert edition.sha256 == kept["pdf"].sha256
            return
        assert not kept, kept
        if edition.finished_at is None:
            assert str(edition.pk) in listed, edition
        else:
            assert edition.refusals == [self.tasks.GIVEN_UP], edition.refusals


def main(kills: int, seed: int) -> None:
    """Kill, look, kill again; then everything that was asked for is made or given up, and nothing waits."""
    django.setup()
    import_module("weasyprint")
    drill = Drill(seed)
    told = kill_at_random(drill, kills, spared=SPARED)
    assert not drill.models.Edition.objects.waiting().exists()
    assert told["made"] + told["given_up"] >= told["files"], told
    print(json.dumps({**told, "seed": seed}))  # noqa: T201  # its one output


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6))  # noqa: S311
