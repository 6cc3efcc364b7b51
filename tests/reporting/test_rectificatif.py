"""A rectificatif prints why it is and all that it changes: on its page, among the versions, on paper."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import Settings

from companies.actions.signatories import register
from conventions.actions.conventions import terminate
from conventions.actions.elsewhere import flag_elsewhere
from french.words import file_size
from reporting import actions, files
from reporting.models import Bilan, Partner
from reporting.selectors.versions import versions_of
from tests.cast import Cast
from tests.factories import ConventionFactory, SubmissionFactory
from tests.pages import page, text
from tests.reporting.pages import sent
from tests.reporting.reading import text_of

AFTER = datetime(2019, 9, 20, 9, tzinfo=UTC)
REASON = "Une remontée corrigée et une stratégie reformulée."
TOLD = {
    "Stratégie définie": "Une tout autre stratégie.",
    "Partenaires": "Mission locale du Terril, service public de l’emploi",
    "Conventions en vigueur": "Ateliers Terril renommés",
    "Silencieuses": "aucune entreprise",
    "Entrées, renouvellements et départs": "Fonderie Terril",
    "Ce qui est compté ailleurs aussi": "Ateliers Terril renommés (Siège)\u00a0: REC-01 (7)",
    "Recrutements (REC-01), semestre": "7",
    "Recrutements (REC-01), réponses": "1 sur 2, 1 sans objet",
}
"""One of each kind: a text, a list typed, names, who is waited for, who moved, what is counted elsewhere, figures."""


@pytest.fixture
def rectified(cast: Cast, settings: Settings) -> Bilan:
    """The second version of a bilan, of which everything that can change did."""
    settings.PAQTE_TODAY = AFTER.date()
    convention = ConventionFactory(company=cast.company)
    row = SubmissionFactory(convention=convention, validated=True, answers={"REC-01": 20})
    leaver = ConventionFactory(company=cast.rival_company)
    first = sent(cast)
    draft = actions.rectify(first, at=AFTER, by=cast.referent, reason=REASON)
    row.results.update(value=Decimal(7), counted_value=Decimal(7))
    cast.company.name = "Ateliers Terril renommés"
    register(cast.company, at=AFTER, by=cast.referent)
    flag_elsewhere(convention, where="Siège", since=date(2019, 6, 1), at=AFTER, by=cast.referent)
    SubmissionFactory(convention=leaver, validated=True, answers={"REC-01": "Aucun poste ouvert."})
    terminate(leaver, on=date(2019, 6, 15), comment="Cessation.", at=AFTER, by=cast.referent)
    actions.write(draft, strategy="Une tout autre stratégie.", by=cast.referent)
    partner = Partner(name="Mission locale du Terril", kind="emploi")
    actions.change_partners(draft, written=[partner], by=cast.referent)
    actions.transmit(draft, at=AFTER, by=cast.referent, render=files.make_all, sending_note="")
    draft.refresh_from_db()
    return draft


def compact(said: str) -> str:
    """Without spaces or hyphens: on paper a cell breaks its lines where it likes."""
    return re.sub(r"[\s\u00ad-]", "", said)


def stored(bilan: Bilan, kind: str) -> bytes:
    """A file as it was sent."""
    file = bilan.document.kept(kind)
    assert file is not None
    return file.data


def paper(bilan: Bilan) -> str:
    """Everything that its PDF says."""
    return compact(text_of(stored(bilan, "pdf")))


def test_its_reason_and_everything_it_changes_are_printed(cast: Cast, rectified: Bilan) -> None:
    (second, first) = versions_of(cast.referent, rectified)
    found = {change.label: change.new for change in second.changes}
    shown = page(cast.referent, "bilan_detail", "62", "2019-S1")
    body, whole = shown.context["body"], text(shown)
    pdf = paper(rectified)

    assert set(TOLD) <= set(found)
    sizes = {item.kind: item.size for item in second.downloads}
    assert sizes == {kind: len(stored(rectified, kind)) for kind in ("pdf", "xlsx", "ods", "csv", "json")}
    assert f"PDF – {file_size(sizes['pdf'] or 0)}" in whole
    assert "Bilan du Pas-de-Calais, 1er semestre 2019, version 1" in whole
    assert (first.changes, first.reason, second.reason) == ((), "", REASON)
    for label, new in TOLD.items():
        assert new in found[label], label
    assert REASON in body
    assert compact(REASON) in pdf
    assert whole.count(REASON) == 2  # on the document, and in the list of versions
    for change in second.changes:
        assert body.count(f">{change.label}<") >= 1, change.label
        assert whole.count(f"<dt>{change.label}</dt>") == 1, change.label
        assert all(compact(said) in pdf for said in (change.label, change.old, change.new)), change.label
