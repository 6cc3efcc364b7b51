"""A company ends at a date, merged, moved or closed: its convention stops there, its past stays, one may undo it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from companies.models import Company, Succession
from companies.siret import grouped
from conventions.actions import conventions as actions
from conventions.actions.successions import end_company, restore_company
from conventions.models import Convention, Submission
from tests.cast import Cast
from tests.factories import (
    S1_2020,
    S2_2019,
    BilanFactory,
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    SubmissionFactory,
)
from tests.pages import hidden_fields, page, signed_in, text
from workflows.tables import TransitionRefused, WrongRole, WrongState

AT = datetime(2020, 7, 10, 9, tzinfo=UTC)
YEAR_END, NEW_YEAR = date(2019, 12, 31), date(2020, 1, 1)
Kind = Succession.Kind


def merged(cast: Cast, *, by: User | None = None, **fields: Any) -> Succession:  # Any: arguments of the action
    asked: dict[str, Any] = {"kind": Kind.MERGED, "last_day": YEAR_END, "successor": cast.rival_company} | fields
    return end_company(cast.company, **asked, at=AT, by=by or cast.referent)


def told(company: Company) -> list[tuple[str, str]]:
    return [(line.past, line.detail) for line in company.logs.all()]


def test_a_merger_ends_the_convention_that_day_and_waits_for_nothing_later(cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company)
    before = SubmissionFactory(convention=convention, validated=True, campaign=CampaignFactory(semester=S2_2019))
    SubmissionFactory(convention=convention, campaign=CampaignFactory(semester=S1_2020))

    end = merged(cast)

    convention.refresh_from_db()
    assert (convention.state, convention.terminated_on, end.first_day) == ("terminated", YEAR_END, NEW_YEAR)
    assert list(Submission.objects.filter(company=cast.company)) == [before]
    assert end.sentence.startswith("absorbée par Fonderie Terril (")
    assert end.sentence.endswith(") depuis le 1er janvier 2020")
    assert convention.logs.latest("pk").comment == f"Entreprise {end.sentence}."


def test_both_journals_tell_it(cast: Cast) -> None:
    numbers = [grouped(company.siret) for company in (cast.rival_company, cast.company)]

    restore_company(merged(cast), at=AT, by=cast.referent)

    what, when = "absorbée par une autre entreprise", "dernier jour le 31 décembre 2019"
    ours, theirs = f"{what}, Fonderie Terril ({numbers[0]}), {when}", f"{what}, Ateliers Terril ({numbers[1]}), {when}"
    assert told(cast.company) == [
        ("Fin de l’entreprise enregistrée", ours),
        ("Fin de l’entreprise annulée", ours),
    ]
    assert told(cast.rival_company) == [
        ("A pris la suite", theirs),
        ("Ne prend plus la suite", theirs),
    ]


def test_a_convention_that_ended_by_itself_that_day_is_not_terminated(cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company)

    eve = datetime(2022, 2, 6, 9, tzinfo=UTC)
    end_company(cast.company, kind=Kind.CLOSED, last_day=date(2022, 2, 7), at=eve, by=cast.referent)

    convention.refresh_from_db()
    assert (convention.ends_on, convention.state) == (date(2022, 2, 7), "signed")


def test_a_company_that_ended_signs_nothing_new(cast: Cast) -> None:
    draft = ConventionFactory(company=cast.company, draft=True, starts_on=date(2023, 1, 1))
    merged(cast)
    ready = ConventionFactory(company=cast.company, ready=True, starts_on=NEW_YEAR)

    for attempt in (
        lambda: actions.create(company=cast.company, starts_on=date(2023, 1, 1), axes=[], at=AT, by=cast.referent),
        lambda: actions.prepare(draft, at=AT, by=cast.referent),
        lambda: actions.sign(ready, on=NEW_YEAR, place="Arras", at=AT, by=cast.referent),
    ):
        with pytest.raises(TransitionRefused, match="aucune convention ne s’y prépare ni ne s’y signe plus"):
            attempt()


def test_it_is_taken_back_whole_while_nothing_relies_on_it(cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company)
    CampaignFactory(semester=S2_2019)
    CampaignFactory(semester=S1_2020)

    restore_company(merged(cast), at=AT, by=cast.referent)

    convention.refresh_from_db()
    assert (convention.state, convention.terminated_on) == ("signed", None)
    assert list(convention.submissions.order_by("semester").values_list("semester", flat=True)) == [S2_2019, S1_2020]
    assert Succession.objects.count() == 0


def test_a_convention_terminated_for_another_reason_stays_so(cast: Cast) -> None:
    convention = ConventionFactory(company=cast.company)
    actions.terminate(
        convention, on=YEAR_END, comment="Désaccord.", at=datetime(2020, 1, 5, tzinfo=UTC), by=cast.referent
    )

    restore_company(merged(cast), at=AT, by=cast.referent)

    convention.refresh_from_db()
    assert convention.state == "terminated"


def test_what_relies_on_it_keeps_it(cast: Cast) -> None:
    ConventionFactory(company=cast.company)
    end = merged(cast)
    ConventionFactory(company=cast.rival_company, reference="PAQTE-62-2020-001", starts_on=NEW_YEAR, created_at=AT)
    BilanFactory(semester=S2_2019, state="transmitted", transmitted_at=AT)

    with pytest.raises(WrongState) as refusal:
        restore_company(end, at=AT, by=cast.referent)

    assert refusal.value.reasons == (
        "Le bilan du 2e semestre 2019, transmis depuis, la compte comme partie.",
        "Fonderie Terril a signé depuis la convention PAQTE-62-2020-001 pour prendre la suite.",
    )
    assert Convention.objects.get(company=cast.company).state == "terminated"


@pytest.mark.parametrize(
    "fields",
    [{"created_at": AT}, {"starts_on": NEW_YEAR, "created_at": datetime(2019, 12, 1, tzinfo=UTC)}],
    ids=["began before", "prepared before"],
)
def test_what_was_sent_or_signed_before_does_not_keep_it(cast: Cast, fields: dict[str, Any]) -> None:  # Any: of a row
    ConventionFactory(company=cast.rival_company, **fields)
    BilanFactory(semester=S2_2019, state="transmitted", transmitted_at=datetime(2020, 2, 1, tzinfo=UTC))

    restore_company(merged(cast), at=AT, by=cast.referent)

    assert Succession.objects.count() == 0


def _sentences(cast: Cast, **fields: Any) -> tuple[str, ...]:  # Any: arguments of the action
    with pytest.raises(TransitionRefused) as refusal, transaction.atomic():
        merged(cast, **fields)
    return refusal.value.reasons


def test_what_cannot_be_is_refused_all_at_once_and_not_told(cast: Cast) -> None:
    late = ConventionFactory(company=cast.company, reference="PAQTE-62-2020-009", starts_on=NEW_YEAR)
    SubmissionFactory(convention=late, validated=True, campaign=CampaignFactory(semester=S1_2020))

    assert _sentences(cast, successor=cast.company) == (
        "Une entreprise ne prend pas la suite d’elle-même\u00a0: indiquez l’autre.",
        "La convention PAQTE-62-2020-009 prend effet après ce jour\u00a0: annulez d’abord sa signature.",
        "La remontée du 1er semestre 2020, après ce jour, est déjà transmise\u00a0: vérifiez la date.",
    )
    assert (
        _sentences(cast, last_day=date(2017, 12, 31))[0]
        == "Le dernier jour tombe entre le 01/01/2018 et le 11/07/2021."
    )
    assert _sentences(cast, last_day=date(2021, 7, 12))[0].startswith("Le dernier jour tombe entre")
    assert (told(cast.company), Succession.objects.count()) == ([], 0)


def test_what_waits_for_a_signature_is_taken_back_first(cast: Cast) -> None:
    ConventionFactory(company=cast.company, ready=True, reference="PAQTE-62-2020-002", starts_on=NEW_YEAR)

    assert _sentences(cast) == (
        "La convention PAQTE-62-2020-002 attend sa signature\u00a0: reprenez d’abord son brouillon.",
    )


def test_a_successor_must_go_on(cast: Cast) -> None:
    end_company(cast.rival_company, kind=Kind.CLOSED, last_day=date(2019, 6, 30), at=AT, by=cast.referent)

    assert _sentences(cast) == (
        "Fonderie Terril est elle-même fermée, dernier jour le 30 juin 2019\u00a0: indiquez l’entreprise qui continue.",
    )
    with pytest.raises(WrongRole):
        merged(cast, successor=cast.other_company)


def test_who_goes_on_does_not_end_before(cast: Cast) -> None:
    """The same, told the other way round: two companies could otherwise have absorbed each other."""
    merged(cast)

    for last_day in (date(2019, 6, 30), YEAR_END):
        with pytest.raises(TransitionRefused, match="Ateliers Terril est absorbée par Fonderie Terril"):
            end_company(cast.rival_company, kind=Kind.CLOSED, last_day=last_day, at=AT, by=cast.referent)
    end_company(cast.rival_company, kind=Kind.CLOSED, last_day=NEW_YEAR, at=AT, by=cast.referent)


def test_it_ends_once_and_comes_back_once(cast: Cast) -> None:
    end = merged(cast)
    stale = Succession.objects.get(pk=end.pk)

    assert _sentences(cast, kind=Kind.CLOSED, successor=None)[0].startswith("Cette entreprise est déjà absorbée par")
    restore_company(end, at=AT, by=cast.referent)
    with pytest.raises(WrongState, match="annulée par quelqu’un d’autre"):
        restore_company(stale, at=AT, by=cast.referent)


@pytest.mark.parametrize("actor", ["lecteur", "animateur", "member", "contributor", "other_referent", "rival"])
def test_nobody_else_ends_or_restores(cast: Cast, actor: str) -> None:
    with pytest.raises(WrongRole):
        merged(cast, by=getattr(cast, actor))
    end = merged(cast)
    with pytest.raises(WrongRole):
        restore_company(end, at=AT, by=getattr(cast, actor))


@pytest.mark.parametrize(
    ("kind", "followed", "rule"),
    [("fermee", True, "succession_kind"), ("absorbee", False, "succession_kind"), ("vendue", False, "succession_kind")],
)
def test_the_database_holds_who_follows(cast: Cast, kind: str, followed: bool, rule: str) -> None:
    successor = cast.rival_company if followed else None

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Succession.objects.create(
            company=cast.company, kind=kind, last_day=YEAR_END, successor=successor, recorded_at=AT
        )


def sent(cast: Cast, **data: object) -> Any:  # Any: the test client's own response
    return signed_in(cast.referent).post(reverse("company_succession", args=[cast.company.pk]), data)


def test_the_page_finds_the_successor_by_its_name_or_siret(cast: Cast) -> None:
    answered = sent(cast, kind="absorbee", last_day="2019-12-31", successor=" fonderie ")
    end = Succession.objects.get()
    sheet = text(page(cast.referent, "company_detail", cast.company.pk))
    other = text(page(cast.referent, "company_detail", cast.rival_company.pk))
    asked = sent(cast, action="restore")
    kept = Succession.objects.count()
    restored = sent(cast, **{name: values[0] for name, values in hidden_fields(asked).items()})

    assert (answered.status_code, asked.status_code, kept, restored.status_code) == (302, 200, 1, 302)
    assert (end.successor, end.last_day) == (cast.rival_company, YEAR_END)
    assert 'Cette entreprise est <span dir="auto">absorbée par Fonderie Terril (' in sheet
    assert "Préparer une convention" not in sheet
    assert "Préparer une convention" in other
    assert "<dt>Prend la suite de</dt>" in other
    assert Succession.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "successor", "sentence"),
    [
        ("absorbee", "", "Indiquez l’entreprise qui prend la suite."),
        ("absorbee", "beffroi", "Aucune autre entreprise de votre département"),
        ("absorbee", "ateliers terril", "Aucune autre entreprise de votre département"),
        ("absorbee", "forge", "Plusieurs entreprises répondent à ces mots"),
        ("fermee", "fonderie", "n’a pas de suite ici"),
        ("vendue", "", "choisissez-en une autre"),
    ],
)
def test_the_page_says_what_to_repair(cast: Cast, kind: str, successor: str, sentence: str) -> None:
    for number in range(2):
        CompanyFactory(name=f"Forge {number}", department=cast.company.department)

    answered = sent(cast, kind=kind, last_day="2019-12-31", successor=successor)

    assert answered.status_code == 422
    assert sentence in text(answered)
    assert "Brasserie" not in text(answered)


def test_the_convention_of_who_follows_is_proposed_from_the_next_day_on_the_same_axes(cast: Cast) -> None:
    ConventionFactory(company=cast.company, axes=["former"])
    merged(cast)

    drawn = page(cast.referent, "convention_create", company=cast.rival_company.pk)

    form = drawn.context_data["form"]
    assert (form["starts_on"].value(), [str(axis) for axis in form["axes"].value()]) == (NEW_YEAR, ["former"])
    assert list(form.fields["company"].queryset) == [cast.rival_company]


def test_a_member_of_who_follows_is_not_shown_the_other_company(cast: Cast) -> None:
    merged(cast)

    assert "<dt>Prend la suite de</dt>" not in text(page(cast.rival, "company_detail", cast.rival_company.pk))
    assert reverse("company_detail", args=[cast.rival_company.pk]) not in text(
        page(cast.member, "company_detail", cast.company.pk)
    )
