"""Which group a company belongs to: from a day until another, one at a time, told in its journal."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from companies.actions.groups import forget_group, join_group, leave_group
from companies.models import GroupLink, LegalUnit
from tests.cast import Cast
from tests.factories import CompanyFactory, GroupLinkFactory, LegalUnitFactory, invented_siren
from tests.pages import hidden_fields, page, queries, signed_in, text
from workflows.tables import TransitionRefused, WrongRole, WrongState

AT = datetime(2019, 2, 8, 9, tzinfo=UTC)
SIREN = invented_siren(9950)
NEW_YEAR, LAST_DAY = date(2019, 1, 1), date(2019, 12, 31)


def joined(cast: Cast, *, since: date = NEW_YEAR, siren: str = SIREN, by: User | None = None) -> GroupLink:
    return join_group(cast.company, siren=siren, name="Groupe Terril", since=since, at=AT, by=by or cast.referent)


def told(cast: Cast) -> list[tuple[str, str]]:
    return [(line.past, line.detail) for line in cast.company.logs.all()]


def test_a_company_joins_a_group_that_is_not_known_yet(cast: Cast) -> None:
    link = joined(cast)

    assert list(LegalUnit.objects.filter(siren=SIREN).values_list("name", flat=True)) == ["Groupe Terril"]
    assert (link.group_id, link.since, link.until) == (SIREN, NEW_YEAR, None)
    assert told(cast) == [
        ("Rattachée à un groupe", "Groupe Terril (000\u00a0999\u00a0508), depuis le 1er janvier 2019"),
    ]


def test_a_group_known_already_keeps_its_name(cast: Cast) -> None:
    LegalUnitFactory(siren=SIREN, name="Compagnie du Terril")

    assert str(joined(cast)).startswith("Compagnie du Terril (")


def test_a_company_leaves_then_joins_another(cast: Cast) -> None:
    left = leave_group(joined(cast), until=LAST_DAY, at=AT, by=cast.referent)

    with pytest.raises(TransitionRefused, match=r"déjà rattachée à .* du 1er janvier 2019 au 31 décembre"):
        joined(cast, since=LAST_DAY, siren=invented_siren(9951))
    other = joined(cast, since=date(2020, 1, 1), siren=invented_siren(9951))

    links = cast.company.group_links
    assert [list(links.in_force_on(day)) for day in (date(2018, 12, 31), NEW_YEAR, LAST_DAY, date(2020, 1, 1))] == [
        [],
        [left],
        [left],
        [other],
    ]
    assert [label for label, _ in told(cast)] == [
        "Rattachée à un groupe",
        "Rattachement à un groupe terminé",
        "Rattachée à un groupe",
    ]


def test_a_link_taken_away_is_told_too(cast: Cast) -> None:
    forget_group(joined(cast), at=AT, by=cast.referent)

    assert GroupLink.objects.count() == 0
    assert [label for label, _ in told(cast)] == ["Rattachée à un groupe", "Rattachement à un groupe retiré"]


def test_what_cannot_be_is_refused_and_not_told(cast: Cast) -> None:
    link = joined(cast)
    before = told(cast)

    with pytest.raises(TransitionRefused, match="celui de l’entreprise"):
        joined(cast, siren=cast.company.legal_unit_id)
    with pytest.raises(TransitionRefused, match="déjà rattachée"):
        joined(cast, since=date(2030, 1, 1), siren=invented_siren(9951))
    with pytest.raises(TransitionRefused, match="Le dernier jour suit le premier, le 01/01/2019"):
        leave_group(link, until=date(2018, 12, 31), at=AT, by=cast.referent)

    assert (told(cast), GroupLink.objects.get().until) == (before, None)
    assert LegalUnit.objects.filter(siren=invented_siren(9951)).count() == 0


def test_a_link_ended_or_taken_away_meanwhile_stays_so(cast: Cast) -> None:
    link = joined(cast)
    stale = GroupLink.objects.select_related("company").get(pk=link.pk)
    leave_group(link, until=LAST_DAY, at=AT, by=cast.referent)

    with pytest.raises(WrongState, match="changé par quelqu’un d’autre"):
        leave_group(stale, until=date(2019, 6, 30), at=AT, by=cast.referent)
    forget_group(stale, at=AT, by=cast.referent)
    with pytest.raises(WrongState, match="changé par quelqu’un d’autre"):
        forget_group(stale, at=AT, by=cast.referent)


@pytest.mark.parametrize("actor", ["lecteur", "animateur", "member", "contributor"])
def test_whoever_sees_the_company_does_not_move_it(cast: Cast, actor: str) -> None:
    by, link = getattr(cast, actor), joined(cast)

    for act in (
        lambda: joined(cast, by=by),
        lambda: leave_group(link, until=LAST_DAY, at=AT, by=by),
        lambda: forget_group(link, at=AT, by=by),
    ):
        with pytest.raises(WrongRole):
            act()


@pytest.mark.parametrize(("actor", "sees"), [("member", True), ("lecteur", True), ("rival", False), ("cget", False)])
def test_the_link_is_for_whoever_sees_the_company(cast: Cast, actor: str, sees: bool) -> None:
    joined(cast)

    assert GroupLink.objects.visible_to(getattr(cast, actor)).exists() is sees


def test_the_database_holds_the_days_and_one_open_link(cast: Cast) -> None:
    first = GroupLinkFactory(company=cast.company)

    faults = (
        (cast.rival_company, "group_link_ends_after_start", {"since": NEW_YEAR, "until": date(2018, 12, 31)}),
        (cast.company, "group_link|companies_grouplink", {"since": date(2025, 1, 1)}),
    )

    for company, rule, fields in faults:
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            GroupLink.objects.create(company=company, group=first.group, **fields)


def sent(cast: Cast, **data: object) -> Any:  # Any: the test client's own response
    return signed_in(cast.referent).post(reverse("company_group", args=[cast.company.pk]), data)


def test_the_page_links_ends_and_takes_away(cast: Cast) -> None:
    blank = sent(cast, action="join", siren="732 829 320", name="", since="2019-01-01")
    answered = sent(cast, action="join", siren="732 829 320", name="Groupe Terril", since="2019-01-01")
    ended = sent(cast, action="leave", until="2019-12-31")
    asked = sent(cast, action="remove", link=GroupLink.objects.get().pk)
    kept = GroupLink.objects.get()
    removed = sent(cast, **{name: values[0] for name, values in hidden_fields(asked).items()})

    assert "Le portail ne connaît pas encore ce SIREN" in text(blank)
    assert (blank.status_code, answered.status_code, ended.status_code, removed.status_code) == (422, 302, 302, 302)
    assert (kept.group_id, kept.until) == ("732829320", LAST_DAY)
    assert "du 1er janvier 2019 au 31 décembre 2019" in text(asked)
    assert GroupLink.objects.count() == 0


def test_the_page_says_what_cannot_be(cast: Cast) -> None:
    own = sent(cast, action="join", siren=cast.company.legal_unit_id, name="", since="2019-01-01")
    key = sent(cast, action="join", siren="732829321", name="X", since="hier")
    nothing = sent(cast, action="leave", until="2019-12-31")
    unknown = [sent(cast, action="remove", link=number).status_code for number in ("", "²", "9" * 30)]

    assert "Ce SIREN est celui de l’entreprise" in text(own)
    assert "La clé du SIREN 732\u00a0829\u00a0321 est fausse" in text(key)
    assert "Saisissez une date qui existe" in text(key)
    assert (own.status_code, key.status_code, nothing.status_code) == (422, 422, 409)
    assert unknown == [404, 404, 404]


def test_the_page_says_at_once_all_that_cannot_be(cast: Cast) -> None:
    GroupLinkFactory(company=cast.company, since=date(2019, 1, 1), until=date(2019, 12, 31))
    address = reverse("company_group", args=[cast.company.pk])
    own = {"action": "join", "siren": cast.company.legal_unit_id, "since": "2019-12-31"}
    unknown = {"action": "join", "siren": invented_siren(9009), "since": "2019-12-31"}

    twice, unnamed = (signed_in(cast.referent).post(address, typed) for typed in (own, unknown))

    assert (twice.status_code, unnamed.status_code) == (422, 422)
    assert "elle est le groupe" in text(twice)
    assert "déjà rattachée à" in text(twice)
    assert "indiquez la raison sociale" in text(unnamed)
    assert "déjà rattachée à" in text(unnamed)


def test_a_link_of_another_company_is_out_of_reach(cast: Cast) -> None:
    stranger = GroupLinkFactory(company=cast.rival_company)

    response = sent(cast, action="remove", link=stranger.pk, confirmed="1")

    assert response.status_code == 404
    assert GroupLink.objects.get() == stranger


def test_the_sheet_says_the_group_of_the_day(cast: Cast) -> None:
    without = text(page(cast.lecteur, "company_detail", cast.company.pk))
    GroupLinkFactory(company=cast.company)

    seen = text(page(cast.member, "company_detail", cast.company.pk))
    own = text(page(cast.referent, "company_detail", cast.company.pk))

    assert "<dt>Groupe</dt> <dd> aucun </dd>" in without
    assert '<span dir="auto">Groupe Terril (000\u00a0999\u00a0771)</span>, depuis le 1er janvier 2019' in seen
    assert "Modifier le groupe" in own
    assert "Modifier le groupe" not in seen


def test_the_sheet_of_the_head_names_who_is_linked_to_it(cast: Cast) -> None:
    GroupLinkFactory(company=cast.rival_company, group=cast.company.legal_unit)

    head = text(page(cast.referent, "company_detail", cast.company.pk))
    member = text(page(cast.member, "company_detail", cast.company.pk))

    link = f'<a href="/entreprises/{cast.rival_company.pk}/" dir="auto">Fonderie Terril</a>'
    assert f"tête de groupe – avec {link}" in head
    assert "tête de groupe" not in member


def test_the_group_is_found_by_its_name_or_number_and_chosen(cast: Cast) -> None:
    LegalUnitFactory(siren=SIREN, name="Compagnie du Zinc")

    by_name = page(cast.referent, "company_group", cast.company.pk, q="ZINC compagnie")
    by_number = page(cast.referent, "company_group", cast.company.pk, q=SIREN[:7])
    nothing = text(page(cast.referent, "company_group", cast.company.pk, q="inconnu"))
    chosen = page(cast.referent, "company_group", cast.company.pk, siren=SIREN)

    assert f'<a href="?siren={SIREN}&amp;name=Compagnie%20du%20Zinc" dir="auto">' in text(by_name)
    assert [unit.siren for unit in by_name.context_data["found"]] == [SIREN]
    assert SIREN in [unit.siren for unit in by_number.context_data["found"]]
    assert "Le portail ne connaît pas ce groupe" in nothing
    assert chosen.context_data["form"]["siren"].value() == SIREN


def test_a_company_is_not_offered_to_itself(cast: Cast) -> None:
    own = LegalUnitFactory(siren=cast.company.legal_unit_id)

    shown = page(cast.referent, "company_group", cast.company.pk, q=own.siren)

    assert own.siren not in [unit.siren for unit in shown.context_data["found"]]


def test_a_search_that_finds_too_many_says_so(cast: Cast) -> None:
    for number in range(11):
        LegalUnitFactory(siren=invented_siren(9900 + number), name=f"Zinc {number:02d}")

    shown = text(page(cast.referent, "company_group", cast.company.pk, q="zinc"))

    assert shown.count("name=Zinc") == 10
    assert "Il y en a d’autres" in shown


def test_who_else_is_of_the_group_that_one_sees(cast: Cast) -> None:
    group = GroupLinkFactory(company=cast.company).group
    head = CompanyFactory(department=cast.company.department, legal_unit=group, name="Siège Terril")
    left = CompanyFactory(department=cast.company.department, name="Partie Terril")
    GroupLinkFactory(company=left, group=group, until=LAST_DAY)
    GroupLinkFactory(company=cast.rival_company, group=group)
    GroupLinkFactory(company=cast.other_company, group=group)

    shown = page(cast.referent, "company_group", cast.company.pk)
    sheet = text(page(cast.member, "company_detail", cast.company.pk))

    assert list(shown.context_data["kin"]) == [cast.rival_company, head]
    assert "Fonderie" not in sheet


def test_the_group_page_makes_as_many_queries_for_one_as_for_thirty(cast: Cast) -> None:
    group = GroupLinkFactory(company=cast.company).group
    GroupLinkFactory(company=cast.rival_company, group=group)
    few = queries(cast.referent, "company_group", cast.company.pk)

    for _ in range(30):
        GroupLinkFactory(company__department=cast.company.department, group=group)

    assert queries(cast.referent, "company_group", cast.company.pk) == few == 7
