"""Run as a program, on its own database: the worker is killed at random while it renders and transmits.

`python -m tests.drills.kill_worker 200` kills it so many times and looks at every row after each; then it lets the last
worker finish. Prints one JSON line: what was killed, sent and made. Raises AssertionError when something is half done.
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


class Drill:
    """One référent who has a bilan sent, rectifies it, has it sent again, while the worker dies."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # a drill, not a secret
        self.models: Any = import_module("reporting.models")
        self.actions: Any = import_module("reporting.actions")
        self.tasks: Any = import_module("reporting.tasks")
        self.files: Any = import_module("reporting.files")
        self.selectors: Any = import_module("reporting.selectors")
        self.clock: Any = import_module("territories.clock")
        factories = import_module("tests.factories")
        self.referent: User = factories.UserFactory(referent=True)
        factories.SubmissionFactory(convention=factories.ConventionFactory(), validated=True)
        self.bilan: Bilan = factories.BilanFactory(department=self.referent.department)
        self.counts = dict.fromkeys(("kills", "asked", "sent", "given_up", "previews"), 0)

    def ask(self) -> None:
        """Have something on the worker's list: the preview of a draft now and then, and always a transmission."""
        self.bilan.refresh_from_db()
        if self.bilan.sendings.waiting().exists():
            return
        if not self.bilan.is_draft:
            self.counts["sent"] += 1
            self.bilan = self.actions.rectify(self.bilan, at=self.now, by=self.referent, reason="Un essai.")
            text = f"Essai {self.bilan.version}."
            self.bilan = self.actions.write(self.bilan, by=self.referent, obstacles=text)
        elif self.bilan.sendings.exists():
            self.counts["given_up"] += 1
        data = self.selectors.bilan_for(self.bilan, self.now.date(), leaving=True)
        if self.random.random() < 0.5:
            key = self.files.key_of(data, "xlsx")
            self.tasks.ask_for_file(self.bilan, "xlsx", key, leaving=True)
            self.counts["previews"] += 1
        self.actions.ask_to_transmit(
            self.bilan, at=self.now, by=self.referent, shown=data, sending_note="", enqueue=self.tasks.tell_worker
        )
        self.counts["asked"] += 1

    @property
    def now(self) -> Any:  # Any: an instant
        """That of the demonstration."""
        return self.clock.now(self.referent.department)

    def check(self) -> None:
        """Old state or new state, no half file, no number used twice, nothing asked that is lost."""
        for bilan in self.models.Bilan.objects.all():
            sent = bilan.logs.filter(transition="transmettre").count()
            documents = self.models.BilanDocument.objects.filter(bilan=bilan)
            kinds = sorted(self.models.BilanFile.objects.filter(document__bilan=bilan).values_list("kind", flat=True))
            mails = import_module("accounts.models").OutgoingMail.objects.filter(purpose=f"bilan {bilan.pk}").count()
            state = (bilan.state, sent, documents.count(), kinds, mails, bilan.transmitted_at is not None)
            old: tuple[Any, ...] = ("draft", 0, 0, [], 0, False)  # Any: one of each
            new = ("transmitted", 1, 1, sorted(self.files.FORMATS), 1, True)
            assert state in (old, new), state
            waiting = bilan.sendings.waiting().count()
            assert waiting <= (1 if bilan.is_draft else 0), (bilan, waiting)
        versions = list(self.models.Bilan.objects.order_by("version").values_list("version", flat=True))
        assert versions == list(range(1, len(versions) + 1)), versions
        check_stored_files()
        for sending in self.models.Sending.objects.exclude(finished_at=None).exclude(refusals=[]):
            assert sending.refusals == [self.tasks.GIVEN_UP], sending.refusals


def main(kills: int, seed: int) -> None:
    """Kill, look, kill again; then let the last one finish."""
    django.setup()
    import_module("weasyprint")
    drill = Drill(seed)
    told = kill_at_random(drill, kills)
    drill.bilan.refresh_from_db()
    told["sent"] += not drill.bilan.is_draft
    assert not drill.models.Sending.objects.waiting().exists()
    print(json.dumps({**told, "seed": seed}))  # noqa: T201  # its one output


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6))  # noqa: S311
