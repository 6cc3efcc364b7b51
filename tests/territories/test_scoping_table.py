"""Who sees which rows of every scoped model, typed by hand: this table is the specification of the access rule."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser

from territories.scoping import Corporate, Departmental, Everywhere, National, Nobody, Portfolio
from tests.cast import Cast
from tests.territories.scoping_world import SCOPED, Steps, make_steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

SCOPES = {
    "everywhere": ("technician", Everywhere),
    "national": ("cget", National),
    "departmental": ("referent", Departmental),
    "portfolio": ("animateur", Portfolio),
    "corporate": ("member", Corporate),
    "nobody": ("no_role", Nobody),
}

TABLE = """
# what a step made (see scoping_world): everywhere | national | departmental (62) | portfolio (A) | corporate (A)
territories.Department: 59 62 | 59 62 | 62 | - | -
territories.DepartmentFigures: 59 62 | - | 62 | - | -
accounts.AccountAct: 59 59-ref 62 62-ref | 59-ref 62-ref | 62 62-ref | - | -
accounts.Trace: 59 62 agency | agency | 62 | - | -
companies.Company: A B C | - | A B | A | A
companies.Establishment: A B C | - | A B | A | A
companies.Charter: A B C | - | A B | A | A
companies.Contact: A B C | - | A B | A | A
companies.Membership: A B C | - | A B | A | A
companies.Portfolio: A B C | - | A B | A | A
companies.CompanyLog: A B C | - | A B | A | A
companies.GroupLink: A B C | - | A B | A | A
companies.FormerName: A B C | - | A B | A | A
companies.Succession: A B C | - | A B | A | A
companies.Invitation: 59 59-ref 62 62-ref A B C agency | 59-ref 62-ref agency | 62 62-ref A B | A | A
conventions.Convention: A A-draft B B-draft C C-draft | A B C | A A-draft B B-draft | A A-draft | A A-draft
conventions.ConventionAxis: A A-draft B B-draft C C-draft | - | A A-draft B B-draft | A A-draft | A A-draft
conventions.Target: A A-draft B B-draft C C-draft | - | A A-draft B B-draft | A A-draft | A A-draft
conventions.TargetSet: A A-draft B B-draft C C-draft | - | A A-draft B B-draft | A A-draft | A A-draft
conventions.SpecificCommitment: A B C | - | A B | A | A
conventions.ElsewhereFlag: A B C | - | A B | A | A
conventions.ConventionLog: A A-draft B B-draft C C-draft | - | A A-draft B B-draft | A A-draft | A A-draft
conventions.Submission: A A-draft B B-draft C C-draft | - | A A-draft B B-draft | A A-draft | A A-draft
conventions.Result: A A-draft B B-draft C C-draft | - | A A-draft B B-draft | A A-draft | A A-draft
conventions.SubmissionVersion: A B C | - | A B | A | A
conventions.Correction: A B C | - | A B | A | A
conventions.ActionExample: A B C | - | A B | A | A
conventions.SubmissionLog: A B C | - | A B | A | A
conventions.CampaignLog: agency | agency | - | - | -
reporting.Bilan: 59 59-sent 62 62-sent | 59-sent 62-sent | 62 62-sent | - | -
reporting.BilanDocument: 59-sent 62-sent | 59-sent 62-sent | 62-sent | - | -
reporting.SentLine: 59-sent 62-sent | 59-sent 62-sent | 62-sent | - | -
reporting.SentExample: 59-sent 62-sent | 59-sent 62-sent | 62-sent | - | -
reporting.SentText: 59-sent 62-sent | 59-sent 62-sent | 62-sent | - | -
reporting.SentAnswers: 59-sent 62-sent | - | 62-sent | - | -
reporting.BilanFile: 59-sent 62-sent | 59-sent 62-sent | 62-sent | - | -
reporting.BilanLog: 59 59-said 59-sent 62 62-said 62-sent | 59-said 62-said | 62 62-said 62-sent | - | -
reporting.Sending: 59 62 | - | 62 | - | -
reporting.Arbitration: 59 62 | - | 62 | - | -
reporting.Partner: 59 62 | - | 62 | - | -
reporting.PrefectureExample: 59 59-sent 62 62-sent | - | 62 62-sent | - | -
national.Edition: agency | agency | - | - | -
national.EditionFile: agency | agency | - | - | -
indicators.CatalogueDraft: agency | agency | - | - | -
indicators.CatalogueDraftLog: agency | agency | - | - | -
national.Message: agency | agency | - | - | -
national.Publication: agency | agency | - | - | -
national.Recipient: agency | agency | - | - | -
"""


def lines(table: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """(model, steps seen by scope) of each line; nobody sees nothing, which needs no column."""
    for line in table.strip().splitlines():
        if not line.startswith("#"):
            model, _, cells = line.partition(": ")
            seen = [[] if cell.strip() == "-" else cell.split() for cell in cells.split("|")]
            yield model, dict(zip(SCOPES, [*seen, []], strict=True))


EXPECTED = dict(lines(TABLE))


@pytest.fixture
def steps(cast: Cast) -> Steps:
    return make_steps(cast)


def test_the_table_holds_every_scoped_model() -> None:
    assert set(EXPECTED) == set(SCOPED)


@pytest.mark.parametrize("scope", SCOPES)
def test_rows_seen(cast: Cast, steps: Steps, scope: str) -> None:
    actor, kind = SCOPES[scope]
    user = getattr(cast, actor)
    assert isinstance(user.scope, kind)

    seen = {name: sorted(set(steps.labels(model.objects.visible_to(user)))) for name, model in SCOPED.items()}

    assert seen == {name: sorted(by_scope[scope]) for name, by_scope in EXPECTED.items()}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_step_is_seen_whole_and_each_row_once(cast: Cast, steps: Steps, scope: str) -> None:
    user = getattr(cast, SCOPES[scope][0])

    for name, model in SCOPED.items():
        rows = [row.pk for row in model.objects.visible_to(user)]
        labels = {steps.made[name, pk] for pk in rows}
        whole = [pk for (kind, pk), label in steps.made.items() if kind == name and label in labels]
        assert sorted(rows, key=str) == sorted(whole, key=str)


@pytest.mark.parametrize("actor", ["contributor", "lecteur"])
def test_other_roles_of_a_scope_see_the_same(cast: Cast, steps: Steps, actor: str) -> None:
    same = {"contributor": cast.member, "lecteur": cast.referent}[actor]

    for model in SCOPED.values():
        mine, theirs = (model.objects.visible_to(user).order_by("pk") for user in (getattr(cast, actor), same))
        assert list(mine) == list(theirs)


def test_whoever_left_and_whoever_never_came_see_nothing(cast: Cast, steps: Steps) -> None:
    for model in SCOPED.values():
        assert list(model.objects.visible_to(cast.deactivated)) == []
        assert list(model.objects.visible_to(AnonymousUser())) == []
