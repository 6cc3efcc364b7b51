"""Pages of conventions: who opens what, what they show, what they refuse."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conventions.models import Convention, ConventionLog, Situation
from territories.semester import Semester
from tests.factories import (
    CampaignFactory,
    CompanyFactory,
    ConventionFactory,
    SpecificCommitmentFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.usefixtures("catalogue", "today")

DRAFT_PAGES = ["convention_update", "convention_targets", "convention_commitments"]
HOSTILE = "<script>alert(1)</script> {{7*7}}"


@pytest.fixture
def today(settings):
    settings.PAQTE_TODAY = date(2020, 7, 10)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user, name, *args, **query):
    return signed_in(user).get(reverse(name, args=args), query)


def post(user, name, *args, **data):
    return signed_in(user).post(reverse(name, args=args), data)


def text(response):
    return response.content.decode()


def without_token(response):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", response.content)


def queries(user, name, *args):
    client = signed_in(user)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse(name, args=args))
    return len(captured)


def frame(**more):
    fields = {"starts_on": "2019-02-08", "axes": ["recruter"], "axes_reason": "Le cœur du métier."}
    return fields | more


# --- The list ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "status"),
    [("referent", 200), ("lecteur", 200), ("animateur", 200), ("cget", 403), ("no_role", 403), ("technician", 403)],
)
def test_list_opens_to_whom_it_may(cast, actor, status):
    assert page(getattr(cast, actor), "convention_list").status_code == status


def test_list_shows_what_one_may_see(cast):
    mine = ConventionFactory(company=cast.company)
    neighbour = ConventionFactory(company=cast.rival_company, draft=True)
    ConventionFactory(company=cast.other_company)

    seen = {
        actor: {line.convention for line in page(getattr(cast, actor), "convention_list").context_data["lines"]}
        for actor in ("referent", "animateur")
    }

    assert seen == {"referent": {mine, neighbour}, "animateur": {mine}}


def test_list_takes_the_member_of_one_company_to_its_only_convention(cast):
    convention = ConventionFactory(company=cast.company)

    assert page(cast.contributor, "convention_list").url == convention.get_absolute_url()


def test_list_filters_by_situation_of_the_day(cast):
    running = ConventionFactory(company=cast.company)
    expired = ConventionFactory(company=cast.rival_company, starts_on=date(2016, 1, 1), signed_on=date(2016, 1, 1))
    coming = ConventionFactory(starts_on=date(2020, 9, 1), signed_on=date(2020, 7, 1))
    draft, ready, ended = (
        ConventionFactory(draft=True),
        ConventionFactory(ready=True),
        ConventionFactory(terminated=True),
    )

    found = {
        situation.value: [
            line.convention
            for line in page(cast.referent, "convention_list", situation=situation.value).context_data["lines"]
        ]
        for situation in Situation
    }

    assert found == {
        "brouillon": [draft],
        "prete": [ready],
        "a-venir": [coming],
        "en-cours": [running],
        "echue": [expired],
        "resiliee": [ended],
    }


def test_list_agrees_with_the_sheet_on_every_situation(cast):
    for situation in Situation:
        for line in page(cast.referent, "convention_list", situation=situation.value).context_data["lines"]:
            assert line.situation == situation.label


def test_list_searches_name_and_reference(cast):
    convention = ConventionFactory(company=cast.company, reference="PAQTE-62-2019-777")
    ConventionFactory()

    for query in ("ateliers terril", "2019-777"):
        lines = page(cast.referent, "convention_list", q=query).context_data["lines"]
        assert convention in [line.convention for line in lines]
    assert page(cast.referent, "convention_list", q="zzz").context_data["lines"] == []


def test_an_empty_list_says_what_to_do(cast):
    assert "Créez le brouillon d’une première convention" in text(page(cast.referent, "convention_list"))
    assert "C’est le référent PAQTE de la préfecture" in text(page(cast.lecteur, "convention_list"))


def test_list_makes_as_many_queries_for_one_as_for_thirty(cast):
    ConventionFactory(company=cast.company)
    assert queries(cast.lecteur, "convention_list") == 6

    for _ in range(30):
        ConventionFactory()
    assert queries(cast.lecteur, "convention_list") == 6


# --- The sheet --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        ("referent", 200),
        ("lecteur", 200),
        ("animateur", 200),
        ("member", 200),
        ("contributor", 200),
        ("cget", 403),
        ("rival", 404),
        ("other_member", 404),
        ("other_referent", 404),
        ("no_role", 403),
    ],
)
def test_sheet_opens_to_whom_it_may(cast, actor, status):
    convention = ConventionFactory(company=cast.company)

    assert page(getattr(cast, actor), "convention_detail", convention.pk).status_code == status


@pytest.mark.parametrize("name", ["convention_detail", *DRAFT_PAGES, "convention_sign", "convention_terminate"])
def test_a_foreign_convention_answers_as_one_that_does_not_exist(cast, name):
    convention = ConventionFactory(company=cast.company, draft=True)

    foreign, unknown = page(cast.other_referent, name, convention.pk), page(cast.other_referent, name, uuid4())

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert without_token(foreign) == without_token(unknown)


def test_sheet_of_a_draft_lists_what_is_missing_and_disables_the_step(cast):
    convention = ConventionFactory(company=cast.company, draft=True, targets={})

    seen = text(page(cast.referent, "convention_detail", convention.pk))

    assert "Fixez au moins un objectif pour l’axe « Former »." in seen
    assert "disabled aria-describedby" in seen
    assert reverse("convention_prepare", args=[convention.pk]) not in seen


def test_sheet_of_a_complete_draft_offers_the_step(cast):
    convention = ConventionFactory(company=cast.company, draft=True, axes=["recruter"])

    seen = text(page(cast.referent, "convention_detail", convention.pk))

    assert f'action="{reverse("convention_prepare", args=[convention.pk])}"' in seen
    assert "Il manque encore" not in seen


@pytest.mark.parametrize("actor", ["lecteur", "animateur", "member", "contributor"])
def test_sheet_offers_no_step_to_a_reader(cast, actor):
    convention = ConventionFactory(company=cast.company)

    sheet = page(getattr(cast, actor), "convention_detail", convention.pk).context_data["sheet"]

    assert (sheet.steps, sheet.may_edit, sheet.may_renew) == ((), False, False)


def test_sheet_shows_targets_commitments_submissions_and_journal(cast):
    convention = ConventionFactory(
        company=cast.company, targets={("REC-02", 1): 0, ("REC-02", 2): 1500, ("REC-07", 1): 1}
    )
    SpecificCommitmentFactory(convention=convention)
    submission = SubmissionFactory(convention=convention, transmitted=True)
    post(cast.referent, "convention_terminate", convention.pk, on="2019-12-31", comment="Fermeture du site.")

    seen = text(page(cast.member, "convention_detail", convention.pk))

    assert "<td>0</td><td>1\u202f500</td><td>–</td>" in re.sub(r"\s*\n\s*", "", seen)
    assert "oui" in seen
    assert "Prêter une salle aux associations du quartier" in seen
    assert submission.get_absolute_url() in seen
    assert "1er semestre 2019" in seen
    assert "Fermeture du site." in seen
    assert cast.referent.get_full_name() in seen


def test_sheet_tells_where_a_convention_comes_from_and_goes_to(cast):
    charter = cast.company.charters.create(reference="CEQ-7", signed_on=date(2014, 3, 1))
    convention = ConventionFactory(company=cast.company, charter=charter)
    response = post(cast.referent, "convention_renew", convention.pk)
    renewal = convention.renewal

    assert response.url == reverse("convention_targets", args=[renewal.pk])
    assert "CEQ-7" in text(page(cast.referent, "convention_detail", convention.pk))
    assert renewal.reference in text(page(cast.referent, "convention_detail", convention.pk))
    assert convention.reference in text(page(cast.referent, "convention_detail", renewal.pk))


def test_sheet_makes_as_many_queries_for_few_rows_as_for_many(cast):
    convention = ConventionFactory(company=cast.company)
    SubmissionFactory(convention=convention)
    assert queries(cast.referent, "convention_detail", convention.pk) == 10

    for number in range(30):
        SpecificCommitmentFactory(convention=convention)
        ConventionLog.objects.create(
            convention=convention, at=convention.created_at, by=cast.referent, transition="creer", to_state="draft"
        )
        if number < 3:
            SubmissionFactory(convention=convention, campaign=CampaignFactory(semester=Semester(2020 + number, 2)))
    assert queries(cast.referent, "convention_detail", convention.pk) == 10


def test_hostile_names_are_shown_literally(cast):
    company = CompanyFactory(name=HOSTILE, legal_unit__name=HOSTILE)
    draft = ConventionFactory(company=company, draft=True, axes=["recruter"], axes_reason=HOSTILE)
    SpecificCommitmentFactory(convention=draft, label=HOSTILE, unit=HOSTILE)

    for name in ("convention_detail", *DRAFT_PAGES):
        seen = text(page(cast.referent, name, draft.pk))
        assert "<script>alert" not in seen
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}" in seen


# --- Drafts -----------------------------------------------------------------------------------------------------


def test_create_draws_up_a_draft_with_its_charter(cast):
    response = post(
        cast.referent,
        "convention_create",
        **frame(company=cast.company.pk, charter_reference="CEQ-7", charter_signed_on="2014-03-01"),
    )

    convention = cast.company.conventions.get()
    assert response.url == reverse("convention_targets", args=[convention.pk])
    assert (convention.state, convention.reference) == ("draft", "PAQTE-62-2019-001")
    assert (convention.charter.reference, convention.charter.signed_on) == ("CEQ-7", date(2014, 3, 1))


def test_create_proposes_the_company_and_its_charter(cast):
    cast.company.charters.create(reference="CEQ-7", signed_on=date(2014, 3, 1))

    seen = text(page(cast.referent, "convention_create", company=cast.company.pk))

    assert f'<option value="{cast.company.pk}" selected>' in seen
    assert 'value="CEQ-7"' in seen


@pytest.mark.parametrize("company", ["", "abc", "00000000-0000-0000-0000-000000000000"])
def test_create_ignores_a_company_that_is_none(cast, company):
    assert page(cast.referent, "convention_create", company=company).status_code == 200


def test_create_refuses_a_foreign_company_as_an_unknown_one(cast):
    foreign = post(cast.referent, "convention_create", **frame(company=cast.other_company.pk))
    unknown = post(cast.referent, "convention_create", **frame(company=uuid4()))

    assert (foreign.status_code, unknown.status_code) == (422, 422)
    assert "Brasserie" not in text(foreign)
    assert Convention.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"axes": []}, "Cochez au moins un axe."),
        ({"axes": ["vendre"]}, "Sélectionnez un choix valide"),
        ({"starts_on": "8 février"}, "Saisissez une date qui existe"),
        ({"starts_on": "1019-02-08"}, "Cette date est trop éloignée"),
        ({"charter_reference": "CEQ-7"}, "Indiquez la date de la charte."),
        ({"charter_signed_on": "2014-03-01"}, "Indiquez la référence de la charte."),
    ],
)
def test_create_refuses_what_cannot_be(cast, fields, sentence):
    response = post(cast.referent, "convention_create", **frame(company=cast.company.pk, **fields))

    assert response.status_code == 422
    assert sentence in text(response)
    assert Convention.objects.count() == 0


def test_create_refuses_an_overlap_and_records_no_charter(cast):
    ConventionFactory(company=cast.company)

    response = post(
        cast.referent,
        "convention_create",
        **frame(company=cast.company.pk, charter_reference="CEQ-7", charter_signed_on="2014-03-01"),
    )

    assert response.status_code == 422
    assert "deux conventions ne peuvent pas se chevaucher" in text(response)
    assert cast.company.charters.count() == 0


def test_create_without_any_company_says_what_to_do(cast):
    cast.company.delete()
    cast.rival_company.delete()

    assert "Enregistrez d’abord l’entreprise qui signe." in text(page(cast.referent, "convention_create"))


def test_update_changes_the_frame(cast):
    convention = ConventionFactory(company=cast.company, draft=True)

    shown = page(cast.referent, "convention_update", convention.pk)
    response = post(cast.referent, "convention_update", convention.pk, **frame(starts_on="2019-03-01"))

    convention.refresh_from_db()
    assert 'value="2019-02-08"' in text(shown)
    assert response.url == convention.get_absolute_url()
    assert (convention.starts_on, convention.ends_on) == (date(2019, 3, 1), date(2022, 2, 28))


def test_update_refuses_an_overlap(cast):
    ConventionFactory(company=cast.company)
    draft = ConventionFactory(company=cast.company, draft=True, starts_on=date(2022, 2, 8))

    response = post(cast.referent, "convention_update", draft.pk, **frame(starts_on="2021-01-01"))

    assert response.status_code == 422
    assert "se chevaucher" in text(response)


@pytest.mark.parametrize("name", DRAFT_PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_a_draft_is_edited(cast, name, method):
    convention = ConventionFactory(company=cast.company)

    response = getattr(signed_in(cast.referent), method)(reverse(name, args=[convention.pk]))

    assert response.status_code == 409
    assert "Cette convention est signée" in text(response)


@pytest.mark.parametrize(
    "name",
    [
        *DRAFT_PAGES,
        "convention_prepare",
        "convention_resume",
        "convention_sign",
        "convention_terminate",
        "convention_renew",
    ],
)
@pytest.mark.parametrize("actor", ["lecteur", "animateur", "member", "contributor", "cget", "no_role"])
def test_only_the_referent_writes(cast, name, actor):
    convention = ConventionFactory(company=cast.company, draft=True, axes=["recruter"])

    response = post(getattr(cast, actor), name, convention.pk)

    convention.refresh_from_db()
    assert response.status_code == 403
    assert convention.state == "draft"


# --- The grid ---------------------------------------------------------------------------------------------------


def targets(convention):
    return list(convention.targets.order_by("indicator__code", "year").values_list("indicator__code", "year", "value"))


def test_grid_saves_french_numbers_zero_and_blank(cast):
    draft = ConventionFactory(
        company=cast.company, draft=True, axes=["recruter", "acheter"], targets={("REC-02", 3): 9}
    )

    response = post(
        cast.referent,
        "convention_targets",
        draft.pk,
        **{
            "REC-02-1": "0",
            "REC-02-2": "1\u202f234",
            "REC-02-3": "",
            "ACH-02-1": "3",
            "REC-07-1": "1",
            "ZZZ-99-1": "5",
            "FOR-02-1": "5",
        },
    )

    assert response.url == draft.get_absolute_url()
    assert targets(draft) == [("ACH-02", 1, 3), ("REC-02", 1, 0), ("REC-02", 2, 1234), ("REC-07", 1, 1)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.234", "le point n’est pas accepté"),
        ("1e3", "« 1e3 » n’est pas un nombre"),
        ("1_000", "« 1_000 » n’est pas un nombre"),
        ("٣٤", "« ٣٤ » n’est pas un nombre"),
        ("NaN", "« NaN » n’est pas un nombre"),
        ("1,5", "1,5 n’est pas un nombre entier. Écrivez 1 ou 2."),
        ("-1", "-1 est négatif"),
        ("<b>", "« &lt;b&gt; » n’est pas un nombre"),
    ],
)
def test_grid_refuses_writes_nothing_and_keeps_what_was_typed(cast, typed, sentence):
    draft = ConventionFactory(company=cast.company, draft=True, axes=["recruter"], targets={("REC-01", 1): 7})

    response = post(cast.referent, "convention_targets", draft.pk, **{"REC-01-1": "8", "REC-02-1": typed})

    seen = text(response)
    assert response.status_code == 422
    assert sentence in seen
    assert 'href="#id_REC-02-1"' in seen
    assert 'name="REC-01-1" value="8"' in seen
    assert targets(draft) == [("REC-01", 1, 7)]


def test_grid_shows_what_is_stored(cast):
    draft = ConventionFactory(
        company=cast.company, draft=True, axes=["recruter"], targets={("REC-02", 1): 1500, ("REC-07", 2): 0}
    )

    seen = text(page(cast.referent, "convention_targets", draft.pk))

    assert 'name="REC-02-1" value="1\u202f500"' in seen
    assert '<option value="0" selected>non</option>' in seen
    assert "<output data-total>1\u202f500</output>" in seen


def test_grid_makes_as_many_queries_for_one_as_for_thirty_targets(cast):
    few = ConventionFactory(draft=True, axes=["recruter"])
    many = ConventionFactory(
        draft=True,
        axes=["recruter", "former", "acheter", "sensibiliser"],
        targets={
            (code, year): 1
            for code in (
                "REC-01",
                "REC-02",
                "REC-05",
                "FOR-02",
                "FOR-03",
                "ACH-02",
                "SEN-04",
                "SEN-01",
                "FOR-04",
                "FOR-05",
            )
            for year in (1, 2, 3)
        },
    )

    assert queries(cast.referent, "convention_targets", few.pk) == 6
    assert queries(cast.referent, "convention_targets", many.pk) == 6


# --- Commitments of its own -------------------------------------------------------------------------------------


def test_commitments_are_added_and_removed(cast):
    draft = ConventionFactory(company=cast.company, draft=True)

    post(
        cast.referent,
        "convention_commitments",
        draft.pk,
        action="add",
        label="Prêter une salle",
        target="1\u00a0200,5",
        unit="heures",
    )
    commitment = draft.specific_commitments.get()
    assert (commitment.label, str(commitment.target), commitment.unit) == ("Prêter une salle", "1200.50", "heures")

    response = post(cast.referent, "convention_commitments", draft.pk, action="remove", commitment=commitment.pk)
    assert response.status_code == 302
    assert draft.specific_commitments.count() == 0


def test_a_commitment_needs_a_number(cast):
    draft = ConventionFactory(company=cast.company, draft=True)

    response = post(
        cast.referent, "convention_commitments", draft.pk, action="add", label="a", target="beaucoup", unit="b"
    )

    assert response.status_code == 422
    assert "« beaucoup » n’est pas un nombre" in text(response)


def test_a_commitment_of_another_convention_is_out_of_reach(cast):
    draft, other = ConventionFactory(company=cast.company, draft=True), ConventionFactory(draft=True)
    commitment = SpecificCommitmentFactory(convention=other)

    for number in (commitment.pk, "", "abc"):
        response = post(cast.referent, "convention_commitments", draft.pk, action="remove", commitment=number)
        assert response.status_code == 404
    assert other.specific_commitments.count() == 1


def test_a_large_company_has_none(cast):
    draft = ConventionFactory(company=CompanyFactory(category="GE"), draft=True)

    shown = page(cast.referent, "convention_commitments", draft.pk)
    refused = post(cast.referent, "convention_commitments", draft.pk, action="add", label="a", target="1", unit="b")

    assert "réservés aux PME et aux TPE" in text(shown)
    assert refused.status_code == 409


# --- Signature, end, renewal ------------------------------------------------------------------------------------


def test_prepare_sign_and_terminate(cast):
    draft = ConventionFactory(company=cast.company, draft=True, axes=["recruter"])
    states = []

    for name, data in (
        ("convention_prepare", {}),
        ("convention_resume", {}),
        ("convention_prepare", {}),
        ("convention_sign", {"signed_on": "2020-07-10", "place": "Arras"}),
        ("convention_terminate", {"on": "2021-01-31", "comment": "Fermeture."}),
    ):
        response = post(cast.referent, name, draft.pk, **data)
        draft.refresh_from_db()
        states.append(draft.state)
        assert response.url == draft.get_absolute_url()

    assert states == ["ready", "draft", "ready", "signed", "terminated"]
    assert [line.transition for line in draft.logs.all()] == ["preparer", "reprendre", "preparer", "signer", "resilier"]


def test_prepare_says_all_that_is_missing(cast):
    draft = ConventionFactory(company=cast.company, draft=True, targets={})

    response = post(cast.referent, "convention_prepare", draft.pk)

    assert response.status_code == 409
    assert "Fixez au moins un objectif pour l’axe « Former »." in text(response)
    assert "Fixez au moins un objectif pour l’axe « Recruter »." in text(response)


def test_sign_page_proposes_today_and_the_prefecture(cast):
    ready = ConventionFactory(company=cast.company, ready=True)

    seen = text(page(cast.referent, "convention_sign", ready.pk))

    assert 'value="2020-07-10"' in seen
    assert 'value="Arras"' in seen


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"signed_on": "2020-07-11", "place": "Arras"}, "Le 11/07/2020 n’est pas encore passé"),
        ({"signed_on": "2020-07-10", "place": "  "}, "Ce champ est obligatoire"),
        ({"signed_on": "", "place": "Arras"}, "id_signed_on_error"),
    ],
)
def test_sign_refuses_and_keeps_the_state(cast, data, sentence):
    ready = ConventionFactory(company=cast.company, ready=True, axes=["recruter"])

    response = post(cast.referent, "convention_sign", ready.pk, **data)

    ready.refresh_from_db()
    assert response.status_code == 422
    assert sentence in text(response)
    assert ready.state == "ready"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"on": "2022-02-08", "comment": "Fermeture."}, "La résiliation tombe entre le 08/02/2019 et le 07/02/2022."),
        ({"on": "2020-01-31", "comment": " "}, "Ce champ est obligatoire"),
    ],
)
def test_terminate_refuses_and_keeps_the_state(cast, data, sentence):
    signed = ConventionFactory(company=cast.company)

    response = post(cast.referent, "convention_terminate", signed.pk, **data)

    signed.refresh_from_db()
    assert response.status_code == 422
    assert sentence in text(response)
    assert signed.state == "signed"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "state"), [("convention_sign", "draft"), ("convention_terminate", "ready")])
def test_a_step_out_of_turn_is_a_conflict(cast, method, name, state):
    convention = ConventionFactory(company=cast.company, **{state: True})

    response = getattr(signed_in(cast.referent), method)(reverse(name, args=[convention.pk]))

    assert response.status_code == 409
    assert "n’est plus possible" in text(response)


def test_renew_twice_is_a_conflict(cast):
    convention = ConventionFactory(company=cast.company)

    post(cast.referent, "convention_renew", convention.pk)
    response = post(cast.referent, "convention_renew", convention.pk)

    assert response.status_code == 409
    assert Convention.objects.filter(renews=convention).count() == 1


@pytest.mark.parametrize("name", ["convention_prepare", "convention_resume", "convention_renew"])
def test_reading_moves_nothing(cast, name):
    convention = ConventionFactory(company=cast.company, draft=True)

    assert page(cast.referent, name, convention.pk).status_code == 405
