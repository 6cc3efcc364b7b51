"""What becomes of the conventions once signed: an avenant, a termination, a renewal, a group, a second count."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from companies.actions.groups import join_group
from conventions.actions import conventions as actions
from conventions.actions.amendments import amend
from conventions.actions.elsewhere import flag_elsewhere
from conventions.models import AmendmentReason, Convention
from demonstration.figures import targets_of
from demonstration.signing import Member, Office
from reporting.actions import arbitrate
from reporting.method.overlaps import Ruling
from territories.semester import Semester


@dataclass(frozen=True)
class Event:
    """One act on the convention of a company of the list, the day on which it is done."""

    company: int
    on: date
    act: Callable[["Event", Member, Office, Mapping[int, Member]], None]


def play(events: Sequence[Event], members: Mapping[int, Member], offices: Mapping[str, Office]) -> None:
    """These events, day by day."""
    for event in events:
        member = members[event.company]
        event.act(event, member, offices[member.source.department], members)


def _convention(member: Member) -> Convention:
    return Convention.objects.get(company=member.company)


def _belong(event: Event, member: Member, office: Office, members: Mapping[int, Member]) -> None:
    """The establishment of a group that signed in the département too: both are engaged, and both report."""
    group = members[GROUP].company
    join_group(
        member.company,
        siren=group.siret[:9],
        name=group.name,
        since=date(2019, 7, 1),
        at=office.at(event.on),
        by=office.referent,
    )


def _count_elsewhere(event: Event, member: Member, office: Office, members: Mapping[int, Member]) -> None:
    """The group signed for the whole country, and its own bilan counts these figures too."""
    flag_elsewhere(
        _convention(member),
        where=f"Bilan national du groupe de {member.source.name}",
        since=date(2019, 7, 1),
        at=office.at(event.on),
        by=office.referent,
    )


def _arbitrate(event: Event, member: Member, office: Office, members: Mapping[int, Member]) -> None:
    """Head and establishment share their services; of what each knows of them, the larger holds the smaller."""
    arbitrate(
        office.department,
        semester=Semester(2019, 2),
        group=member.company.siret[:9],
        ruling=Ruling.LARGEST,
        company=None,
        reason=f"{member.source.name} et son établissement recrutent et achètent ensemble\u00a0: "
        "chacun déclare ce qu’il en connaît.",
        at=office.at(event.on),
        by=office.referent,
    )


def _stop(event: Event, member: Member, office: Office, members: Mapping[int, Member]) -> None:
    """The company that ceases its activity."""
    actions.terminate(
        _convention(member),
        on=event.on,
        comment=f"{member.source.name} cesse son activité\u00a0; la convention s’arrête à la demande du gérant.",
        at=office.at(event.on, 16),
        by=office.referent,
    )


def _promise_more(event: Event, member: Member, office: Office, members: Mapping[int, Member]) -> None:
    """An avenant from the second quarter on: more recruitments, fewer trainees while the agencies are closed."""
    amend(
        _convention(member),
        targets={("REC-02", 2): Decimal(42), ("REC-02", 3): Decimal(48), ("SEN-02", 2): Decimal(8)},
        effective_on=date(2020, 4, 1),
        reason=AmendmentReason.ACTIVITY,
        at=office.at(event.on),
        by=office.referent,
    )


def _go_on(event: Event, member: Member, office: Office, members: Mapping[int, Member]) -> None:
    """The pioneer of 2018 signs its renewal ahead, a year before it takes effect."""
    renewal = actions.renew(_convention(member), at=office.at(event.on, 9), by=office.referent)
    actions.set_targets(renewal, targets=targets_of(member.profile), at=office.at(event.on, 10), by=office.referent)
    actions.prepare(renewal, at=office.at(event.on, 11), by=office.referent)
    actions.sign(renewal, on=event.on, place=member.source.place, at=office.at(event.on, 15), by=office.referent)


GROUP = 24
BEFORE_THE_SECOND_BILAN = (
    Event(13, date(2020, 2, 24), _belong),
    Event(2, date(2020, 2, 26), _count_elsewhere),
    Event(GROUP, date(2020, 3, 2), _arbitrate),
)
AFTER_IT = (
    Event(3, date(2020, 3, 20), _promise_more),
    Event(11, date(2020, 3, 31), _stop),
    Event(102, date(2020, 7, 2), _go_on),
)
