"""Every action, tried by anybody on a row of the Pas-de-Calais: one table for who is refused and what is locked."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from accounts.actions import team
from accounts.actions.team import TeamRefused
from accounts.models import User
from accounts.roles import CompanyRole
from companies.actions import acceptance, groups, invitations, members, names, sheet, signatories
from companies.actions.invitations import InvitationRefused
from companies.models import Charter, Establishment, Membership, Succession
from conventions.actions import amendments, elsewhere, entry, frames, promises, successions
from conventions.actions import conventions as drawing
from conventions.actions import submissions as collecting
from conventions.models import AmendmentReason, Convention
from indicators.specs import Axis
from reporting import actions as writing
from reporting.method.overlaps import Ruling
from reporting.models import Bilan
from reporting.selectors import bilan_for
from territories.models import DepartmentFigures
from tests.cast import Cast
from tests.companies.invitation_helpers import to_company
from tests.factories import (
    S1_2019,
    BilanFactory,
    ContactFactory,
    ConventionFactory,
    GroupLinkFactory,
    InvitationFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
    invented_siren,
    invented_siret,
)
from tests.filing import blank_pdf
from workflows.tables import WrongRole

AT = datetime(2019, 7, 22, 9, tzinfo=UTC)
ON = AT.date()
NEXT = date(2022, 2, 8)
REFUSALS = (WrongRole, TeamRefused, InvitationRefused)
"""What says that this person may not, or not there."""

Try = Callable[[Cast, User], object]


def submission(cast: Cast, **fields: Any) -> Any:  # Any: a factory's fields and row
    """A submission of the cast's company, a draft by default."""
    return SubmissionFactory(convention__company=cast.company, **fields)


def draft(cast: Cast) -> Any:  # Any: a factory's row
    """A convention of the cast's company that is still written."""
    return ConventionFactory(company=cast.company, draft=True)


def signed(cast: Cast) -> Any:  # Any: a factory's row
    """One that is signed."""
    return ConventionFactory(company=cast.company)


def ready(cast: Cast) -> Any:  # Any: a factory's row
    """One that waits for its signature."""
    return ConventionFactory(company=cast.company, ready=True)


def invitation(cast: Cast) -> Any:  # Any: a factory's row
    """One of the cast's company, that its administrator sent."""
    return InvitationFactory(company=cast.company, contributor=True, invited_by=cast.member)


def charter(cast: Cast) -> Charter:
    """One that no convention comes from."""
    return Charter.objects.create(company=cast.company, reference="CEQ-2", signed_on=date(2014, 3, 1))


def place(cast: Cast) -> Membership:
    """The place of the contributor."""
    return cast.contributor.memberships.get()


FRAME: dict[str, Any] = {"starts_on": NEXT, "axes": list(Axis), "axes_reason": "", "charter": None}
BACK: dict[str, Any] = {"corrections": {0: "À revoir."}, "comment": "Un chiffre surprend."}
COMMITMENT: dict[str, Any] = {"label": "Prêter une salle", "unit": "jours", "target": Decimal(1)}

OF_ENTRY: dict[str, Try] = {
    "save_results": lambda cast, by: entry.save_results([entry.Saving(submission(cast), {}, version=0)], by=by, on=ON),
    "save_examples": lambda cast, by: entry.save_examples(submission(cast), drafts=[], version=0, by=by, on=ON),
}
OF_SUBMISSIONS: dict[str, Try] = {
    "transmit": lambda cast, by: collecting.transmit(submission(cast), at=AT, by=by),
    "validate": lambda cast, by: collecting.validate(submission(cast, transmitted=True), at=AT, by=by),
    "send_back": lambda cast, by: collecting.send_back(submission(cast, transmitted=True), **BACK, at=AT, by=by),
    "reopen": lambda cast, by: collecting.reopen(submission(cast, validated=True), **BACK, at=AT, by=by),
    "extend": lambda cast, by: collecting.extend(
        submission(cast), until=date(2019, 9, 30), reason="Inondation.", at=AT, by=by
    ),
    "remind": lambda cast, by: collecting.remind(submission(cast), at=AT, by=by),
}
OF_CONVENTIONS: dict[str, Try] = {
    "create": lambda cast, by: drawing.create(company=cast.company, starts_on=NEXT, axes=list(Axis), at=AT, by=by),
    "revise": lambda cast, by: drawing.revise(draft(cast), **FRAME, at=AT, by=by),
    "set_targets": lambda cast, by: drawing.set_targets(draft(cast), targets={}, at=AT, by=by),
    "add_specific_commitment": lambda cast, by: drawing.add_specific_commitment(
        draft(cast), **COMMITMENT, at=AT, by=by
    ),
    "remove_specific_commitment": lambda cast, by: drawing.remove_specific_commitment(
        SpecificCommitmentFactory(convention=draft(cast)), at=AT, by=by
    ),
    "prepare": lambda cast, by: drawing.prepare(draft(cast), at=AT, by=by),
    "resume": lambda cast, by: drawing.resume(ready(cast), at=AT, by=by),
    "sign": lambda cast, by: drawing.sign(ready(cast), on=date(2019, 2, 8), place="Arras", at=AT, by=by),
    "cancel_signature": lambda cast, by: drawing.cancel_signature(
        signed(cast), comment="Erreur.", read="", at=AT, by=by
    ),
    "drop": lambda cast, by: drawing.drop(draft(cast), at=AT, by=by),
    "terminate": lambda cast, by: drawing.terminate(
        signed(cast), on=date(2020, 2, 8), comment="Fermeture.", at=AT, by=by
    ),
    "renew": lambda cast, by: drawing.renew(signed(cast), at=AT, by=by),
}
OF_ELSEWHERE: dict[str, Try] = {
    "flag_elsewhere": lambda cast, by: elsewhere.flag_elsewhere(
        signed(cast), where="Convention nationale du groupe", since=ON, at=AT, by=by
    ),
    "lift_elsewhere": lambda cast, by: elsewhere.lift_elsewhere(signed(cast), until=ON, reason="Fini.", at=AT, by=by),
}
OF_SUCCESSIONS: dict[str, Try] = {
    "end_company": lambda cast, by: successions.end_company(
        signed(cast).company, kind=Succession.Kind.CLOSED, last_day=ON, at=AT, by=by
    ),
    "restore_company": lambda cast, by: successions.restore_company(
        Succession.objects.create(company=cast.company, kind="fermee", last_day=ON, recorded_at=AT),
        at=AT,
        by=by,
    ),
}
OF_FRAMES: dict[str, Try] = {
    "create_all": lambda cast, by: frames.create_all(
        {Convention(company=cast.company, starts_on=NEXT): list(Axis)}, at=AT, by=by
    ),
    "revise_all": lambda cast, by: frames.revise_all({draft(cast): list(Axis)}, at=AT, by=by),
}
OF_PROMISES: dict[str, Try] = {
    "set_targets_of": lambda cast, by: promises.set_targets_of({draft(cast): {}}, at=AT, by=by),
}
OF_AMENDMENTS: dict[str, Try] = {
    "amend": lambda cast, by: amendments.amend(
        signed(cast), targets={}, effective_on=date(2020, 1, 1), reason=AmendmentReason.SITE, at=AT, by=by
    ),
}


def ask(bilan: Bilan, *, by: User) -> None:
    """Ask for a transmission, having read what would leave."""
    shown = bilan_for(bilan, AT.date(), leaving=True)
    writing.ask_to_transmit(bilan, at=AT, by=by, shown=shown, enqueue=lambda _sending: None)


OF_BILANS: dict[str, Try] = {
    "writing.start": lambda cast, by: writing.start(department=cast.company.department, semester=S1_2019, at=AT, by=by),
    "writing.write": lambda _cast, by: writing.write(BilanFactory(), by=by, strategy="La nôtre."),
    "writing.save_texts": lambda _cast, by: writing.save_texts(
        BilanFactory(), texts={"strategy": "La nôtre."}, seen={}, by=by
    ),
    "writing.change_partners": lambda _cast, by: writing.change_partners(BilanFactory(), written=[], by=by),
    "writing.set_context": lambda _cast, by: writing.set_context(
        BilanFactory(), figures=DepartmentFigures.objects.get(), by=by
    ),
    "writing.change_examples": lambda _cast, by: writing.change_examples(BilanFactory(), written=[], by=by),
    "writing.set_examples": lambda _cast, by: writing.set_examples(
        BilanFactory(), chosen=[], publishable=[], written=[], by=by
    ),
    "writing.choose_examples": lambda _cast, by: writing.choose_examples(BilanFactory(), chosen=[], by=by),
    "writing.arbitrate": lambda cast, by: writing.arbitrate(
        cast.company.department,
        semester=S1_2019,
        group="000999771",
        ruling=Ruling.SUM,
        company=None,
        reason="Rien de commun.",
        at=AT,
        by=by,
    ),
    "writing.rectify": lambda _cast, by: writing.rectify(BilanFactory(), at=AT, by=by),
    "exchange.acknowledge": lambda _cast, by: writing.acknowledge(BilanFactory(), at=AT, by=by),
    "exchange.ask_back": lambda _cast, by: writing.ask_back(BilanFactory(), comment="Pourquoi ?", at=AT, by=by),
    "exchange.answer": lambda _cast, by: writing.answer(BilanFactory(), comment="Voici.", at=AT, by=by),
    "sending.transmit": lambda _cast, by: writing.transmit(BilanFactory(), at=AT, by=by, render=blank_pdf),
    "sending.ask_to_transmit": lambda _cast, by: ask(BilanFactory(), by=by),
}
OF_COMPANIES: dict[str, Try] = {
    "signatories.register": lambda cast, by: signatories.register(cast.company, at=AT, by=by),
    "signatories.register_all": lambda cast, by: signatories.register_all([cast.company], at=AT, by=by),
    "signatories.record_charter": lambda cast, by: signatories.record_charter(
        cast.company, reference="CEQ-1", signed_on=date(2014, 3, 1), at=AT, by=by
    ),
    "signatories.forget_charter": lambda cast, by: signatories.forget_charter(charter(cast), at=AT, by=by),
    "sheet.change_contacts": lambda cast, by: sheet.change_contacts(
        cast.company, edited=sheet.Edited([ContactFactory.build(company=None)]), at=AT, by=by
    ),
    "sheet.note_contacts": lambda cast, by: sheet.note_contacts(
        [ContactFactory.build(company=cast.company)], at=AT, by=by
    ),
    "sheet.change_establishments": lambda cast, by: sheet.change_establishments(
        cast.company, edited=sheet.Edited([Establishment(siret=invented_siret(42, 2))]), at=AT, by=by
    ),
    "groups.join_group": lambda cast, by: groups.join_group(
        cast.company, siren=invented_siren(9977), name="Groupe Terril", since=ON, at=AT, by=by
    ),
    "groups.leave_group": lambda cast, by: groups.leave_group(
        GroupLinkFactory(company=cast.company), until=ON, at=AT, by=by
    ),
    "groups.forget_group": lambda cast, by: groups.forget_group(GroupLinkFactory(company=cast.company), at=AT, by=by),
    "names.rename": lambda cast, by: names.rename(cast.company, name="Ateliers du Terril", since=ON, at=AT, by=by),
    "names.forget_name": lambda cast, by: names.forget_name(
        names.rename(cast.company, name="Ateliers du Terril", since=ON, at=AT, by=cast.referent), at=AT, by=by
    ),
    "members.remove_member": lambda cast, by: members.remove_member(place(cast), at=AT, by=by),
    "members.change_role": lambda cast, by: members.change_role(
        place(cast), role=CompanyRole.ADMINISTRATOR, at=AT, by=by
    ),
    "invitations.invite": lambda cast, by: invitations.invite(to_company(cast.company), at=AT, by=by),
    "invitations.invite_contact": lambda cast, by: invitations.invite_contact(
        cast.company, email="alix@example.org", at=AT, by=by
    ),
    "invitations.send_again": lambda cast, by: invitations.send_again(invitation(cast), at=AT, by=by),
    "invitations.revoke": lambda cast, by: invitations.revoke(invitation(cast), at=AT, by=by),
    "acceptance.accept": lambda cast, by: acceptance.accept(invitation(cast), at=AT, by=by),
}
OF_ACCOUNTS: dict[str, Try] = {
    "deactivate": lambda cast, by: team.deactivate(cast.animateur, at=AT, by=by),
    "reactivate": lambda cast, by: team.reactivate(cast.animateur, at=AT, by=by),
    "hand_over": lambda cast, by: team.hand_over(cast.animateur, to=cast.animateur, at=AT, by=by),
}

ACTIONS: dict[str, Try] = {
    **{f"accounts.actions.team.{name}": attempt for name, attempt in OF_ACCOUNTS.items()},
    **{f"companies.actions.{name}": attempt for name, attempt in OF_COMPANIES.items()},
    **{f"conventions.actions.amendments.{name}": attempt for name, attempt in OF_AMENDMENTS.items()},
    **{f"conventions.actions.conventions.{name}": attempt for name, attempt in OF_CONVENTIONS.items()},
    **{f"conventions.actions.elsewhere.{name}": attempt for name, attempt in OF_ELSEWHERE.items()},
    **{f"conventions.actions.successions.{name}": attempt for name, attempt in OF_SUCCESSIONS.items()},
    **{f"conventions.actions.frames.{name}": attempt for name, attempt in OF_FRAMES.items()},
    **{f"conventions.actions.promises.{name}": attempt for name, attempt in OF_PROMISES.items()},
    **{f"conventions.actions.entry.{name}": attempt for name, attempt in OF_ENTRY.items()},
    **{f"conventions.actions.submissions.{name}": attempt for name, attempt in OF_SUBMISSIONS.items()},
    **{f"reporting.actions.{name}": attempt for name, attempt in OF_BILANS.items()},
}
