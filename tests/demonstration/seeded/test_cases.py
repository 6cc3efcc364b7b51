"""The demonstration shows every case of life that the method of figures speaks of, and its texts say what it counts."""

from datetime import date
from decimal import Decimal

import pytest

from companies.models import Company, GroupLink
from conventions.models import ActionExample, Convention, ElsewhereFlag, Result, Submission, TargetSet
from demonstration.seeding import Seeded
from reporting.models import Bilan


def results(code: str, **conditions: object) -> list[Result]:
    return list(Result.objects.filter(indicator__code=code, **conditions).select_related("submission"))


def submission(company: str, semester: str) -> Submission:
    return Submission.objects.get(convention__company__name=company, campaign__semester=semester)


def said(company: str, semester: str, code: str) -> tuple[str, Decimal | None]:
    row = Result.objects.get(submission=submission(company, semester), indicator__code=code)
    return row.status, row.value


def test_every_indicator_is_asked_somewhere(seeded: Seeded) -> None:
    asked = Result.objects.of_catalogue().values_list("indicator__code", flat=True).distinct()

    assert len(set(asked)) == 38


def test_half_days_and_purchases_that_are_both_in_a_quartier_and_of_insertion(seeded: Seeded) -> None:
    assert Decimal("0.5") in {row.value for row in results("SEN-12", status="value")}
    assert results("ACH-05", value__gt=0, submission__state="validated")


def test_a_group_and_its_establishment_are_both_engaged(seeded: Seeded) -> None:
    link = GroupLink.objects.get()

    assert (link.company.name, link.until) == ("Plasturgie Terril Audomarois", None)
    group = Company.objects.get(siret__startswith=link.group_id)
    assert group.name == "Automobiles Terril Artois"
    assert Convention.objects.filter(company__in=[group, link.company], state="signed").count() == 2
    assert ElsewhereFlag.objects.get().convention.company.name == "Distribution Terril Gohelle"


def test_a_sent_bilan_says_what_would_be_counted_twice(seeded: Seeded) -> None:
    snapshot = Bilan.objects.get(department="62", semester="2019-S2").document.snapshot

    assert {(item["group_name"], item["ruling"]) for item in snapshot["overlaps"]} == {
        ("Automobiles Terril Artois", "maximum")
    }
    assert any(item["overlap"] > 0 for item in snapshot["overlaps"])
    assert {item["companies"][0] for item in snapshot["elsewhere"]} == {
        "Distribution Terril Gohelle (Bilan national du groupe de Distribution Terril Gohelle)"
    }


def test_a_pioneer_from_before_the_launch_has_signed_its_renewal(seeded: Seeded) -> None:
    renewal = Convention.objects.get(renews__isnull=False)

    assert renewal.renews is not None
    assert (renewal.company.name, renewal.renews.starts_on) == ("Vente à distance Beffroi", date(2018, 6, 20))
    assert (renewal.state, renewal.starts_on, renewal.signed_on) == ("signed", date(2021, 6, 20), date(2020, 7, 2))


def test_an_avenant_and_a_termination(seeded: Seeded) -> None:
    avenant = TargetSet.objects.get(number=1)
    before = dict(
        avenant.convention.target_sets.get(number=0).targets.values_list("indicator__code", "value").filter(year=2)
    )
    after = dict(avenant.targets.values_list("indicator__code", "value").filter(year=2))

    assert (avenant.convention.company.name, avenant.effective_on) == ("Banque coopérative Terril", date(2020, 4, 1))
    assert {code for code in after if after[code] != before[code]} == {"REC-02", "SEN-02"}
    assert Convention.objects.get(state="terminated").terminated_on == date(2020, 3, 31)


def test_a_stock_is_carried_over_a_silent_semester_then_ended_by_sans_objet(seeded: Seeded) -> None:
    silent = "Énergie Terril Services"

    status, value = said(silent, "2019-S1", "ACH-02")
    assert status == "value"
    assert value
    assert submission(silent, "2019-S2").first_transmitted_on is None
    assert said(silent, "2020-S1", "ACH-02") == ("not_applicable", None)
    assert said(silent, "2020-S1", "FOR-03")[0] == "value"
    assert submission(silent, "2020-S1").state == "validated"
    sent = Bilan.objects.get(department="62", semester="2019-S2").document.snapshot
    carried = {figure["code"]: figure["carried_companies"] for axis in sent["axes"] for figure in axis["figures"]}
    assert (carried["ACH-02"], carried["FOR-03"], carried["REC-02"]) == (1, 1, 0)


def test_a_submission_came_back_after_its_bilan_was_sent(seeded: Seeded) -> None:
    returned = submission("Sucrerie Terril", "2019-S2")
    bilan = Bilan.objects.get(department="62", semester="2019-S2")

    assert (returned.state, bilan.state) == ("returned", "transmitted")
    assert returned.returned_at
    assert bilan.transmitted_at
    assert returned.returned_at > bilan.transmitted_at


def test_the_texts_of_the_bilans_say_what_their_tables_count(seeded: Seeded) -> None:
    counted = {}
    for bilan in Bilan.objects.filter(state="transmitted"):
        counts = bilan.document.snapshot["completeness"]
        counted[bilan.department_id, str(bilan.semester), bilan.version] = (
            counts["expected"],
            counts["received"],
            len(counts["silent"]),
        )

    assert counted == {
        ("59", "2019-S1", 1): (6, 5, 1),  # « Six entreprises … ; cinq ont répondu », « Une entreprise »
        ("59", "2019-S2", 1): (10, 9, 1),  # « Dix entreprises », « Une librairie »
        ("62", "2019-S1", 1): (15, 12, 3),  # « Quinze entreprises », « Trois entreprises »
        ("62", "2019-S1", 2): (15, 13, 2),  # « Deux entreprises »
        ("62", "2019-S2", 1): (27, 24, 3),  # « Vingt-sept …, vingt-quatre ont répondu », « Trois entreprises »
        ("974", "2019-S2", 1): (5, 5, 0),  # « Cinq entreprises …, toutes ont répondu »
    }
    signed = Convention.objects.filter(company__department="62").signed()
    assert signed.filter(starts_on__lt="2020-01-01").exclude(charter=None).count() == 11  # « onze l’ont été »


@pytest.mark.parametrize(
    ("company", "code", "sentence"),
    [
        ("Distribution Terril Gohelle", "SEN-02", "{} stagiaires de 3e de collèges REP+"),
        ("Terril Intérim Insertion", "REC-02", "Le semestre compte {} recrutements de résidents"),
        ("Automobiles Terril Artois", "FOR-03", "compte {} alternants résidant"),
        ("Vente à distance Beffroi", "FOR-05", "dont {} contrats avec des habitants"),
        ("Distribution Vanille", "REC-03", "dont {} recrutements en CDI"),
    ],
)
def test_the_examples_say_the_figures_of_their_submission(
    seeded: Seeded, company: str, code: str, sentence: str
) -> None:
    example = ActionExample.objects.get(submission__convention__company__name=company)
    value = example.submission.results.get(indicator__code=code).value

    assert value is not None
    assert value >= 2
    assert sentence.format(int(value)) in example.text
    assert not ActionExample.objects.filter(text__contains="{").exists()
