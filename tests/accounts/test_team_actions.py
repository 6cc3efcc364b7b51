"""Who closes whose account, who must stay, and where a portfolio goes."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from accounts.actions.team import LastOne, TeamRefused, deactivate, hand_over, reactivate
from accounts.models import AccountAct, OutgoingMail, Session, User
from accounts.selectors.team import Burden
from companies.models import Portfolio
from tests.cast import Cast
from tests.factories import (
    S1_2020,
    S2_2019,
    BilanFactory,
    CompanyFactory,
    DepartmentFactory,
    InvitationFactory,
    MembershipFactory,
    PortfolioFactory,
    UserFactory,
)
from tests.pages import signed_in

AT = datetime(2020, 7, 10, 9, tzinfo=UTC)

# by → whose account that person may close, their own included where a colleague stays; the others are refused.
MAY_CLOSE = {
    "referent": {"referent", "staff_referent", "lecteur", "animateur"},
    "cget": {"cget", "referent", "staff_referent", "other_referent"},
    "other_referent": {"other_referent"},
    "lecteur": set(),
    "animateur": set(),
    "member": set(),
    "technician": set(),
    "deactivated": set(),
}
EVERYBODY = (
    *("member", "contributor", "rival", "animateur", "referent", "other_referent"),
    *("lecteur", "cget", "staff_referent", "technician", "no_role"),
)


@pytest.mark.parametrize("by", MAY_CLOSE)
def test_the_table_of_who_closes_whom(cast: Cast, by: str) -> None:
    UserFactory(cget=True)
    UserFactory(referent=True, department=cast.other_referent.department)
    actor: User = getattr(cast, by)
    closed = set()

    for name in EVERYBODY:
        account: User = getattr(cast, name)
        try:
            deactivate(account, at=AT, by=actor)
        except TeamRefused:
            continue
        closed.add(name)
        User.objects.filter(pk=account.pk).update(is_active=True)

    assert closed == MAY_CLOSE[by]


def test_closing_ends_the_sessions_and_is_noted(cast: Cast) -> None:
    browser = signed_in(cast.lecteur)
    assert browser.get("/bilans/").status_code == 200

    deactivate(cast.lecteur, reason=" Muté à Lille. ", at=AT, by=cast.referent)

    assert Session.objects.filter(user=cast.lecteur).count() == 0
    assert browser.get("/bilans/").headers["Location"] == "/connexion/?next=/bilans/"
    act = AccountAct.objects.get()
    assert (act.account, act.by, act.kind, act.reason) == (cast.lecteur, cast.referent, "desactiver", "Muté à Lille.")


def test_a_right_is_gone_at_the_next_request_even_with_a_session(cast: Cast) -> None:
    browser = signed_in(cast.animateur)
    User.objects.filter(pk=cast.animateur.pk).update(is_active=False)

    assert browser.get("/conventions/").headers["Location"] == "/connexion/?next=/conventions/"


def test_closing_twice_and_opening_twice_are_refused(cast: Cast) -> None:
    deactivate(cast.lecteur, at=AT, by=cast.referent)
    with pytest.raises(TeamRefused, match="déjà désactivé"):
        deactivate(cast.lecteur, at=AT, by=cast.referent)

    reactivate(cast.lecteur, at=AT, by=cast.referent)
    with pytest.raises(TeamRefused, match="déjà actif"):
        reactivate(cast.lecteur, at=AT, by=cast.referent)

    assert list(AccountAct.objects.values_list("kind", flat=True)) == ["desactiver", "reactiver"]


def test_the_last_referent_stays_unless_the_agency_says_why(cast: Cast) -> None:
    last = cast.other_referent
    with pytest.raises(LastOne, match="dernier référent actif du département"):
        deactivate(last, reason="Je pars.", at=AT, by=last)
    with pytest.raises(LastOne):
        deactivate(last, reason="  ", at=AT, by=cast.cget)

    deactivate(last, reason="Poste vacant jusqu’en septembre.", at=AT, by=cast.cget)

    last.refresh_from_db()
    assert not last.is_active
    assert AccountAct.objects.get().reason == "Poste vacant jusqu’en septembre."


def test_an_inactive_colleague_is_no_successor(cast: Cast) -> None:
    UserFactory(referent=True, department=cast.other_referent.department, is_active=False)

    with pytest.raises(LastOne):
        deactivate(cast.other_referent, at=AT, by=cast.other_referent)


def test_the_last_agent_stays_whatever_the_reason(cast: Cast) -> None:
    with pytest.raises(LastOne, match="dernier agent actif du CGET"):
        deactivate(cast.cget, reason="Fin de mission.", at=AT, by=cast.cget)

    UserFactory(cget=True)

    assert not deactivate(cast.cget, at=AT, by=cast.cget).is_active


def test_an_animateur_hands_over_companies_once_each(cast: Cast) -> None:
    successor = UserFactory(animateur=True, job_title="Club du Terril")
    shared = CompanyFactory()
    for user in (cast.animateur, successor):
        PortfolioFactory(user=user, company=shared)

    given = hand_over(cast.animateur, to=successor, at=AT, by=cast.referent)

    assert given == Burden(companies=2, bilans=0)
    assert str(given) == "2 entreprises"
    assert {(row.user, row.company) for row in Portfolio.objects.all()} == {
        (successor, shared),
        (successor, cast.company),
    }
    assert signed_in(successor).get(f"/entreprises/{cast.company.pk}/").status_code == 200
    assert signed_in(cast.animateur).get(f"/entreprises/{cast.company.pk}/").status_code == 404
    mail = OutgoingMail.objects.get()
    assert mail.to == successor.email
    assert "vous est confié\u00a0: 2 entreprises." in mail.body


def test_a_referent_hands_over_the_bilans_in_preparation(cast: Cast) -> None:
    successor = UserFactory(
        referent=True, first_name="Sacha", last_name="Gohelle", job_title="Sous-préfet", phone="03 21 11 11 11"
    )
    mine = BilanFactory(referent_email="Referent@example.org")
    another = BilanFactory(semester=S2_2019, referent_email=cast.staff_referent.email)
    elsewhere = BilanFactory(department=DepartmentFactory(nord=True), referent_email=cast.referent.email)
    sent = BilanFactory(semester=S1_2020, state="transmitted", transmitted_at=AT, referent_email=cast.referent.email)

    given = hand_over(cast.referent, to=successor, at=AT, by=cast.staff_referent)

    assert (given, str(given)) == (Burden(companies=0, bilans=1), "1 bilan en préparation")
    for bilan in (mine, another, elsewhere, sent):
        bilan.refresh_from_db()
    assert (mine.referent_name, mine.referent_job_title) == ("Sacha Gohelle", "Sous-préfet")
    assert (mine.referent_email, mine.referent_phone) == (successor.email, "03 21 11 11 11")
    assert [row.referent_email for row in (another, elsewhere, sent)] == [
        cast.staff_referent.email,
        cast.referent.email,
        cast.referent.email,
    ]


def test_somebody_who_left_can_still_hand_over(cast: Cast) -> None:
    successor = UserFactory(animateur=True)
    deactivate(cast.animateur, at=AT, by=cast.referent)

    assert hand_over(cast.animateur, to=successor, at=AT, by=cast.referent).companies == 1


@pytest.mark.parametrize(
    ("successor", "sentence"),
    [
        (lambda cast: UserFactory(animateur=True, department=DepartmentFactory(nord=True)), "actif du même rôle"),
        (lambda cast: UserFactory(animateur=True, is_active=False), "actif du même rôle"),
        (lambda cast: cast.referent, "actif du même rôle"),
        (lambda cast: cast.animateur, "actif du même rôle"),
    ],
    ids=["elsewhere", "inactive", "other role", "itself"],
)
def test_a_portfolio_does_not_go_just_anywhere(cast: Cast, successor: Callable[[Cast], User], sentence: str) -> None:
    with pytest.raises(TeamRefused, match=sentence):
        hand_over(cast.animateur, to=successor(cast), at=AT, by=cast.referent)

    assert Portfolio.objects.get().user == cast.animateur


@pytest.mark.parametrize("by", ["other_referent", "cget", "lecteur", "animateur", "member"])
def test_only_a_referent_of_the_place_hands_over(cast: Cast, by: str) -> None:
    with pytest.raises(TeamRefused):
        hand_over(cast.animateur, to=UserFactory(animateur=True), at=AT, by=getattr(cast, by))


def test_nothing_to_hand_over_is_said(cast: Cast) -> None:
    with pytest.raises(TeamRefused, match="n’a rien à confier"):
        hand_over(cast.staff_referent, to=cast.referent, at=AT, by=cast.referent)
    with pytest.raises(TeamRefused, match="d’un référent ou d’un animateur"):
        hand_over(cast.lecteur, to=UserFactory(lecteur=True), at=AT, by=cast.referent)

    assert (AccountAct.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_a_member_of_a_company_is_nobody_s_to_close(cast: Cast) -> None:
    member = MembershipFactory().user

    for by in (cast.referent, cast.cget):
        with pytest.raises(TeamRefused, match="Vous ne gérez pas"):
            deactivate(member, at=AT, by=by)


def test_invitations_follow_the_successor_or_end(cast: Cast) -> None:
    for address in ("une@example.org", "deux@example.org"):
        InvitationFactory(email=address, invited_by=cast.referent)
    InvitationFactory(email="trois@example.org", invited_by=cast.staff_referent)

    given = hand_over(cast.referent, to=cast.staff_referent, at=AT, by=cast.referent)
    assert str(given) == "2 invitations sans réponse"
    assert cast.staff_referent.invitations_sent.open().count() == 3

    deactivate(cast.staff_referent, at=AT, by=cast.referent)
    assert cast.staff_referent.invitations_sent.open().count() == 0
    assert set(cast.staff_referent.invitations_sent.values_list("revoked_at", "revoked_by")) == {(AT, cast.referent.pk)}
