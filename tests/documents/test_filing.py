"""A file is kept once under what it was made from, whoever makes it; what nothing refers to can be found."""

import hashlib
from datetime import UTC, datetime

import pytest

from documents import filing
from documents.models import StoredFile
from reporting import actions
from tests.factories import BilanFactory, DepartmentFactory, UserFactory
from tests.filing import kept
from tests.racing import at_once
from tests.reporting.pages import AT

WHEN = datetime(2020, 7, 10, 9, tzinfo=UTC)


def test_parts_do_not_run_into_each_other() -> None:
    assert filing.key_of("ab", "c") != filing.key_of("a", "bc")
    assert filing.key_of("ab", "c") == "430fb1b4ac43316eca81fab27a1930ab8eff8fef6a1dc7903dce44bbc2790dc5"


@pytest.mark.django_db
def test_the_first_file_under_a_key_is_the_file() -> None:
    first = filing.keep("k" * 64, b"un", "text/plain", at=WHEN)
    second = filing.keep("k" * 64, b"deux", "text/html", at=WHEN)

    found = filing.stored("k" * 64)

    assert first == second == found
    assert (found.data, found.media_type, found.sha256) == (b"un", "text/plain", hashlib.sha256(b"un").hexdigest())
    assert filing.stored("l" * 64) is None


@pytest.mark.django_db
def test_a_file_that_somebody_changed_is_made_again() -> None:
    filing.keep("k" * 64, b"un", "text/plain", at=WHEN)
    StoredFile.objects.update(content=b"faux")

    assert filing.stored("k" * 64) is None
    assert filing.keep("k" * 64, b"un", "text/plain", at=WHEN).data == b"un"
    assert [file.data for file in StoredFile.objects.all()] == [b"un"]


@pytest.mark.django_db(transaction=True)
def test_eight_that_keep_the_same_file_at_once_keep_one() -> None:
    def keep() -> int:
        return filing.keep("k" * 64, b"%PDF" * 50_000, "application/pdf", at=WHEN).pk

    assert len(set(at_once([keep] * 8))) == 1
    assert StoredFile.objects.count() == 1


@pytest.mark.usefixtures("catalogue")
def test_what_was_sent_is_referred_to() -> None:
    bilan = BilanFactory(department=DepartmentFactory())
    preview, sent = kept(b"apercu"), kept(b"envoi")
    actions.transmit(bilan, at=AT, by=UserFactory(referent=True), render=lambda _data: {"pdf": sent})

    assert list(StoredFile.objects.unreferenced()) == [preview]
