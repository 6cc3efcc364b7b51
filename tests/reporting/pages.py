"""A signed-in browser and a bilan that was sent: what the tests of the pages start from."""

from datetime import UTC, datetime

from django.test import Client

from documents.models import StoredFile
from reporting import actions
from reporting.bilan import BilanData
from reporting.models import Bilan
from tests.cast import Cast
from tests.factories import BilanFactory
from tests.filing import kept

AT = datetime(2019, 9, 15, 8, tzinfo=UTC)


def plain(data: BilanData) -> dict[str, StoredFile]:
    """A PDF that says whose bilan it is, without laying it out."""
    return {"pdf": kept(f"{data.place.code} v{data.version}".encode())}


def sent(cast: Cast) -> Bilan:
    bilan = BilanFactory()
    actions.transmit(bilan, at=AT, by=cast.referent, render=plain, sending_note="Relancées.")
    bilan.refresh_from_db()
    return bilan


def read_over(client: Client, bilan: str = "/bilans/62/2019-S1") -> dict[str, str]:
    """What the page of what leaves sends back when nothing is typed on it."""
    form = client.get(f"{bilan}/transmettre/").context["form"]
    return {field.name: field.value() or "" for field in form}
