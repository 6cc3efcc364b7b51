"""A bilan is started with what is known, transmitted once and for all, and rectified by another version."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.models import OutgoingMail, User
from documents.models import StoredFile
from reporting import actions, files, renderers
from reporting.bilan import BilanData, Revision
from reporting.codec import from_json_value
from reporting.models import Bilan, BilanDocument, BilanLog
from territories.models import DepartmentFigures
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    S2_2019,
    ActionExampleFactory,
    BilanFactory,
    ConventionFactory,
    DepartmentFactory,
    DepartmentFiguresFactory,
    PartnerFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.filing import sent_bytes
from tests.reporting.pages import plain
from tests.reporting.racing import race
from workflows.tables import Incomplete, WrongRole, WrongState

AT = datetime(2019, 9, 15, 8, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def transmitted(referent: User, **fields: object) -> Bilan:
    bilan = BilanFactory(department=referent.department, **fields)
    actions.transmit(bilan, at=AT, by=referent, render=plain)
    bilan.refresh_from_db()
    return bilan


def test_a_first_bilan_takes_the_referent_from_the_account(cast: Cast):
    User.objects.filter(pk=cast.referent.pk).update(job_title="Chargée de mission", phone="03 21 00 00 00")
    cast.referent.refresh_from_db()

    bilan = actions.start(department=DepartmentFactory(), semester=S2_2019, at=AT, by=cast.referent)

    assert (bilan.version, bilan.state, bilan.referent_email) == (1, "draft", "referent@example.org")
    assert (bilan.referent_job_title, bilan.referent_phone) == ("Chargée de mission", "03 21 00 00 00")
    assert (bilan.organisation, bilan.strategy) == ("", "")
    assert [(log.transition, log.to_state, log.by) for log in bilan.logs.all()] == [("creer", "draft", cast.referent)]
    assert not DepartmentFigures.objects.exists()


def test_a_next_bilan_takes_over_texts_and_context(cast: Cast):
    transmitted(cast.referent, strategy="Convertir les chartes.", essentials="À réécrire.")
    DepartmentFiguresFactory(defm=21000, defm_date=date(2018, 12, 31), defm_category="ABC")

    bilan = actions.start(department=DepartmentFactory(), semester=S2_2019, at=AT, by=cast.referent)

    assert (bilan.strategy, bilan.essentials) == ("Convertir les chartes.", "")
    carried = DepartmentFigures.objects.get(semester=S2_2019)
    assert (carried.confirmed, carried.qpv_count, carried.defm, carried.defm_category) == (False, 64, 21000, "ABC")


def test_a_bilan_starts_once(cast: Cast):
    BilanFactory()

    with pytest.raises(WrongState, match="déjà commencé"):
        actions.start(department=DepartmentFactory(), semester=S1_2019, at=AT, by=cast.referent)


@pytest.mark.parametrize("actor", ["other_referent", "lecteur", "member", "cget"])
def test_only_the_referent_of_the_departement_writes(cast: Cast, actor: str):
    bilan, by = BilanFactory(), getattr(cast, actor)

    with pytest.raises(WrongRole):
        actions.start(department=DepartmentFactory(), semester=S2_2019, at=AT, by=by)
    with pytest.raises(WrongRole):
        actions.write(bilan, by=by, strategy="Autre chose")
    with pytest.raises(WrongRole):
        actions.transmit(bilan, at=AT, by=by, render=plain)


def test_boxes_partners_context_and_examples_are_written(cast: Cast, catalogue: str):
    submission = SubmissionFactory(convention=ConventionFactory(), validated=True)
    taken, left = (
        ActionExampleFactory(submission=submission),
        ActionExampleFactory(submission=submission, in_bilan=True),
    )
    kept, removed = PartnerFactory(name="Gardée"), PartnerFactory(name="Retirée")
    figures = DepartmentFiguresFactory(confirmed=False, population=None, population_year=None)
    bilan = BilanFactory()

    actions.write(bilan, by=cast.referent, strategy="  Une stratégie.  ")
    kept.part = "Parrainage"
    written = [kept, PartnerFactory.build(name="Nouvelle")]
    actions.change_partners(bilan, written=written, removed=[removed], by=cast.referent)
    actions.set_context(bilan, figures=figures, by=cast.referent)
    actions.choose_examples(bilan, chosen=[taken.pk], by=cast.referent)

    for row in (bilan, taken, left, figures):
        row.refresh_from_db()
    assert bilan.strategy == "Une stratégie."
    assert [partner.name for partner in bilan.department.partners.all()] == ["Gardée", "Nouvelle"]
    assert (figures.confirmed, taken.in_bilan, left.in_bilan) == (True, True, False)
    assert not type(removed).objects.filter(pk=removed.pk).exists()


def test_transmission_freezes_everything_together(cast: Cast, catalogue: str, settings):
    SubmissionFactory(convention=ConventionFactory(), validated=True, answers={"REC-02": 3})
    bilan = BilanFactory()

    document = actions.transmit(bilan, at=AT, by=cast.referent, render=files.make_all)

    bilan.refresh_from_db()
    assert (bilan.state, bilan.transmitted_at) == ("transmitted", AT)
    assert [log.transition for log in bilan.logs.all()] == ["transmettre"]
    assert document.sha256 == hashlib.sha256(sent_bytes(document)).hexdigest()
    data = from_json_value(BilanDocument.objects.get().snapshot)
    assert next(figure.semester for figure in data.figures if figure.code == "REC-02") == Decimal(3)
    assert renderers.to_pdf(data) == sent_bytes(document)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (settings.CGET_BILAN_ADDRESS, "Bilan PAQTE du Pas-de-Calais, 1er semestre 2019")
    assert document.sha256 in mail.body
    assert f"http://testserver{bilan.get_absolute_url()}" in mail.body


def test_nothing_remains_when_the_document_fails(cast: Cast):
    def fail(_data: BilanData) -> dict[str, StoredFile]:
        raise MemoryError

    bilan = BilanFactory()

    with pytest.raises(MemoryError):
        actions.transmit(bilan, at=AT, by=cast.referent, render=fail)

    bilan.refresh_from_db()
    assert bilan.state == "draft"
    assert not BilanLog.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_what_is_sent_does_not_move_with_later_figures(cast: Cast, catalogue: str):
    submission = SubmissionFactory(convention=ConventionFactory(), validated=True, answers={"REC-02": 3})
    bilan = transmitted(cast.referent)
    before = BilanDocument.objects.get(bilan=bilan).snapshot

    submission.results.update(value=40)

    assert BilanDocument.objects.get(bilan=bilan).snapshot == before


def test_empty_boxes_are_listed(cast: Cast):
    bilan = BilanFactory(organisation="", strategy=" ", referent_email="")

    with pytest.raises(Incomplete) as refused:
        actions.transmit(bilan, at=AT, by=cast.referent, render=plain)

    assert refused.value.reasons == (
        "Indiquez le référent PAQTE et son courriel.",
        "Décrivez l’organisation du suivi et de l’animation.",
        "Décrivez la stratégie définie.",
    )


def test_silent_companies_ask_for_a_reason_that_is_printed(cast: Cast, catalogue: str):
    ConventionFactory()
    bilan = BilanFactory()

    with pytest.raises(Incomplete, match="Des remontées manquent"):
        actions.transmit(bilan, at=AT, by=cast.referent, render=plain)
    document = actions.transmit(bilan, at=AT, by=cast.referent, render=plain, sending_note="Relancée trois fois.")

    assert from_json_value(document.snapshot).sending_note == "Relancée trois fois."


def test_a_transmitted_bilan_is_closed(cast: Cast):
    bilan = transmitted(cast.referent)

    with pytest.raises(WrongState, match="n’est plus possible"):
        actions.transmit(bilan, at=AT, by=cast.referent, render=plain)
    with pytest.raises(WrongState, match="bilan rectificatif"):
        actions.write(bilan, by=cast.referent, strategy="Trop tard")


def test_a_rectificatif_lists_old_and_new(cast: Cast, catalogue: str):
    submission = SubmissionFactory(convention=ConventionFactory(targets={}), validated=True, answers={"REC-01": 3})
    first = transmitted(cast.referent)
    submission.results.update(value=5, counted_value=5)

    second = actions.rectify(first, at=AT, by=cast.referent, reason="Erreur de saisie.")
    document = actions.transmit(second, at=AT, by=cast.referent, render=plain)

    data = from_json_value(document.snapshot)
    assert (data.version, data.rectification_reason, data.texts["strategy"]) == (2, "Erreur de saisie.", first.strategy)
    assert data.changes == (
        Revision("Recrutements (REC-01), semestre", "3", "5"),
        Revision("Recrutements (REC-01), cumul", "3", "5"),
    )
    assert [(item.number, item.sha256) for item in data.versions] == [(1, first.document.sha256)]
    assert sent_bytes(BilanDocument.objects.get(bilan=first)) == b"62 v1"


def test_a_rectificatif_that_changes_nothing_is_refused(cast: Cast):
    second = actions.rectify(transmitted(cast.referent), at=AT, by=cast.referent, reason="Pour voir.")

    with pytest.raises(Incomplete, match="Rien n’a changé"):
        actions.transmit(second, at=AT, by=cast.referent, render=plain)


def test_only_the_last_version_is_rectified_once(cast: Cast):
    first = transmitted(cast.referent)
    actions.rectify(first, at=AT, by=cast.referent)

    with pytest.raises(WrongState):
        actions.rectify(first, at=AT, by=cast.referent)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_eight_clients_transmit_one_bilan(settings):
    settings.PAQTE_MAIL_AFTER_COMMIT = False
    referent, bilan = UserFactory(referent=True), BilanFactory()

    outcomes = race(8, lambda: actions.transmit(bilan, at=AT, by=referent, render=plain))

    assert outcomes.count("done") == 1
    # Who comes while the first one writes, and who comes after.
    assert set(outcomes) <= {"done", "Held", "WrongState"}
    assert (BilanLog.objects.count(), BilanDocument.objects.count(), OutgoingMail.objects.count()) == (1, 1, 1)
