"""Run as a program, on its own database: bilans and submissions ready to be transmitted, and signed-in sessions.

Prints one JSON line: the sessions of a référent and of a company's administrator, and what each can transmit.
"""

import json
from importlib import import_module
from typing import TYPE_CHECKING

import django
from django.test import Client

if TYPE_CHECKING:
    from accounts.models import User


def main() -> None:
    """Create the rows and say what they are."""
    django.setup()
    factories = import_module("tests.factories")
    semester = import_module("territories.semester").Semester
    referent = factories.UserFactory(referent=True)
    convention = factories.ConventionFactory()
    member = factories.MembershipFactory(company=convention.company).user
    semesters = [semester(year, half) for year in (2019, 2020, 2021) for half in (1, 2)]
    bilans = [factories.BilanFactory(semester=item, sending_note="Essai.") for item in semesters]
    submissions = [
        factories.SubmissionFactory(
            convention=convention,
            campaign=factories.CampaignFactory(
                semester=item,
                opens_on="2019-07-01",
                due_on="2022-12-31",
                locks_on="2022-12-31",
                bilan_due_on="2022-12-31",
            ),
            answers={"REC-02": 2, "REC-01": 10 + index},
        )
        for index, item in enumerate(semesters)
    ]
    print(  # noqa: T201  # its one output
        json.dumps(
            {
                "referent": session_of(referent),
                "member": session_of(member),
                "bilans": [bilan.get_absolute_url() for bilan in bilans],
                "contacts": f"{convention.company.get_absolute_url()}contacts/",
                "submissions": [submission.get_absolute_url() for submission in submissions],
            }
        )
    )


def session_of(user: "User") -> str:
    """The key of a session in which `user` is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    main()
