"""Give an account a place in a company, change it, take it away; and the company to whoever follows it."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.roles import CompanyRole
from companies.models import Company, Invitation, Membership, Portfolio
from workflows.actions import locked, record
from workflows.tables import TransitionRefused, WrongState


class LastAdministrator(TransitionRefused):
    """The company would be left without an administrator."""

    def __init__(self) -> None:
        super().__init__(["C’est le dernier administrateur de l’entreprise\u00a0: nommez-en un autre d’abord."])


@transaction.atomic
def add_member(company: Company, *, user: User, role: CompanyRole, at: datetime) -> Membership:
    """Give an account the place that it accepts; whoever has that one or a higher one stays what they are."""
    row = Company.objects.select_for_update(of=("self",), no_key=True).get(pk=company.pk)
    place = Membership.objects.filter(company=row, user=user).first() or Membership(company=row, user=user, role="")
    if place.role not in {role, CompanyRole.ADMINISTRATOR}:
        place.role = role
        place.save()
        # Afterwards: it is the place that makes a member of whoever joins.
        record(row, "rejoindre", at=at, by=user, facts={"role": role})
    return place


@transaction.atomic
def entrust(company: Company, *, user: User, at: datetime) -> None:
    """Make an animateur follow a company, once."""
    _, is_new = Portfolio.objects.get_or_create(user=user, company=company)
    if is_new:
        record(company, "suivre", at=at, by=user)


@transaction.atomic
def change_role(membership: Membership, *, role: CompanyRole, at: datetime, by: User) -> Membership:
    """Promote or demote a member. Raises LastAdministrator, WrongRole, and WrongState for whoever left meanwhile."""
    company = locked(membership.company, by=by)
    company.workflow.check_act("role", acting_as=company.acting_as(by))
    place = _as_it_is(membership)
    if place is None:
        raise WrongState(["Cette personne ne fait plus partie de l’entreprise\u00a0: rien n’a changé."])
    if place.role == role:
        return place
    record(company, "role", at=at, by=by, about=place.user, facts={"former": place.role, "role": role})
    if role != CompanyRole.ADMINISTRATOR:
        _step_down(place, at=at, by=by)
    place.role = role
    place.save(update_fields=["role"])
    return place


@transaction.atomic
def remove_member(membership: Membership, *, at: datetime, by: User) -> None:
    """Take an account out of its company; effective at its next request. Raises LastAdministrator, and WrongRole."""
    company = locked(membership.company, by=by)
    company.workflow.check_act("retirer", acting_as=company.acting_as(by))
    if place := _as_it_is(membership):
        record(company, "retirer", at=at, by=by, about=place.user)
        _step_down(place, at=at, by=by)
        place.delete()


def _as_it_is(membership: Membership) -> Membership | None:
    """The place under the lock of its company: somebody may have changed or taken it since the page was shown."""
    return Membership.objects.select_related("user").filter(pk=membership.pk).first()


def _step_down(place: Membership, *, at: datetime, by: User) -> None:
    """Whoever manages the members no more invites nobody to the company any more either."""
    if place.is_last_administrator():
        raise LastAdministrator
    Invitation.objects.filter(company=place.company_id, invited_by=place.user_id).take_back(at=at, by=by)
