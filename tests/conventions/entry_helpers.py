"""What the tests of submissions share: a company's submission half-way, and the fields that its browser would send."""

from datetime import date
from typing import Any

from django.urls import reverse

from conventions.forms.entry import StepForm
from conventions.models import Result, Submission
from conventions.selectors.entry import submission_sheet
from tests.cast import Cast
from tests.factories import ConventionFactory, SubmissionFactory
from tests.pages import signed_in

ON = date(2019, 7, 15)
"""A day on which the campaign of the first semester of 2019 is open."""
JSON = {"X-Requested-With": "fetch"}
TRANSMIT, VALIDATE, RETURN = "submission_transmit", "submission_validate", "submission_return"
REOPEN, EXTEND = "submission_reopen", "submission_extend"


def submission_of(cast: Cast, *, answers: dict[str, Any] | None = None, **fields: Any) -> Submission:
    """The submission of the cast's company for the first semester of 2019, on « recruter »."""
    convention = ConventionFactory(company=cast.company, axes=["recruter"])
    given = {"REC-01": None, "REC-02": None, "REC-04": None} if answers is None else answers
    return SubmissionFactory(convention=convention, answers=given, **fields)


def result(submission: Submission, code: str) -> Result:
    """The stored answer to one indicator."""
    return submission.results.select_related("indicator").get(indicator__code=code)


def step_url(submission: Submission, step: str = "recruter") -> str:
    """The address of a step."""
    return reverse("submission_step", args=[submission.pk, step])


def url(submission: Submission, name: str = "submission_detail") -> str:
    """The address of a page of the submission."""
    return reverse(name, args=[submission.pk])


def fields_of(submission: Submission, step: str = "recruter") -> dict[str, str]:
    """What the browser sends when nothing is touched."""
    fresh = Submission.objects.select_related("campaign", "convention", "company").get(pk=submission.pk)
    section = submission_sheet(fresh).section(step)
    assert section is not None
    data = {"version": str(fresh.version)}
    for field in StepForm(section).fields:
        if not field.line.is_open:
            continue
        name = f"r{field.line.pk}"
        data |= {f"{name}-{key}": getattr(field.typed, key) for key in ("value", "reason", "comment")}
        data[f"{name}-loaded"] = field.loaded
        data |= {f"{name}-na": "on"} if field.typed.not_applicable else {}
        data |= {f"{name}-confirmed": "on"} if field.typed.confirmed else {}
    return data


def typed(submission: Submission, **values: str) -> dict[str, str]:
    """What the browser sends after somebody typed these values: `typed(submission, REC_01="12")`."""
    data = fields_of(submission)
    for code, value in values.items():
        data[f"r{result(submission, code.replace('_', '-')).pk}-value"] = value
    return data


def complete(cast: Cast) -> Submission:
    """A draft in which nothing is missing."""
    return submission_of(cast, answers={"REC-01": 30, "REC-02": 0, "REC-04": "Aucun emploi franc ce semestre"})


def transmitted(cast: Cast) -> Submission:
    """The same, sent."""
    submission = complete(cast)
    signed_in(cast.member).post(url(submission, TRANSMIT))
    submission.refresh_from_db()
    assert submission.state == "transmitted"
    return submission


def asking(submission: Submission, **comments: str) -> dict[str, str]:
    """The boxes that a référent ticks: `asking(submission, REC_01="Vérifiez.")`."""
    data = {"comment": "Un chiffre surprend."}
    for code, comment in comments.items():
        pk = result(submission, code.replace("_", "-")).pk
        data |= {f"c{pk}": "on", f"c{pk}-comment": comment}
    return data
