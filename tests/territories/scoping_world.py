"""Rows of every scoped model, in two départements and three companies, each with the name of the step that made it.

A, B: companies of the Pas-de-Calais, A entrusted to the animateur and that of the member; C: a company of the Nord.
« 62 », « 59 »: what belongs to a préfecture and to no company.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from django.db.models import Model

from accounts.models import User
from accounts.models.act import AccountAct
from accounts.models.trace import Trace
from companies.models import Charter, Company, CompanyLog, Establishment, FormerName, GroupLink, Succession
from conventions.models import (
    CampaignLog,
    Convention,
    ConventionLog,
    Correction,
    ElsewhereFlag,
    Submission,
    SubmissionLog,
    SubmissionVersion,
)
from indicators.actions.drafts import begin_version
from national.actions.messages import write
from national.actions.publication import publish
from national.selectors.publication import read_now
from reporting import actions
from reporting.models import Arbitration, Bilan, BilanLog, PrefectureExample, Sending
from territories.models import Department
from territories.scoping import ScopedModel
from tests.architecture import our_models
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    S1_2020,
    S2_2019,
    ActionExampleFactory,
    BilanFactory,
    CampaignFactory,
    ContactFactory,
    ConventionFactory,
    DepartmentFiguresFactory,
    InvitationFactory,
    LegalUnitFactory,
    MembershipFactory,
    PartnerFactory,
    PortfolioFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
    UserFactory,
    invented_siret,
)
from tests.filing import kept
from tests.national.frozen import frozen

AT = datetime(2019, 9, 15, 10, tzinfo=UTC)
SCOPED = {model._meta.label: model for model in our_models() if issubclass(model, ScopedModel)}


@dataclass
class Steps:
    """Runs a step and remembers which rows it made."""

    made: dict[tuple[str, object], str]

    def run(self, label: str, step: Callable[[], object]) -> None:
        """Whatever scoped row is new afterwards belongs to this step."""
        step()
        for name, model in SCOPED.items():
            for pk in model._base_manager.values_list("pk", flat=True):
                self.made.setdefault((name, pk), label)

    def labels(self, rows: Iterable[Model]) -> list[str]:
        """The steps that made these rows, one word for each row."""
        return sorted(self.made[row._meta.label, row.pk] for row in rows)


def make_steps(cast: Cast) -> Steps:
    """The cast is there already: its companies and places have their letters, its départements their codes."""
    steps = Steps({})
    for company, letter in ((cast.company, "A"), (cast.rival_company, "B"), (cast.other_company, "C")):
        steps.made["companies.Company", company.pk] = letter
        for row in (*company.memberships.all(), *company.portfolio.all()):
            steps.made[row._meta.label, row.pk] = letter
    for code in ("62", "59"):
        steps.made["territories.Department", code] = code
    for referent in (cast.referent, cast.other_referent):
        place = referent.department
        assert place is not None
        steps.run(place.code, partial(_of_the_prefecture, place, referent))
        steps.run(f"{place.code}-sent", partial(_sent, place, referent))
        steps.run(f"{place.code}-said", partial(_said, place, cast.cget))
        steps.run(f"{place.code}-ref", partial(_around_a_referent, place, cast.cget))
    steps.run("agency", partial(_of_the_agency, cast.referent, cast.cget))
    for company, letter in ((cast.company, "A"), (cast.rival_company, "B"), (cast.other_company, "C")):
        steps.run(letter, partial(_signed, company, cast.referent))
        steps.run(f"{letter}-draft", partial(_drafted, company, cast.referent))
    return steps


def _of_the_prefecture(place: Department, referent: User) -> None:
    """A bilan that is being written, with its journal, and what surrounds it."""
    BilanLog.objects.create(
        bilan=BilanFactory(department=place, semester=S2_2019), at=AT, by=referent, transition="creer", to_state="draft"
    )
    Arbitration.objects.create(
        department=place,
        semester=S2_2019,
        group=LegalUnitFactory(),
        number=1,
        ruling="somme",
        reason="Deux sites distincts.",
        at=AT,
        by=referent,
    )
    Sending.objects.create(bilan=Bilan.objects.get(department=place, state="draft"), asked_at=AT, by=referent)
    PartnerFactory(department=place)
    PrefectureExample.objects.create(
        department=place, semester=S2_2019, axis="recruter", title="Un forum", text="Récit."
    )
    DepartmentFiguresFactory(department=place, defm_reason="Pas encore diffusés.")
    lecteur = UserFactory(lecteur=True, department=place)
    AccountAct.objects.create(at=AT, by=referent, account=lecteur, kind="desactiver")
    Trace.objects.create(at=AT, by=referent, department=place, kind="export", what="entreprises.csv")
    InvitationFactory(lecteur=True, department=place, invited_by=referent)


def _sent(place: Department, referent: User) -> None:
    """A bilan that was transmitted, with its document, its journal and an example."""
    PrefectureExample.objects.create(
        department=place, semester=S1_2019, axis="recruter", title="Un salon", text="Récit."
    )
    actions.transmit(
        BilanFactory(department=place),
        at=AT,
        by=referent,
        render=lambda _data: {"pdf": kept(b"%PDF"), "csv": kept(b"Code", "text/csv")},
        sending_note="Relancées.",
    )


def _said(place: Department, cget: User) -> None:
    """What the agency says of the bilan that was transmitted."""
    actions.acknowledge(Bilan.objects.get(department=place, state="transmitted"), at=AT, by=cget)


def _around_a_referent(place: Department, cget: User) -> None:
    """What the agency does itself: it invites a référent, and closes the account of another."""
    InvitationFactory(referent=True, department=place, invited_by=cget)
    former = UserFactory(referent=True, department=place)
    AccountAct.objects.create(at=AT, by=cget, account=former, kind="desactiver")


def _of_the_agency(referent: User, cget: User) -> None:
    """It invites an agent, writes to a référent, freezes, publishes, and prepares a campaign and a catalogue."""
    InvitationFactory(agent=True, invited_by=cget)
    Trace.objects.create(at=AT, by=cget, kind="connexion")
    write(to=[referent], subject="Calendrier", body="Bonjour.", at=AT, by=cget)
    frozen(by=cget, at=AT)
    publish(semester=S1_2019, shown=read_now(S1_2019), at=AT, by=cget)
    CampaignLog.objects.create(campaign=CampaignFactory(), at=AT, by=cget, transition="creer")
    begin_version(code="paqte-2020", title="Catalogue de 2020", published_on=date(2020, 1, 1), at=AT, by=cget)


def _signed(company: Company, by: User) -> None:
    """A company with one row of everything, its submission validated."""
    ContactFactory(company=company)
    MembershipFactory(company=company)
    PortfolioFactory(company=company, user__department=company.department)
    InvitationFactory(company=company, invited_by=by)
    Establishment.objects.create(company=company, siret=invented_siret(7000 + company.memberships.count(), 2))
    CompanyLog.objects.create(company=company, at=AT, by=by, transition="creer")
    Charter.objects.create(company=company, reference=f"CEQ {company.name}", signed_on=date(2016, 2, 8))
    convention = ConventionFactory(company=company)
    SpecificCommitmentFactory(convention=convention)
    GroupLink.objects.create(company=company, group=LegalUnitFactory(), since=date(2019, 2, 8))
    FormerName.objects.create(company=company, name="Forge du Terril", until=date(2018, 12, 31), recorded_at=AT)
    Succession.objects.create(company=company, kind="fermee", last_day=date(2022, 12, 31), recorded_at=AT)
    ElsewhereFlag.objects.create(convention=convention, where="Bilan du groupe", since=date(2019, 2, 8))
    ConventionLog.objects.create(convention=convention, at=AT, by=by, transition="creer", to_state="draft")
    _reported(SubmissionFactory(convention=convention, validated=True, answers={"REC-01": 5}), by)


def _reported(submission: Submission, by: User) -> None:
    ActionExampleFactory(submission=submission)
    SubmissionVersion.objects.create(submission=submission, number=1, at=AT, by=by, answers=[])
    Correction.objects.create(
        submission=submission, result=submission.results.earliest("pk"), version=1, comment="Recomptez."
    )
    SubmissionLog.objects.create(
        submission=submission, at=AT, by=by, transition="transmettre", from_state="draft", to_state="transmitted"
    )


def _drafted(company: Company, by: User) -> None:
    """A convention that nobody signed, and a submission that its company is writing."""
    draft = ConventionFactory(company=company, draft=True, starts_on=date(2022, 2, 8))
    ConventionLog.objects.create(convention=draft, at=AT, by=by, transition="creer", to_state="draft")
    signed = Convention.objects.get(company=company, state="signed")
    SubmissionFactory(convention=signed, campaign=CampaignFactory(semester=S1_2020), answers={"REC-01": 7})
