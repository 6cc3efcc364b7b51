"""Whoever writes says who they are, is refused outside their scope, locks, and writes all or nothing."""

from contextlib import suppress

import pytest
from django.db import transaction

from companies.models import Company
from conventions.models import Submission
from tests.acting import ACTIONS, REFUSALS
from tests.action_guard import (
    BY_NOBODY,
    action_files,
    actions_in,
    app_of,
    faulty_actions,
    locks_asked,
    mails_in,
    module_of,
    programs,
    states_set,
)
from tests.architecture import ROOT
from tests.cast import Cast
from workflows.tables import TransitionRefused

ON_ONESELF = {
    "accounts.actions.profile.ask_for_address",
    "accounts.actions.profile.change_password",
    "accounts.actions.kept_lists.choose_columns",
    "accounts.actions.kept_lists.give_up_view",
    "accounts.actions.kept_lists.keep_view",
    "accounts.actions.second_factor.begin",
    "accounts.actions.second_factor.confirm",
    "accounts.actions.second_factor.renew_codes",
    "accounts.actions.second_factor.turn_off",
}
"""What one does to one's own account: there is no other row to be refused."""

ON_THE_NATION = {
    "conventions.actions.campaigns.plan",
    "national.actions.editions.ask_to_freeze",
    "national.actions.editions.freeze",
    "national.actions.messages.remind",
    "national.actions.messages.write",
    "national.actions.publication.publish",
    "indicators.actions.drafts.begin_version",
    "indicators.actions.drafts.change_frame",
    "indicators.actions.drafts.add_indicator",
    "indicators.actions.drafts.change_indicator",
    "indicators.actions.drafts.remove_indicator",
    "indicators.actions.drafts.import_file",
    "indicators.actions.drafts.publish",
    "indicators.actions.drafts.drop",
}
"""What is the agency's; its own test says who is refused and what is locked."""

ORDER = ["User", "Department", "Company", "Convention", "Bilan", "Submission", "Invitation"]
"""Typed by hand too: `territories/locks.py` says why."""

LOCKS = {
    "accounts.actions.team.deactivate": ["User", "Department"],
    "accounts.actions.team.reactivate": ["User", "Department"],
    "accounts.actions.team.hand_over": ["User", "Department"],
    "companies.actions.signatories.register": ["Department"],
    "companies.actions.signatories.register_all": ["Department"],
    "companies.actions.signatories.record_charter": ["Company"],
    "companies.actions.signatories.forget_charter": ["Company"],
    "companies.actions.sheet.change_contacts": ["Company"],
    "companies.actions.sheet.note_contacts": ["Company"],
    "companies.actions.sheet.change_establishments": ["Company"],
    "companies.actions.groups.join_group": ["Company"],
    "companies.actions.groups.leave_group": ["Company"],
    "companies.actions.groups.forget_group": ["Company"],
    "companies.actions.names.rename": ["Company"],
    "companies.actions.names.forget_name": ["Company"],
    "companies.actions.members.remove_member": ["Company"],
    "companies.actions.members.change_role": ["Company"],
    "companies.actions.invitations.invite": ["User", "Company"],
    "companies.actions.invitations.invite_contact": ["User", "Company"],
    "companies.actions.invitations.send_again": ["User", "Company", "Invitation"],
    "companies.actions.invitations.revoke": ["Company", "Invitation"],
    "companies.actions.acceptance.accept": ["User", "Company", "Invitation"],
    "conventions.actions.amendments.amend": ["Convention", "Bilan"],
    "conventions.actions.conventions.create": ["Department"],
    "conventions.actions.conventions.revise": ["Convention"],
    "conventions.actions.conventions.set_targets": ["Convention"],
    "conventions.actions.conventions.add_specific_commitment": ["Convention"],
    "conventions.actions.conventions.remove_specific_commitment": ["Convention"],
    "conventions.actions.conventions.prepare": ["Convention"],
    "conventions.actions.conventions.resume": ["Convention"],
    "conventions.actions.conventions.sign": ["Department", "Convention"],
    "conventions.actions.conventions.cancel_signature": ["Department", "Convention", "Bilan", "Submission"],
    "conventions.actions.conventions.drop": ["Convention"],
    "conventions.actions.conventions.terminate": ["Department", "Convention", "Submission"],
    "conventions.actions.conventions.renew": ["Department", "Convention"],
    "conventions.actions.elsewhere.flag_elsewhere": ["Convention"],
    "conventions.actions.elsewhere.lift_elsewhere": ["Convention"],
    "conventions.actions.frames.create_all": ["Department"],
    "conventions.actions.frames.revise_all": ["Convention"],
    "conventions.actions.successions.end_company": ["Department", "Company", "Convention", "Submission"],
    "conventions.actions.successions.restore_company": ["Department", "Company", "Convention", "Bilan"],
    "conventions.actions.promises.set_targets_of": ["Convention"],
    "conventions.actions.entry.save_results": ["Submission"],
    "conventions.actions.entry.save_examples": ["Submission"],
    "conventions.actions.submissions.transmit": ["Submission"],
    "conventions.actions.submissions.validate": ["Submission"],
    "conventions.actions.submissions.send_back": ["Submission"],
    "conventions.actions.submissions.reopen": ["Submission"],
    "conventions.actions.submissions.extend": ["Submission"],
    "conventions.actions.submissions.remind": ["Submission"],
    "reporting.actions.writing.start": ["Department"],
    "reporting.actions.writing.write": ["Bilan"],
    "reporting.actions.writing.save_texts": ["Bilan"],
    "reporting.actions.writing.change_partners": ["Bilan"],
    "reporting.actions.writing.set_context": ["Bilan"],
    "reporting.actions.writing.change_examples": ["Bilan"],
    "reporting.actions.writing.set_examples": ["Bilan"],
    "reporting.actions.writing.choose_examples": ["Bilan"],
    "reporting.actions.writing.arbitrate": ["Department"],
    "reporting.actions.writing.rectify": ["Bilan"],
    "reporting.actions.exchange.acknowledge": ["Bilan"],
    "reporting.actions.exchange.ask_back": ["Bilan"],
    "reporting.actions.exchange.answer": ["Bilan"],
    "reporting.actions.sending.ask_to_transmit": ["Bilan"],
    "reporting.actions.sending.transmit": ["Bilan"],
}
"""What each action locks before it writes, in this order, typed by hand."""

ACTORS = {
    "companies.actions.acceptance.accept": "newcomer",
    "conventions.actions.entry.save_results": "member",
    "conventions.actions.entry.save_examples": "member",
    "conventions.actions.submissions.transmit": "member",
}
"""Who does it; the référent does the rest."""


def every_action() -> set[str]:
    """The full names of the actions that somebody does."""
    found = {name for file in action_files() for name, _ in actions_in(file.read_text("utf-8"), module_of(file))}
    return found - set(BY_NOBODY)


def test_every_action_says_who_acts_stands_or_falls_whole_and_names_its_arguments() -> None:
    faults = [fault for file in action_files() for fault in faulty_actions(file.read_text("utf-8"), module_of(file))]

    assert faults == []


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("@transaction.atomic\ndef sign(row, *, at, by):\n    pass", []),
        ("def sign(row, *, at, by):\n    pass", ["room.actions.sign: not atomic"]),
        ("@transaction.atomic\ndef sign(row, *, at):\n    pass", ["room.actions.sign: by nobody"]),
        ("@transaction.atomic\ndef sign(row, *, at, by=None):\n    pass", ["room.actions.sign: by nobody"]),
        ("@transaction.atomic\ndef sign(row, at, *, by):\n    pass", ["room.actions.sign: at by position"]),
        (
            "@transaction.atomic\ndef sign(row, by):\n    pass",
            ["room.actions.sign: by nobody", "room.actions.sign: by by position"],
        ),
        ("def _inner(row, at):\n    pass", []),
    ],
)
def test_a_faulty_action_is_seen(source: str, faults: list[str]) -> None:
    assert faulty_actions(source, "room.actions") == faults


def test_no_state_is_set_outside_the_kernel() -> None:
    found = [
        (file.name, fault)
        for file in programs()
        if app_of(file) != "workflows"
        for fault in states_set(file.read_text("utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "fault",
    [
        'row.state = "signed"',
        'row.state, row.at = "signed", at',
        'setattr(row, "state", "signed")',
        'Convention.objects.filter(pk=1).update(state="signed")',
        'row.state: str = "signed"',
    ],
)
def test_a_state_set_elsewhere_is_seen(fault: str) -> None:
    assert len(states_set(fault)) == 1
    assert states_set('if row.state == "signed":\n    rows = rows.filter(state="signed")') == []


def test_mails_leave_by_the_outbox_only() -> None:
    found = [(file.name, mails_in(file.read_text("utf-8"), file.relative_to(ROOT).as_posix())) for file in programs()]

    assert [(name, names) for name, names in found if names] == []


@pytest.mark.parametrize(
    ("path", "source", "names"),
    [
        ("conventions/actions/submissions.py", "from django.core.mail import send_mail", ["send_mail"]),
        ("conventions/notifications.py", "from django.core import mail\nmail.EmailMessage().send()", ["EmailMessage"]),
        ("conventions/notifications.py", "import smtplib", ["smtplib"]),
        ("reporting/views/bilans.py", "user.email_user('a', 'b')", ["email_user"]),
        ("reporting/views/bilans.py", "from accounts.outbox import queue_mail", ["queue_mail"]),
        ("conventions/notifications.py", "from accounts.outbox import queue_mail", []),
        ("accounts/outbox.py", "from django.core.mail import EmailMessage, get_connection", []),
    ],
)
def test_a_mail_past_the_outbox_is_seen(path: str, source: str, names: list[str]) -> None:
    assert mails_in(source, path) == names


def test_every_action_is_tried() -> None:
    assert set(ACTIONS) == set(LOCKS) == every_action() - ON_ONESELF - ON_THE_NATION


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("actor", ["other_referent", "other_member", "rival", "cget", "deactivated"])
@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_acts_where_their_scope_does_not_reach(cast: Cast, action: str, actor: str) -> None:
    with pytest.raises(REFUSALS):
        ACTIONS[action](cast, getattr(cast, actor))


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("action", LOCKS)
def test_every_action_locks_what_it_changes(cast: Cast, action: str) -> None:
    by = getattr(cast, ACTORS.get(action, "referent"), cast.no_role)

    with locks_asked() as asked, suppress(TransitionRefused, *REFUSALS):
        ACTIONS[action](cast, by)

    assert asked == LOCKS[action]


def test_locks_are_taken_in_one_order() -> None:
    assert {name: asked for name, asked in LOCKS.items() if asked != sorted(asked, key=ORDER.index)} == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_a_lock_dropped_is_seen_on_either_base(cast: Cast) -> None:
    with locks_asked() as asked, transaction.atomic():
        list(Submission.objects.visible_to(cast.referent))
        list(Company.objects.select_for_update().filter(pk=cast.company.pk))

    assert asked == ["Company*"]
