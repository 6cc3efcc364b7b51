"""The technical administration of conventions and results: one's own rows, to read, journals and targets with them."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from conventions.models import Submission
from tests.cast import Cast
from tests.factories import ConventionFactory, SubmissionFactory, TargetSetFactory

CONVENTIONS = "/administration/conventions/convention/"
RESULTS = "/administration/conventions/result/"


@pytest.fixture
def staff(cast: Cast) -> User:
    cast.referent.is_staff = True
    cast.referent.save()
    return cast.referent


@pytest.fixture(autouse=True)
def _open(settings: Settings) -> None:
    """A day on which the campaign of the first semester of 2019 is open."""
    settings.PAQTE_TODAY = date(2019, 7, 15)


@pytest.fixture
def submission(cast: Cast, catalogue: str) -> Submission:
    convention = ConventionFactory(company=cast.company, reference="PAQTE-62-2019-001")
    submission: Submission = SubmissionFactory(convention=convention, answers={"REC-01": 12, "REC-02": None})
    return submission


def test_the_journals_and_states_are_only_read(client: Client, staff: User, submission: Submission) -> None:
    client.force_login(staff)

    for page in (
        f"{CONVENTIONS}{submission.convention_id}/change/",
        f"/administration/conventions/submission/{submission.pk}/change/",
    ):
        text = client.get(page).content.decode()
        assert client.post(page, {"state": "terminated"}).status_code == 403
        assert 'name="state"' not in text
        assert 'name="_save"' not in text


def test_a_convention_shows_each_of_its_sets_of_targets(client: Client, staff: User, submission: Submission) -> None:
    convention = submission.convention
    TargetSetFactory(
        convention=convention, number=1, effective_on=date(2020, 1, 1), reason="site", targets={("REC-01", 2): 1500}
    )
    client.force_login(staff)

    text = client.get(f"{CONVENTIONS}{convention.pk}/change/").content.decode()

    assert "REC-02 année 1\u00a0: 12 · REC-02 année 2\u00a0: 12 · REC-02 année 3\u00a0: 12" in text
    assert "REC-01 année 2\u00a0: 1\u202f500" in text
    assert "ouverture ou fermeture d’un site" in text


def test_each_list_opens_on_one_s_own_rows(client: Client, staff: User, cast: Cast, submission: Submission) -> None:
    foreign = ConventionFactory(company=cast.other_company, reference="PAQTE-59-2019-001")
    SubmissionFactory(convention=foreign, answers={"REC-01": 7})
    client.force_login(staff)

    for model in ("convention", "result", "submission", "campaign"):
        response = client.get(f"/administration/conventions/{model}/")
        assert response.status_code == 200
        assert "Beffroi" not in response.content.decode()


def test_the_lists_cost_the_same_with_one_row_and_with_many(
    client: Client, staff: User, cast: Cast, submission: Submission, django_assert_num_queries
) -> None:
    client.force_login(staff)

    with django_assert_num_queries(6):
        client.get(RESULTS)
    for _ in range(5):
        other = ConventionFactory(company__department=cast.company.department)
        SubmissionFactory(convention=other, answers={"REC-01": 1, "REC-02": 0})
    with django_assert_num_queries(6):
        client.get(RESULTS)
