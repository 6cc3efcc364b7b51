"""Groups that reported the same thing several times: what is read, what is decided, and the page of it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companies.models import Company
from conventions.models import Convention, ElsewhereFlag, Submission
from reporting.actions import arbitrate
from reporting.figures import Figure
from reporting.method.overlaps import DoubleCounts, Ruling
from reporting.models import Arbitration
from reporting.renderers.wording import PrintedOverlap
from reporting.selectors import group_overlap
from reporting.selectors.ground import Rows, ground_of
from reporting.selectors.overlaps import overlaps_of, values_of
from reporting.selectors.perimeter import perimeter
from territories.semester import Semester
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    S2_2019,
    BilanFactory,
    CompanyFactory,
    ConventionFactory,
    GroupLinkFactory,
    SubmissionFactory,
)
from tests.pages import page, queries, signed_in, text
from workflows.tables import Incomplete, TransitionRefused, WrongRole, WrongState

AT = datetime(2019, 8, 5, 9, tzinfo=UTC)
GROUP = "000999771"


def answered(company: Company, **fields: Any) -> Submission:  # Any: a factory's fields
    """A company of the group, whose 2019-S1 is validated."""
    convention: Convention = ConventionFactory(company=company)
    row: Submission = SubmissionFactory(convention=convention, validated=True, **fields)
    return row


@pytest.fixture
def group(cast: Cast) -> Cast:
    """The company and the rival are of one group; 12 and 5 recruitments, 3 and 0 trainings."""
    for company in (cast.company, cast.rival_company):
        GroupLinkFactory(company=company)
    answered(cast.company, answers={"REC-02": 12, "FOR-02": 3, "REC-01": 40})
    answered(cast.rival_company, answers={"REC-02": 5, "FOR-02": 0, "REC-01": "Aucun poste ouvert."})
    return cast


def decide(cast: Cast, ruling: Ruling = Ruling.LARGEST, **fields: Any) -> Arbitration:  # Any: any of them
    said = {"semester": S1_2019, "group": GROUP, "company": None, "reason": "Siège et atelier.", "by": cast.referent}
    return arbitrate(cast.company.department, ruling=ruling, at=AT, **{**said, **fields})


def doubles(department: str, semester: Semester) -> DoubleCounts:
    now = perimeter(department, semester)
    return overlaps_of(department, semester, values_of(now, ground_of(Rows.of(department), now)))


def found(cast: Cast) -> list[tuple[object, ...]]:
    rows = doubles("62", S1_2019).overlaps
    return [(item.code, item.gross, item.overlap, item.net, item.ruling) for item in rows]


def test_what_two_of_a_group_gave_is_to_settle(group: Cast) -> None:
    assert found(group) == [("FOR-02", 3, 0, 3, ""), ("REC-02", 17, 0, 17, "")]


def test_the_last_decision_holds(group: Cast) -> None:
    decide(group)
    assert found(group) == [("FOR-02", 3, 0, 3, "maximum"), ("REC-02", 17, 5, 12, "maximum")]

    decide(group, Ruling.ONE, company=group.rival_company.pk)
    assert found(group) == [("FOR-02", 3, 3, 0, "une"), ("REC-02", 17, 12, 5, "une")]
    assert list(Arbitration.objects.values_list("number", "ruling", "company", "reason", "at", "by")) == [
        (1, "maximum", None, "Siège et atelier.", AT, group.referent.pk),
        (2, "une", group.rival_company.pk, "Siège et atelier.", AT, group.referent.pk),
    ]


def test_a_decision_is_of_one_semester_and_one_departement(group: Cast) -> None:
    decide(group)

    assert doubles("62", S2_2019).overlaps == ()
    assert doubles("59", S1_2019).overlaps == ()


def test_the_company_of_the_siren_is_of_the_group_without_a_link(cast: Cast) -> None:
    GroupLinkFactory(company=cast.rival_company, group=cast.company.legal_unit)
    answered(cast.company, answers={"REC-02": 12})
    answered(cast.rival_company, answers={"REC-02": 5})

    assert [(item.group, item.gross) for item in doubles("62", S1_2019).overlaps] == [
        (cast.company.legal_unit_id, Decimal(17))
    ]


def test_a_yes_of_a_group_is_counted_in_yeses(cast: Cast) -> None:
    for company, said in ((cast.company, 1), (cast.rival_company, 0)):
        GroupLinkFactory(company=company)
        answered(company, answers={"REC-07": said})
    item = doubles("62", S1_2019).overlaps[0]

    found = group_overlap("62", S1_2019, item.group)

    assert found is not None
    assert [line.unit for line in found.lines] == ["oui"]
    figure = Figure.of(found.lines[0].indicator, rank=1)
    assert PrintedOverlap.of(item, figure).gross == "1\u00a0oui"


@pytest.mark.parametrize(("until", "linked"), [(date(2019, 6, 29), False), (date(2019, 6, 30), True), (None, True)])
def test_the_last_day_of_the_semester_says_who_is_of_the_group(cast: Cast, until: date | None, linked: bool) -> None:
    for company in (cast.company, cast.rival_company):
        GroupLinkFactory(company=company, until=until)
        answered(company, answers={"REC-02": 1})

    assert bool(doubles("62", S1_2019).overlaps) is linked


def test_only_what_counts_is_looked_at(cast: Cast) -> None:
    for company in (cast.company, cast.rival_company):
        GroupLinkFactory(company=company)
    answered(cast.company, answers={"REC-02": 12})
    SubmissionFactory(convention=ConventionFactory(company=cast.rival_company), transmitted=True, answers={"REC-02": 5})

    assert doubles("62", S1_2019).overlaps == ()


@pytest.mark.parametrize(("code", "counted"), [("REC-02", True), ("FOR-02", False)])
def test_a_stock_is_of_who_is_still_engaged(cast: Cast, code: str, counted: bool) -> None:
    for company in (cast.company, cast.rival_company):
        GroupLinkFactory(company=company)
        convention = ConventionFactory(company=company)
        if company == cast.rival_company:
            Convention.objects.filter(pk=convention.pk).update(state="terminated", terminated_on=date(2019, 6, 29))
        SubmissionFactory(convention=convention, validated=True, answers={code: 1})

    assert bool(doubles("62", S1_2019).overlaps) is counted


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (date(2019, 2, 8), None, True),
        (date(2019, 6, 30), None, True),
        (date(2019, 7, 1), None, False),
        (date(2019, 2, 8), date(2019, 6, 29), False),
        (date(2019, 2, 8), date(2019, 6, 30), True),
    ],
)
def test_what_is_counted_elsewhere(cast: Cast, since: date, until: date | None, told: bool) -> None:
    reported = answered(cast.company, answers={"REC-02": 12})
    answered(cast.rival_company, answers={"REC-02": 5})
    ElsewhereFlag.objects.create(convention=reported.convention, where="Club du Terril", since=since, until=until)

    parts = [(part.code, part.value, part.companies) for part in doubles("62", S1_2019).elsewhere]

    assert parts == ([("REC-02", Decimal(12), ("Ateliers Terril (Club du Terril)",))] if told else [])


def test_a_flag_that_ends_with_its_convention_counts_to_the_end(cast: Cast) -> None:
    reported = answered(cast.company, answers={"REC-02": 12})
    last = date(2019, 4, 30)
    Convention.objects.filter(pk=reported.convention_id).update(state="terminated", terminated_on=last)
    ElsewhereFlag.objects.create(
        convention=reported.convention, where="Club du Terril", since=date(2019, 2, 8), until=last
    )

    assert [part.value for part in doubles("62", S1_2019).elsewhere] == [Decimal(12)]


def test_as_many_queries_for_two_as_for_thirty(group: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            doubles("62", S1_2019)
        return len(captured)

    before = asked()
    for _ in range(28):
        company = CompanyFactory(department=group.company.department)
        GroupLinkFactory(company=company)
        answered(company, answers={"REC-02": 1})

    assert (before, asked()) == (12, 12)


def test_what_cannot_be_decided_is_refused(group: Cast) -> None:
    stranger = answered(CompanyFactory(), answers={"REC-02": 1}).company
    refused: list[tuple[type[TransitionRefused], dict[str, Any]]] = [  # Any: the fields of `decide`
        (WrongRole, {"by": group.lecteur}),
        (WrongRole, {"by": group.other_referent}),
        (Incomplete, {"reason": "  "}),
        (WrongState, {"group": stranger.legal_unit_id}),
        (WrongState, {"semester": S2_2019}),
        (TransitionRefused, {"ruling": Ruling.ONE}),
        (TransitionRefused, {"ruling": Ruling.ONE, "company": stranger.pk}),
        (TransitionRefused, {"ruling": Ruling.SUM, "company": group.company.pk}),
    ]

    for refusal, fields in refused:
        with pytest.raises(refusal):
            decide(group, **fields)

    assert Arbitration.objects.count() == 0


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("arbitration_company_goes_with_ruling", {"ruling": "une"}),
        ("arbitration_has_reason", {"reason": ""}),
        ("arbitration", {"number": 1}),
    ],
)
def test_the_database_holds_it(group: Cast, rule: str, changed: dict[str, Any]) -> None:  # Any: model fields
    row = decide(group)
    row.pk, row.number = None, 2
    for name, value in changed.items():
        setattr(row, name, value)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(("actor", "sees"), [("referent", True), ("lecteur", True), ("member", False), ("cget", False)])
def test_who_sees_a_decision(group: Cast, actor: str, sees: bool) -> None:
    decide(group)

    assert Arbitration.objects.visible_to(getattr(group, actor)).exists() is sees


def sent(cast: Cast, **data: object) -> Any:  # Any: the test client's own response
    return signed_in(cast.referent).post(reverse("bilan_overlap", args=["62", S1_2019, GROUP]), data)


def test_the_page_shows_and_decides(group: Cast) -> None:
    BilanFactory()
    shown = text(page(group.referent, "bilan_overlap", "62", S1_2019, GROUP))
    kept = sent(group, ruling="une", company=str(group.company.pk), reason="Le siège déclare pour l’atelier.")
    after = text(page(group.referent, "bilan_overlap", "62", S1_2019, GROUP))

    assert '<span dir="auto">Ateliers Terril</span>\u00a0: 12' in shown
    assert shown.index("Alternants présents") < shown.index("Recrutements de résidents de QPV")
    assert "à\u00a0arbitrer" in shown
    assert kept.status_code == 302
    assert "Garder une seule entreprise\u00a0: elle déclare pour toutes (Ateliers Terril)" in after
    assert "Le siège déclare pour l’atelier." in after
    assert "Décider autrement" in after


def test_the_page_says_what_is_missing(group: Cast) -> None:
    BilanFactory()

    nobody = sent(group, ruling="une", company="", reason="Lu.")
    nothing = sent(group)
    odd = sent(group, ruling="deux", company="n’importe quoi", reason="Lu.")
    ignored = sent(group, ruling="somme", company=str(group.company.pk), reason="Rien de commun.")

    assert "Choisissez l’entreprise gardée." in text(nobody)
    assert [answer.status_code for answer in (nobody, nothing, odd, ignored)] == [422, 422, 422, 302]
    assert Arbitration.objects.get().company is None


def test_a_group_without_anything_twice_has_no_page(group: Cast) -> None:
    BilanFactory()

    assert page(group.referent, "bilan_overlap", "62", S1_2019, "000000000").status_code == 404
    assert page(group.referent, "bilan_overlap", "62", S2_2019, GROUP).status_code == 404
    assert group_overlap("62", S2_2019, GROUP) is None


def test_the_page_makes_as_many_queries_for_one_decision_as_for_thirty(group: Cast) -> None:
    BilanFactory()
    decide(group)
    once = queries(group.referent, "bilan_overlap", "62", S1_2019, GROUP)
    for _ in range(29):
        decide(group)

    assert (once, queries(group.referent, "bilan_overlap", "62", S1_2019, GROUP)) == (17, 17)
