"""A frozen version without the seconds that its files take."""

from datetime import datetime

from accounts.models import User
from national.models import Edition, EditionFile
from tests.factories import S1_2019
from tests.filing import kept


def frozen(*, by: User, at: datetime) -> Edition:
    """The first one of the country, for the first half of 2019, with a PDF that is only a mark."""
    file = kept(b"%PDF frozen")
    edition = Edition.objects.create(
        semester=S1_2019,
        name="France",
        reason="Rapport",
        fingerprint="0" * 64,
        asked_at=at,
        by=by,
        finished_at=at,
        number=1,
        sha256=file.sha256,
    )
    EditionFile.objects.create(edition=edition, kind="pdf", file=file)
    return edition
