"""Silent companies reminded together: who is written to, who is not and why, and nobody twice."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from pytest_django import Settings

from accounts.models import OutgoingMail
from conventions.actions.submissions import extend, remind
from conventions.models import Submission
from conventions.views import reminders
from tests.cast import Cast
from tests.conventions.entry_helpers import ON
from tests.factories import S2_2019, CompanyFactory, ConventionFactory, MembershipFactory, SubmissionFactory
from tests.pages import signed_in, text
from workflows.tables import TransitionRefused

AT = datetime(2019, 7, 15, 9, tzinfo=UTC)
PAGE = "/resultats/relancer/"


@pytest.fixture(autouse=True)
def _open(settings: Settings) -> None:
    settings.PAQTE_TODAY = ON


def silent(cast: Cast, name: str = "", **fields: object) -> Submission:
    """A submission of the cast's company, or of another of its département with one member."""
    company = cast.company
    if name:
        company = CompanyFactory(name=name, department=cast.company.department)
        MembershipFactory(company=company, user__email=f"{name.split()[0].lower()}@example.org")
    return SubmissionFactory(convention=ConventionFactory(company=company), answers={"REC-01": None}, **fields)


def test_those_who_answer_for_it_are_written_to_and_the_journal_says_so(cast: Cast) -> None:
    row = silent(cast)

    people = remind(row, at=AT, by=cast.referent)

    mails = list(OutgoingMail.objects.order_by("to"))
    assert sorted(mail.to for mail in mails) == sorted(person.email for person in people)
    assert {cast.member.email, cast.contributor.email} == {mail.to for mail in mails}
    assert mails[0].subject == "Rappel : remontée PAQTE du 1er semestre 2019"
    assert f"/resultats/{row.pk}/" in mails[0].body
    assert cast.referent.email in mails[0].body
    assert list(row.logs.values_list("transition", "by")) == [("relancer", cast.referent.pk)]


def test_nobody_insists(cast: Cast) -> None:
    row = silent(cast)
    remind(row, at=AT, by=cast.referent)

    with pytest.raises(TransitionRefused, match="il y a moins de 7 jours"):
        remind(row, at=AT + timedelta(days=6), by=cast.staff_referent)
    assert len(remind(row, at=AT + timedelta(days=7, seconds=1), by=cast.referent)) == 2


def test_who_transmitted_or_has_nobody_is_not_written_to(cast: Cast) -> None:
    sent = silent(cast, "Alpha Terril", transmitted=True)
    mute = silent(cast, "Bravo Terril")
    mute.company.memberships.all().delete()

    with pytest.raises(TransitionRefused, match="déjà transmise"):
        remind(sent, at=AT, by=cast.referent)
    with pytest.raises(TransitionRefused, match="personne n’y a de compte"):
        remind(mute, at=AT, by=cast.referent)
    assert OutgoingMail.objects.count() == 0


def test_the_ticked_ones_are_named_first_then_reminded(cast: Cast) -> None:
    chosen, left = silent(cast, "Alpha Terril"), silent(cast, "Bravo Terril")
    client = signed_in(cast.referent)

    asked = client.post(PAGE, {"choisie": [str(chosen.pk), "zut"], "filtres": "etat=vides"})
    done = client.post(PAGE, {"choisie": [str(chosen.pk)], "filtres": "etat=vides", "confirmed": "1"})

    assert "1 entreprise silencieuse\u00a0:" in text(asked)
    assert "Alpha Terril, 1er semestre 2019" in text(asked)
    assert done.headers["Location"] == "/resultats/?etat=vides"
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["alpha@example.org"]
    assert not left.logs.exists()


def test_all_those_of_the_list_are_and_the_others_are_told_apart(cast: Cast) -> None:
    silent(cast, "Alpha Terril")
    mute = silent(cast, "Bravo Terril")
    mute.company.memberships.all().delete()
    silent(cast, "Delta Terril", transmitted=True)
    other = SubmissionFactory(convention=ConventionFactory(company=cast.other_company), answers={"REC-01": None})

    done = signed_in(cast.referent).post(PAGE, {"toutes": "1", "filtres": "q=terril", "confirmed": "1"}, follow=True)

    assert "1 entreprise relancée." in text(done)
    assert "Bravo Terril, 1er semestre 2019\u00a0: personne n’y a de compte" in text(done)
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["alpha@example.org"]
    assert not other.logs.exists()


def test_beyond_the_most_at_a_time_the_next_time_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "MOST", 2)
    for name in ("Alpha Terril", "Bravo Terril", "Delta Terril"):
        silent(cast, name)
    client = signed_in(cast.referent)

    asked = client.post(PAGE, {"toutes": "1"})
    client.post(PAGE, {"toutes": "1", "confirmed": "1", "once": str(uuid4())})
    client.post(PAGE, {"toutes": "1", "confirmed": "1", "once": str(uuid4())})

    assert "2 entreprises silencieuses (1 remontée reste à relancer ensuite)" in text(asked)
    assert sorted(mail.to for mail in OutgoingMail.objects.all()) == [
        "alpha@example.org",
        "bravo@example.org",
        "delta@example.org",
    ]


def test_a_company_silent_twice_is_one_company(cast: Cast) -> None:
    first = silent(cast, "Alpha Terril")
    second = SubmissionFactory(
        convention=first.convention,
        campaign__semester=S2_2019,
        campaign__opens_on=date(2019, 7, 1),
        answers={"REC-01": None},
    )
    chosen = {"choisie": [str(first.pk), str(second.pk)]}

    assert "1 entreprise silencieuse\u00a0:" in text(signed_in(cast.referent).post(PAGE, chosen))


def test_what_is_closed_is_not_asked_for_again(cast: Cast, settings: Settings) -> None:
    shut, still = (
        silent(cast, "Alpha Terril"),
        silent(cast, "Bravo Terril", extended_until=date(2030, 1, 31), extension_reason="Incendie"),
    )
    client = signed_in(cast.referent)
    settings.PAQTE_TODAY = date(2030, 1, 15)

    page = text(client.get("/resultats/"))
    named = client.post(PAGE, {"toutes": "1", "filtres": ""})
    refused = client.post(PAGE, {"choisie": [str(shut.pk)], "confirmed": "1"}, follow=True)

    assert "saisie fermée" in page
    assert [f"choix-{row.pk}" in page for row in (shut, still)] == [False, True]
    assert "1 entreprise silencieuse, sans compter 1 saisie fermée\u00a0:" in text(named)
    assert "Alpha Terril" not in text(named)
    assert "La saisie de ces remontées est fermée, rien n’est parti" in text(refused)
    assert OutgoingMail.objects.count() == 0


def test_a_list_narrowed_beyond_an_address_is_come_back_to_whole(cast: Cast) -> None:
    chosen = {"choisie": [str(silent(cast).pk)], "confirmed": "1"}

    done = signed_in(cast.referent).post(PAGE, {**chosen, "filtres": f"q={'é' * 90}"})

    assert done.headers["Location"] == "/resultats/"
    assert OutgoingMail.objects.count() == 2


def test_a_delay_granted_this_week_is_no_reminder(cast: Cast) -> None:
    row = silent(cast)
    extend(row, until=date(2019, 8, 20), reason="Congés", at=AT - timedelta(days=1), by=cast.referent)

    assert len(remind(row, at=AT, by=cast.referent)) == 2


def test_what_was_sent_meanwhile_is_not_among_those_named(cast: Cast) -> None:
    rows = [silent(cast, "Alpha Terril"), silent(cast, "Bravo Terril", transmitted=True)]

    named = text(signed_in(cast.referent).post(PAGE, {"choisie": [str(row.pk) for row in rows]}))

    assert ("Alpha Terril" in named, "Bravo Terril" in named) == (True, False)


def test_nothing_ticked_is_said(cast: Cast) -> None:
    done = signed_in(cast.referent).post(PAGE, {"filtres": "page=2"}, follow=True)

    assert "Cochez au moins une entreprise silencieuse" in text(done)


def test_another_departement_cannot_be_ticked(cast: Cast) -> None:
    row = silent(cast)

    done = signed_in(cast.other_referent).post(PAGE, {"choisie": [str(row.pk)], "confirmed": "1"}, follow=True)

    assert "Cochez au moins une entreprise silencieuse" in text(done)
    assert OutgoingMail.objects.count() == 0


def test_the_mail_says_that_the_day_is_past(cast: Cast) -> None:
    row = silent(cast)
    row.campaign.due_on, row.campaign.locks_on = date(2019, 7, 1), date(2019, 12, 31)
    row.campaign.save()

    remind(Submission.objects.get(pk=row.pk), at=AT, by=cast.referent)

    assert "Elle était attendue le 1er juillet 2019." in OutgoingMail.objects.all()[0].body


def test_only_a_referent_sees_the_boxes(cast: Cast) -> None:
    row = silent(cast)

    assert f'id="choix-{row.pk}"' in text(signed_in(cast.referent).get("/resultats/"))
    assert "choix-" not in text(signed_in(cast.animateur).get("/resultats/"))
