"""What leaves is read before it leaves: the page, what it asks, and what it refuses to send unread."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.models import OutgoingMail
from conventions.models import Convention, Submission
from reporting import actions
from reporting.bilan import Revision
from reporting.codec import from_json_value
from reporting.models import Bilan, BilanDocument
from tests.cast import Cast
from tests.factories import (
    BilanFactory,
    CompanyFactory,
    ConventionFactory,
    DepartmentFiguresFactory,
    SubmissionFactory,
)
from tests.pages import signed_in, text
from tests.reporting.pages import AT, plain, read_over, sent

BILAN = "/bilans/62/2019-S1"
LEAVES = f"{BILAN}/transmettre/"
ROWS = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0}


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 16)


def signatory(name: str) -> Convention:
    convention: Convention = ConventionFactory(company=CompanyFactory(name=name))
    return convention


def test_the_page_says_what_leaves_and_to_whom(cast: Cast, settings):
    SubmissionFactory(convention=signatory("À l’heure"), validated=True, answers={"REC-01": 5})
    SubmissionFactory(convention=signatory("En retard"), validated=True, first_transmitted_on=date(2019, 8, 12))
    SubmissionFactory(convention=signatory("Élan"), validated=True, first_transmitted_on=date(2019, 8, 12))
    SubmissionFactory(convention=signatory("Pas relue"), transmitted=True)
    signatory("Silencieuse")
    DepartmentFiguresFactory()
    BilanFactory(essentials="", referent_phone="")

    response = signed_in(cast.referent).get(LEAVES)

    page, departure = response.content.decode(), response.context["departure"]
    assert departure.data.completeness.silent == ("Silencieuse",)
    assert departure.data.completeness.pending == ("Pas relue",)
    assert departure.late == ("Élan", "En retard")
    assert departure.blank_boxes == (
        "L’essentiel",
        "Téléphone du référent",
        "Partenaires",
        "Exemples d’actions",
        "PRU d’intérêt national",
        "Demandeurs d’emploi dans les QPV",
    )
    assert "Recrutements (REC-01)" not in departure.blank_figures
    assert "Recrutements de résidents de QPV (REC-02)" in departure.blank_figures
    assert settings.CGET_BILAN_ADDRESS in page
    assert f'href="{BILAN}.pdf?depart"' in page
    assert "version 1" not in text(response).lower()
    assert (Bilan.objects.get().state, OutgoingMail.objects.count()) == ("draft", 0)


def test_the_page_says_which_figures_are_unusual_and_kept(cast: Cast):
    kept = SubmissionFactory(convention=signatory("Terril"), validated=True, answers={"REC-01": 1200, "REC-02": 3})
    kept.results.filter(indicator__code="REC-01").update(confirmed=True, comment="Une usine ouvre.")
    changed = SubmissionFactory(convention=signatory("Élan"), validated=True, answers={"REC-01": 900})
    changed.results.update(confirmed=True, value=901)
    BilanFactory()

    response = signed_in(cast.referent).get(LEAVES)

    (item,) = response.context["departure"].unusual
    assert (item.company, item.label, item.value) == ("Terril", "Recrutements (REC-01)", "1\u202f200")
    assert f'href="{kept.get_absolute_url()}"' in response.content.decode()
    assert "Une usine ouvre." in response.content.decode()


def test_the_preview_is_what_would_leave(cast: Cast):
    SubmissionFactory(convention=signatory("À l’heure"), validated=True, answers={"REC-02": 5})
    signatory("Silencieuse")
    BilanFactory()
    client = signed_in(cast.referent)

    leaves = client.get(LEAVES).context["departure"].data
    draft, preview = (client.get(f"{BILAN}/{query}").context["page"].data for query in ("", "?depart"))

    # The campaign still takes answers: the draft expects nothing of who is silent, what leaves does.
    assert (draft.provisional, preview.provisional) == (True, False)
    assert (preview.figures, preview.ratios) == (leaves.figures, leaves.ratios)
    assert draft.figures != preview.figures
    assert f'href="{BILAN}.csv?depart"' in client.get(f"{BILAN}/?depart").content.decode()
    assert client.get(f"{BILAN}.csv?depart").content != client.get(f"{BILAN}.csv").content


def test_what_is_missing_takes_the_place_of_the_button(cast: Cast):
    BilanFactory(strategy="", obstacles="")
    client = signed_in(cast.referent)

    page = client.get(LEAVES).content.decode()
    refused = client.post(LEAVES, read_over(client))

    assert "Décrivez la stratégie définie." in page
    assert ">Transmettre</button>" not in page
    assert refused.status_code == 409
    assert "Décrivez les obstacles rencontrés" in refused.content.decode()


@pytest.mark.anywhere
def test_the_composer_saves_what_is_typed_before_it_shows_it(cast: Cast):
    bilan = BilanFactory(strategy="L’ancienne.")
    client = signed_in(cast.referent)
    typed = {name: getattr(bilan, name) for name in ("referent_name", "referent_email", "organisation", "obstacles")}

    saved = client.post(f"{BILAN}/rediger/", typed | {"strategy": "La nouvelle.", "read_over": "1"})
    client.post(LEAVES, read_over(client))

    assert saved.headers["Location"] == LEAVES
    assert from_json_value(BilanDocument.objects.get().snapshot).texts["strategy"] == "La nouvelle."


def test_what_the_composer_refuses_is_not_shown_as_leaving(cast: Cast):
    BilanFactory()

    refused = signed_in(cast.referent).post(f"{BILAN}/rediger/", {"referent_email": "nulle part", "read_over": "1"})

    assert refused.status_code == 422
    assert "nulle part" in refused.content.decode()


@pytest.mark.anywhere
def test_the_reason_is_asked_where_one_is_due_and_kept(cast: Cast):
    signatory("Silencieuse")
    BilanFactory()
    client = signed_in(cast.referent)
    page = read_over(client)

    without = client.post(LEAVES, page)
    too_long = client.post(LEAVES, page | {"sending_note": "é" * 1001})
    sent_at_last = client.post(LEAVES, page | {"sending_note": " Relancée trois fois. "})

    assert (without.status_code, too_long.status_code, sent_at_last.status_code) == (422, 422, 302)
    assert "dites pourquoi le bilan part" in without.content.decode()
    assert "é" * 1001 in too_long.content.decode()
    assert Bilan.objects.get().sending_note == "Relancée trois fois."
    assert from_json_value(BilanDocument.objects.get().snapshot).sending_note == "Relancée trois fois."


def test_no_reason_is_asked_when_all_are_validated(cast: Cast):
    SubmissionFactory(convention=signatory("À l’heure"), validated=True)
    BilanFactory()

    assert set(read_over(signed_in(cast.referent))) == {"shown"}


@pytest.mark.parametrize("shown", [{}, {"shown": ""}, {"shown": "[[[[" * 9999}, {"shown": "eyJzY2hlbWEiOjF9:1t:x"}])
def test_what_was_not_read_does_not_leave(cast: Cast, shown: dict[str, str]):
    BilanFactory()

    response = signed_in(cast.referent).post(LEAVES, shown)

    assert response.status_code == 409
    assert "rien n’est parti" in response.content.decode()
    assert Bilan.objects.get().state == "draft"


@pytest.mark.anywhere
def test_what_changed_meanwhile_is_shown_and_does_not_leave(cast: Cast):
    submission = SubmissionFactory(convention=signatory("Silencieuse"), transmitted=True, answers={"REC-01": 4})
    bilan = BilanFactory(strategy="L’ancienne.")
    client = signed_in(cast.referent)
    page = read_over(client) | {"sending_note": "Une réponse manque."}
    actions.write(bilan, by=cast.referent, strategy="Celle d’un autre onglet.")
    Submission.objects.filter(pk=submission.pk).update(state="validated", validated_at=AT, counted_at=AT)
    submission.results.all().count_in()

    response = client.post(LEAVES, page)

    assert response.status_code == 409
    assert response.context["departure"].since == (
        Revision("Stratégie définie", "L’ancienne.", "Celle d’un autre onglet."),
        Revision("Reçues, non validées", "Silencieuse", "aucune entreprise"),
        Revision("Remontées validées", "0", "1"),
        Revision("Recrutements (REC-01), semestre", "non renseigné", "4"),
        Revision("Recrutements (REC-01), réponses", "0 sur 1", "1 sur 1"),
        Revision("Recrutements (REC-01), cumul", "non renseigné", "4"),
    )
    assert "Une réponse manque." in response.content.decode()
    assert (Bilan.objects.get().state, OutgoingMail.objects.count()) == ("draft", 0)

    again = client.post(LEAVES, {"shown": response.context["form"]["shown"].value(), "sending_note": ""})

    assert again.status_code == 302


@pytest.mark.anywhere
def test_the_page_of_yesterday_still_sends_the_same_figures(cast: Cast, settings):
    BilanFactory()
    client = signed_in(cast.referent)
    page = read_over(client)
    settings.PAQTE_TODAY = date(2019, 9, 17)

    assert client.post(LEAVES, page).status_code == 302
    assert from_json_value(BilanDocument.objects.get().snapshot).as_of == date(2019, 9, 17)


def test_a_rectificatif_shows_what_it_changes(cast: Cast):
    actions.rectify(sent(cast), at=AT, by=cast.referent, reason="Un oubli.")
    client = signed_in(cast.referent)
    unchanged = client.get(LEAVES)
    Bilan.objects.filter(state="draft").update(obstacles="Aucun.")

    changed = client.get(LEAVES)

    assert "Rien n’a changé depuis la version transmise" in unchanged.content.decode()
    assert Revision("Obstacles rencontrés", "Peu de PME Terril disponibles en fin d’année.", "Aucun.") in (
        changed.context["departure"].rectified
    )
    assert "Un oubli." in changed.content.decode()


def test_a_rectificatif_leaves_with_another_reason_than_the_version_before(cast: Cast):
    signatory("Terril")
    actions.rectify(sent(cast), at=AT, by=cast.referent, reason="Un oubli.")
    Bilan.objects.filter(state="draft").update(obstacles="Aucun.")
    client = signed_in(cast.referent)

    asked = client.post(LEAVES, {**read_over(client), "sending_note": "Relancées encore."})

    assert asked.status_code == 302
    assert Revision("Motif de l’envoi malgré des manques", "Relancées.", "Relancées encore.") in (
        from_json_value(BilanDocument.objects.get(bilan__version=2).snapshot).changes
    )


@pytest.mark.anywhere
def test_a_sent_bilan_is_not_read_over(cast: Cast):
    BilanFactory()
    client = signed_in(cast.referent)
    page = read_over(client)
    client.post(LEAVES, page)

    assert client.get(LEAVES).headers["Location"] == f"{BILAN}/"
    second = client.post(LEAVES, page)
    assert second.status_code == 409
    assert "n’est plus possible" in second.content.decode()
    assert BilanDocument.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("companies", [1, 30])
def test_the_page_takes_the_same_number_of_queries(cast: Cast, companies: int, django_assert_num_queries):
    for _ in range(companies):
        SubmissionFactory(convention=ConventionFactory(), validated=True, answers={"REC-01": 5, "FOR-02": 3})
    BilanFactory()
    client = signed_in(cast.referent)

    with django_assert_num_queries(33):
        client.get(LEAVES)


def test_the_hour_of_the_sending_is_the_one_of_the_departement(cast: Cast):
    document = actions.transmit(
        BilanFactory(), at=datetime(2019, 9, 15, 22, 30, tzinfo=UTC), by=cast.referent, render=plain
    )

    data = from_json_value(document.snapshot)
    assert (data.as_of, data.transmitted_at and data.transmitted_at.hour) == (date(2019, 9, 16), 0)
    assert Decimal(len(data.signatories)) == 0


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("rediger", {"strategy": "Des mots.", "seen-strategy": "0a1b"}),
        ("contexte", {"defm_reason": "Des mots."}),
        ("partenaires", {"partners-0-name": "Des mots.", "partners-0-kind": "club"}),
        ("exemples", {"examples-0-axis": "former", "examples-0-title": "Titre", "examples-0-text": "Des mots."}),
        ("transmettre", {"sending_note": "Des mots.", "shown": "0a1b"}),
    ],
)
def test_what_is_typed_in_a_tab_after_another_one_sent_is_given_back(cast: Cast, page: str, typed: dict[str, str]):
    sent(cast)
    rows = {f"{prefix}-{end}": n for prefix in ("partners", "examples") for end, n in ROWS.items()}

    refused = signed_in(cast.referent).post(f"{BILAN}/{page}/", rows | typed)

    assert refused.status_code == 409
    assert '<li dir="auto">Des mots.</li>' in refused.content.decode()
    assert "0a1b" not in refused.content.decode()
