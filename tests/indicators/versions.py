"""A version of the catalogue in preparation, and what tests do to it."""

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from indicators import editing
from indicators.actions.drafts import begin_version, change_indicator
from indicators.models import CatalogueDraft

AT = datetime(2019, 9, 15, 9, tzinfo=UTC)
ON = date(2019, 9, 15)
FROM = date(2021, 11, 1)


def begun(by: User, *, code: str = "paqte-2021", published_on: date = FROM) -> CatalogueDraft:
    """A version that says what that of 2018 says."""
    return begin_version(code=code, title="Catalogue PAQTE 2021", published_on=published_on, at=AT, by=by)


def row(draft: CatalogueDraft, code: str, /, **said: Any) -> dict[str, Any]:  # Any: entries of the file
    """The row of an indicator, with something else in it."""
    found = editing.row_of(draft.document, code)
    assert found is not None
    return {**found, **said}


def changed(draft: CatalogueDraft, code: str, /, *, by: User, **said: Any) -> CatalogueDraft:  # Any: as above
    """The version, as the database has it once one of its indicators says something else."""
    draft.refresh_from_db()
    change_indicator(draft, code=code, said=row(draft, code, **said), shown=draft.catalogue.fingerprint, at=AT, by=by)
    draft.refresh_from_db()
    return draft


def typed(**said: str) -> dict[str, str]:
    """What the form of a new indicator sends."""
    return {
        "code": "SEN-13",
        "axis": "sensibiliser",
        "label": "Visites de site",
        "definition": "Nombre de visites.",
        "counts": "Une visite par date.",
        "excludes": "Les stages.",
        "kind": "flux",
        "unit": "nombre",
        "one": "visite",
        "many": "visites",
        "ceiling": "300",
        "targetable": "on",
        "origin": "proposé",
        "source": "Le comité de suivi",
        "plausibility": "Aucun.",
        **said,
    }
