"""The command by which the first agent enters."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import OutgoingMail, User
from companies.models import Invitation
from tests.companies.invitation_helpers import NEWCOMER
from tests.factories import UserFactory

LINK = re.compile(r"^http://testserver(/invitation/[\w-]{43}/)$", re.MULTILINE)


def run(capsys: pytest.CaptureFixture[str], address: str) -> str:
    call_command("invite_agent", address)
    return capsys.readouterr().out


def test_the_first_agent_enters_by_the_link(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, " Premiere.Agente@Anct.example ")

    link = LINK.search(out)
    assert link
    assert out == (
        "premiere.agente@anct.example est invité pour sept jours. Son lien, qui ne sert qu’une fois :\n"
        f"http://testserver{link[1]}\n"
    )
    mail = OutgoingMail.objects.get()
    assert (mail.to, link[0] in mail.body) == ("premiere.agente@anct.example", True)
    assert Client().post(link[1], NEWCOMER).headers["Location"] == "/tableau-de-bord/"
    assert User.objects.get().role == "cget"


def test_run_twice_it_sends_a_new_link(capsys: pytest.CaptureFixture[str]) -> None:
    first = LINK.search(run(capsys, "agente@anct.example"))
    second = LINK.search(run(capsys, "agente@anct.example"))

    assert first
    assert second
    assert Invitation.objects.count() == 1
    assert [Client().get(link[1]).status_code for link in (first, second)] == [404, 200]


def test_an_agent_who_is_in_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    UserFactory(cget=True, email="agente@anct.example")

    assert run(capsys, "agente@anct.example") == "agente@anct.example est déjà agent du CGET : rien à faire.\n"
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("address", ["agente", "agente@", "a b@anct.example", "a@b.example\nBcc: c@b.example", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(CommandError, match="n’est pas une adresse"):
        call_command("invite_agent", address)
    assert not OutgoingMail.objects.exists()
