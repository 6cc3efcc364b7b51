"""What the agency creates in the catalogue: a version to prepare, an indicator of it, a version for good."""

from django.urls import reverse

from indicators import editing
from indicators.models import CatalogueDraft, CatalogueVersion
from tests.cast import Cast
from tests.indicators.versions import begun, changed, typed
from tests.sending import Sending


def new_draft(cast: Cast) -> Sending:
    data = {"code": "paqte-2021", "title": "Catalogue PAQTE 2021", "published_on": "2021-11-01"}
    return Sending(cast.cget, reverse("draft_create"), data, CatalogueDraft.objects.count)


def new_indicator(cast: Cast) -> Sending:
    draft = begun(cast.cget)
    data = typed(shown=draft.catalogue.fingerprint)

    def rows() -> int:
        draft.refresh_from_db()
        return int(editing.row_of(draft.document, "SEN-13") is not None)

    return Sending(cast.cget, reverse("draft_indicator_create", args=[draft.pk]), data, rows)


def new_version(cast: Cast) -> Sending:
    draft = changed(begun(cast.cget), "SEN-01", label="Stages de 3e offerts", by=cast.cget)
    data = {"shown": draft.catalogue.fingerprint}
    url = reverse("draft_publish", args=[draft.pk])
    return Sending(cast.cget, url, data, CatalogueVersion.objects.filter(code="paqte-2021").count)
