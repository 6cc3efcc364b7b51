"""The home of a préfecture: what waits for it, who answered, and where the promises of its companies stand."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from conventions.models import Campaign, Convention
from conventions.selectors.returns import Returns, returns_by_axis, returns_of
from french.words import whole_percentage
from indicators.specs import Axis
from reporting.dashboards.progress import AxisProgress, Lead, progress_of
from reporting.dashboards.tasks import prefecture_tasks
from reporting.dashboards.words import Task, days_left
from reporting.selectors.ground import Rows
from reporting.selectors.versions import LastSent, last_sent
from territories.semester import Semester


@dataclass(frozen=True)
class Answered:
    """How many companies answered out of those asked."""

    label: str
    returns: Returns

    @property
    def percent(self) -> int:
        """For the bar."""
        return whole_percentage(self.returns.received, self.returns.asked)

    @property
    def value(self) -> str:
        """« 28 sur 33 »."""
        return self.returns.share


@dataclass(frozen=True)
class Collection:
    """The last campaign that opened, as this département answers it."""

    semester: Semester
    on: date
    """The day of its figures."""
    due_on: date
    days_left: str
    answered: Answered
    by_axis: tuple[Answered, ...]


@dataclass(frozen=True)
class PrefectureHome:
    """Everything on the page."""

    tasks: tuple[Task, ...]
    collection: Collection | None
    last: LastSent | None
    """The PDF of the last bilan sent."""
    signatories: int
    reference: Semester | None
    """The last semester whose due day is past: results up to its end are drawn."""
    axes: tuple[AxisProgress, ...]

    @property
    def lead(self) -> Lead | None:
        """The one percentage that says how far promises are kept: of recruiting, else of the first axis with one."""
        leads = {axis.axis: axis.lead for axis in self.axes if axis.lead}
        return leads.get(Axis.RECRUTER) or next(iter(leads.values()), None)


def prefecture_home(user: User, on: date, *, at: datetime) -> PrefectureHome:
    """The home of a référent or a lecteur; a constant number of queries. Invitations are judged at the hour `at`."""
    campaigns = list(Campaign.objects.opened_by(on).order_by("-semester"))
    closed = [campaign.semester for campaign in campaigns if campaign.due_on < on]
    reference = closed[0] if closed else None
    return PrefectureHome(
        tasks=prefecture_tasks(user, campaigns, on, at=at),
        collection=_collection(user, campaigns[0], on) if campaigns else None,
        last=last_sent(user),
        signatories=Convention.objects.visible_to(user).running_on(on).count(),
        reference=reference,
        axes=progress_of(Rows.seen_by(user), reference, on=on) if reference else (),
    )


def _collection(user: User, campaign: Campaign, on: date) -> Collection:
    """Two queries."""
    conventions, semester = Convention.objects.visible_to(user), campaign.semester
    by_axis = returns_by_axis(conventions, semester)
    return Collection(
        semester=semester,
        on=on,
        due_on=campaign.due_on,
        days_left=days_left(campaign.due_on, on),
        answered=Answered("Remontées reçues", returns_of(conventions, semester)),
        by_axis=tuple(Answered(axis.label, returns) for axis, returns in by_axis.items()),
    )
