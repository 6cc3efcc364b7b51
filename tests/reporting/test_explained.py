"""The page of one figure: it lists the submissions that it sums, and who is missing and why."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import LazySettings

from conventions.models import Convention, Result, Submission
from reporting.actions import arbitrate, transmit
from reporting.method.overlaps import Ruling
from reporting.renderers.explained import FigurePage
from reporting.selectors.explained import explained
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    S2_2019,
    BilanFactory,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    GroupLinkFactory,
    SubmissionFactory,
)
from tests.pages import page, queries, text
from tests.reporting.pages import plain

ON = date(2020, 2, 1)
AT = datetime(2020, 2, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _february(settings: LazySettings) -> None:
    settings.PAQTE_TODAY = ON


def engaged(cast: Cast, name: str, **fields: Any) -> Convention:  # Any: a factory's fields
    row: Convention = ConventionFactory(company=CompanyFactory(name=name, department=cast.company.department), **fields)
    return row


def answered(convention: Convention, code: str, answer: Any, **fields: Any) -> Submission:  # Any: a factory's
    row: Submission = SubmissionFactory(convention=convention, **{"validated": True, **fields}, answers={code: answer})
    return row


def second(**fields: Any) -> dict[str, Any]:  # Any: a factory's fields
    """Of the second semester of 2019."""
    return {"campaign": CampaignFactory(semester=S2_2019), **fields}


def shown(cast: Cast, code: str) -> FigurePage:
    bilan = BilanFactory(semester=S2_2019)
    found = explained(bilan, code, on=ON, reader=cast.lecteur)
    assert found is not None
    return FigurePage(found, S2_2019)


def lines(found: FigurePage) -> list[tuple[str, ...]]:
    return [(line.company.name, *(said for said, _ in line.cells)) for line in found.lines]


def missing(found: FigurePage) -> list[tuple[str, str]]:
    return [(line.company.name, reason) for line, reason in found.missing]


def test_the_lines_add_up_to_the_figure_of_each_semester(cast: Cast) -> None:
    both, lost, new = (engaged(cast, name) for name in ("Acier", "Brasserie", "Coton"))
    answered(both, "REC-02", 1200)
    answered(lost, "REC-02", 4)
    answered(both, "REC-02", 300, **second())
    answered(lost, "REC-02", "Rien d’ouvert.", **second())
    answered(new, "REC-02", 0, **second())

    found = shown(cast, "REC-02")

    assert lines(found) == [
        ("Acier", "300", "1\u202f200"),
        ("Brasserie", "–", "4"),
        ("Coton", "0", "–"),
    ]
    assert found.totals == [("Total", ("300", "1\u202f204"))]
    assert found.perimeter == "3 entreprises interrogées\u00a0: 2 valeurs, 1 sans objet, 0 silencieuse."
    assert missing(found) == [("Brasserie", "sans objet\u00a0: Rien d’ouvert.")]


def test_who_is_silent_and_why(cast: Cast) -> None:
    answered(engaged(cast, "A validée"), "REC-02", 3, **second())
    SubmissionFactory(convention=engaged(cast, "B en saisie"), **second(version=2))
    SubmissionFactory(convention=engaged(cast, "C jamais ouverte"), **second())
    engaged(cast, "D sans formulaire")
    answered(engaged(cast, "E transmise"), "REC-02", 3, **second(validated=False, transmitted=True))
    answered(engaged(cast, "F renvoyée"), "REC-02", 3, **second(validated=False, returned=True))

    found = shown(cast, "REC-02")

    assert lines(found) == [("A validée", "3", "–")]
    assert missing(found) == [
        ("B en saisie", "en saisie"),
        ("C jamais ouverte", "formulaire jamais ouvert"),
        ("D sans formulaire", "formulaire jamais ouvert"),
        ("E transmise", "transmise, non validée"),
        ("F renvoyée", "à corriger"),
    ]


def test_what_was_validated_counts_while_it_is_corrected(cast: Cast) -> None:
    row = answered(engaged(cast, "Acier"), "REC-02", 3, **second())
    Submission.objects.filter(pk=row.pk).update(state="returned", validated_at=None, returned_at=AT)
    Result.objects.filter(submission=row).update(value=Decimal(99))

    found = shown(cast, "REC-02")

    assert (lines(found), missing(found)) == ([("Acier", "3", "–")], [])


def test_a_stock_says_what_it_carries_and_forgets_who_left(cast: Cast) -> None:
    here, silent, gone = (engaged(cast, name) for name in ("Acier", "Brasserie", "Coton"))
    for convention, value in ((here, 10), (silent, 20), (gone, 5)):
        answered(convention, "FOR-02", value)
    answered(here, "FOR-02", 12, **second())
    answered(gone, "FOR-02", 5, **second())
    Convention.objects.filter(pk=gone.pk).update(state="terminated", terminated_on=date(2019, 9, 30))

    found = shown(cast, "FOR-02")

    assert lines(found) == [("Acier", "12", "10"), ("Brasserie", "20, repris", "20"), ("Coton", "–", "5")]
    assert found.totals == [
        ("Total déclaré", ("12", "35")),
        ("Dernier état connu, avec ce qui est repris", ("32", "–")),
    ]
    assert dict(found.facts)["Dernier état connu"] == "32, dont 20 repris (1)"
    assert missing(found) == [("Brasserie", "formulaire jamais ouvert")]


def test_a_yes_or_no_is_said_in_words(cast: Cast) -> None:
    for name, answer in (("Acier", 1), ("Brasserie", 0)):
        answered(engaged(cast, name), "REC-07", answer, **second())

    found = shown(cast, "REC-07")

    assert lines(found) == [("Acier", "oui", "–"), ("Brasserie", "non", "–")]
    assert found.totals == [("Total", ("1 oui", "non renseigné"))]


def test_a_ratio_shows_both_sides_and_who_misses_a_term(cast: Cast) -> None:
    for name, answers in (("Acier", {"REC-01": 40, "REC-02": 10}), ("Brasserie", {"REC-01": 9, "REC-02": "Inconnu."})):
        SubmissionFactory(convention=engaged(cast, name), validated=True, answers=answers, **second())
    engaged(cast, "Coton")

    found = shown(cast, "RAT-05")

    assert lines(found) == [("Acier", "10 / 40")]
    assert found.totals == [("Total", ("10 / 40",))]
    assert found.perimeter == "3 entreprises interrogées\u00a0; 1 a donné tous les termes."
    assert missing(found) == [
        ("Brasserie", "un terme manque ou est sans objet"),
        ("Coton", "formulaire jamais ouvert"),
    ]
    assert [spec.code for spec in found.explained.parts] == ["REC-02", "REC-01"]


def test_the_page_says_it_all_and_links_the_submissions(cast: Cast) -> None:
    BilanFactory(semester=S2_2019)
    now = answered(ConventionFactory(company=cast.company), "REC-02", 7, **second())
    engaged(cast, "Coton Terril")

    seen = text(page(cast.lecteur, "bilan_figure", "62", S2_2019, "REC-02"))

    for said in (
        "Recrutements de résidents de QPV",
        "Définition",
        "Ce qui ne compte pas",
        "Somme de tous les semestres depuis le lancement",
        "2 entreprises interrogées\u00a0: 1 valeur, 0 sans objet, 1 silencieuse.",
        f'<a href="{now.get_absolute_url()}">7<span',
        "formulaire jamais ouvert",
    ):
        assert said in seen


def test_the_page_says_what_changed_since_the_bilan_was_sent(cast: Cast) -> None:
    row = answered(ConventionFactory(company=cast.company), "REC-02", 7)
    transmit(BilanFactory(), at=AT, by=cast.referent, render=plain, sending_note="Tout est là.")
    same = text(page(cast.referent, "bilan_figure", "62", S1_2019, "REC-02"))
    Result.objects.filter(submission=row, indicator__code="REC-02").update(counted_value=Decimal(9))

    changed = text(page(cast.referent, "bilan_figure", "62", S1_2019, "REC-02"))

    assert "a changé depuis la transmission" not in same
    assert "a changé depuis la transmission" in changed
    assert "Semestre\u00a0: 7 → 9\u00a0;" in changed


def test_the_page_says_what_may_be_counted_twice(cast: Cast) -> None:
    BilanFactory()
    for company, value in ((cast.company, 12), (cast.rival_company, 5)):
        link = GroupLinkFactory(company=company)
        convention = ConventionFactory(company=company)
        answered(convention, "REC-02", value)
    convention.elsewhere.create(where="Club du Terril", since=date(2019, 2, 8))
    arbitrate(
        cast.company.department,
        semester=S1_2019,
        group=link.group_id,
        ruling=Ruling.LARGEST,
        company=None,
        reason="Le siège comprend l’atelier.",
        at=AT,
        by=cast.referent,
    )

    own = text(page(cast.referent, "bilan_figure", "62", S1_2019, "REC-02"))
    read = text(page(cast.lecteur, "bilan_figure", "62", S1_2019, "REC-02"))

    numbers = "".join(f'<td class="portal-number">{said}</td> ' for said in (17, 5, 12))
    assert numbers in own
    assert "Le siège comprend l’atelier." in own
    assert "<bdi>Fonderie Terril (Club du Terril)</bdi>" in own
    assert f"/doubles-comptes/{link.group_id}/" in own
    assert f"/doubles-comptes/{link.group_id}/" not in read


@pytest.mark.parametrize(("code", "expected"), [("REC-02", 23), ("RAT-05", 19)])
def test_as_many_queries_for_one_company_as_for_thirty(cast: Cast, code: str, expected: int) -> None:
    BilanFactory(semester=S2_2019)

    def answers() -> None:
        convention = ConventionFactory(company=CompanyFactory(department=cast.company.department))
        for fields in ({}, second()):
            SubmissionFactory(convention=convention, validated=True, answers={"REC-01": 9, "REC-02": 2}, **fields)

    answers()
    before = queries(cast.referent, "bilan_figure", "62", S2_2019, code)
    for _ in range(29):
        answers()

    assert (before, queries(cast.referent, "bilan_figure", "62", S2_2019, code)) == (expected, expected)
