"""The pages of a team say what would happen, refuse in French, and cost the same with thirty people."""

from datetime import UTC, datetime

import pytest

from accounts.actions.team import deactivate
from accounts.models import AccountAct
from accounts.selectors.team import team_line
from tests.cast import Cast
from tests.factories import BilanFactory, PortfolioFactory, UserFactory
from tests.pages import page, post, queries, rows, signed_in, text

AT = datetime(2020, 7, 10, 9, tzinfo=UTC)


def names(response: object) -> list[str]:
    return [account.email for account in rows(response)]


def test_a_referent_sees_the_people_of_the_prefecture(cast: Cast) -> None:
    response = page(cast.referent, "team_list")

    accounts = rows(response)
    assert [account.role for account in accounts] == ["animateur", "lecteur", "referent", "referent", "referent"]
    assert [account.is_active for account in accounts] == [True, True, True, True, False]
    assert sorted(names(response)) == [
        "animateur@example.org",
        "deactivated@example.org",
        "lecteur@example.org",
        "referent@example.org",
        "staff.referent@example.org",
    ]
    assert ">5 comptes</caption>" in text(response)


def test_the_agency_sees_its_agents_then_the_referents(cast: Cast) -> None:
    response = page(cast.cget, "team_list")

    found = names(response)
    assert found[:2] == ["cget@example.org", "other.referent@example.org"]
    assert sorted(found[2:4]) == ["referent@example.org", "staff.referent@example.org"]
    assert found[4:] == ["deactivated@example.org"]
    assert "Portefeuille" not in text(response)


def test_the_list_tells_what_each_would_leave_behind(cast: Cast) -> None:
    BilanFactory(referent_email=cast.referent.email)
    PortfolioFactory(user=cast.animateur)
    deactivate(cast.lecteur, reason="Muté.", at=AT, by=cast.referent)

    response = page(cast.referent, "team_list")

    burdens = {row.email: str(team_line(row, reader=cast.referent).burden) for row in rows(response)}
    assert burdens["animateur@example.org"] == "2 entreprises"
    assert burdens["referent@example.org"] == "1 bilan en préparation"
    assert burdens["staff.referent@example.org"] == ""
    assert "le 10 juillet 2020 par" in text(response)
    assert "Muté." in text(response)


def test_an_anonymised_account_is_not_in_the_team(cast: Cast) -> None:
    UserFactory(lecteur=True, email="compte-9@anonyme.invalid", is_active=False)

    assert "compte-9@anonyme.invalid" not in names(page(cast.referent, "team_list"))


@pytest.mark.parametrize(("reader", "role", "expected"), [("referent", "animateur", 9), ("cget", "referent", 8)])
def test_the_list_costs_the_same_with_thirty_people(cast: Cast, reader: str, role: str, expected: int) -> None:
    actor = getattr(cast, reader)
    few = queries(actor, "team_list")

    for _ in range(30):
        account = PortfolioFactory(user=UserFactory(**{role: True})).user
        AccountAct.objects.create(account=account, by=actor, kind="reactiver", at=AT)

    assert queries(actor, "team_list") == few == expected


def test_handing_over_says_what_goes_and_does_it(cast: Cast) -> None:
    successor = UserFactory(animateur=True, first_name="Sacha", last_name="Gohelle")
    asked = page(cast.referent, "team_hand_over", cast.animateur.public_id)

    done = signed_in(cast.referent).post(
        f"/equipe/{cast.animateur.public_id}/confier/", {"successor": successor.pk}, follow=True
    )

    assert "Passent à la personne choisie, tout de suite\u00a0: 1 entreprise." in text(asked)
    assert f"Portefeuille de {cast.animateur} confié à Sacha Gohelle\u00a0: 1 entreprise." in text(done)
    assert successor.portfolio.get().company == cast.company


def test_nobody_to_hand_over_to_is_said(cast: Cast) -> None:
    response = page(cast.referent, "team_hand_over", cast.animateur.public_id)

    assert "il faut d’abord inviter la personne qui prend la suite" in text(response)
    assert 'href="/invitations/nouvelle/"' in response.content.decode()
    assert '<form method="post" novalidate' not in text(response)


def test_somebody_of_another_place_is_no_choice(cast: Cast) -> None:
    UserFactory(animateur=True)
    elsewhere = UserFactory(animateur=True, department=cast.other_referent.department)

    response = post(cast.referent, "team_hand_over", cast.animateur.public_id, successor=elsewhere.pk)

    assert response.status_code == 422
    assert cast.animateur.portfolio.count() == 1


def test_closing_asks_first_and_keeps_the_reason_when_refused(cast: Cast) -> None:
    asked = page(cast.cget, "team_deactivate", cast.other_referent.public_id)
    refused = post(cast.cget, "team_deactivate", cast.other_referent.public_id, reason="")
    done = post(cast.cget, "team_deactivate", cast.other_referent.public_id, reason="Poste supprimé.")

    assert "Ses connexions se ferment tout de suite" in text(asked)
    assert refused.status_code == 422
    assert "C’est le dernier référent actif du département" in text(refused)
    assert done.headers["Location"] == "/equipe/"
    cast.other_referent.refresh_from_db()
    assert not cast.other_referent.is_active


def test_closing_one_s_own_account_leaves_the_portal(cast: Cast) -> None:
    browser = signed_in(cast.referent)
    address = f"/equipe/{cast.referent.public_id}/desactiver/"

    assert "C’est votre compte" in text(browser.get(address))
    assert browser.post(address).headers["Location"] == "/connexion/"
    assert browser.get("/equipe/").headers["Location"] == "/connexion/?next=/equipe/"


def test_opening_again(cast: Cast) -> None:
    asked = page(cast.referent, "team_reactivate", cast.deactivated.public_id)

    assert "retrouve son rôle\u00a0: référent PAQTE, Pas-de-Calais" in text(asked)
    assert post(cast.referent, "team_reactivate", cast.deactivated.public_id).status_code == 302
    assert post(cast.referent, "team_reactivate", cast.deactivated.public_id).status_code == 422
    assert signed_in(cast.deactivated).get("/equipe/").status_code == 200


def test_what_is_in_preparation_is_not_told_to_the_agency(cast: Cast) -> None:
    BilanFactory(referent_email=cast.referent.email)

    told = text(page(cast.staff_referent, "team_deactivate", cast.referent.public_id))
    not_told = text(page(cast.cget, "team_deactivate", cast.referent.public_id))

    assert "1 bilan en préparation" in told
    assert "en préparation" not in not_told
