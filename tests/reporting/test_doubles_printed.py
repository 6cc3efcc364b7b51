"""What a bilan says of double counts: what there is to say, and no more."""

from datetime import UTC, date, datetime

from conventions.models import ElsewhereFlag
from reporting.actions import arbitrate
from reporting.method.overlaps import Ruling
from tests.cast import Cast
from tests.factories import S1_2019, BilanFactory, ConventionFactory, GroupLinkFactory, SubmissionFactory
from tests.pages import page, text

AT = datetime(2019, 8, 5, 9, tzinfo=UTC)
TABLES, GROUPS, GROSS = "Groupes et résultats concernés", "d’un même groupe", "Les totaux de ce bilan comprennent"


def said(cast: Cast) -> list[bool]:
    """Whether the draft has the tables, the sentence on groups, and the one without."""
    seen = text(page(cast.referent, "bilan_detail", "62", S1_2019))
    return [sentence in seen for sentence in (TABLES, GROUPS, GROSS)]


def test_a_group_that_adds_up_has_its_decision_and_no_table(cast: Cast) -> None:
    BilanFactory()
    for company in (cast.company, cast.rival_company):
        link = GroupLinkFactory(company=company)
        SubmissionFactory(convention=ConventionFactory(company=company), validated=True, answers={"REC-02": 5})
    undecided = said(cast)

    arbitrate(
        cast.company.department,
        semester=S1_2019,
        group=link.group_id,
        ruling=Ruling.SUM,
        company=None,
        reason="Chacune les siens.",
        at=AT,
        by=cast.referent,
    )

    assert undecided == [True, True, False]
    assert said(cast) == [False, True, False]


def test_without_a_group_only_what_is_counted_elsewhere_is_said(cast: Cast) -> None:
    BilanFactory()
    convention = ConventionFactory(company=cast.company)
    SubmissionFactory(convention=convention, validated=True, answers={"REC-02": 12})
    ElsewhereFlag.objects.create(convention=convention, where="Club du Terril", since=date(2019, 2, 8))

    assert said(cast) == [True, False, True]
