"""A version of the catalogue prepared in the portal: changed, checked, published once, and followed from its day on."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from conventions.actions import conventions as drawing
from indicators.actions.drafts import (
    add_indicator,
    begin_version,
    change_frame,
    change_indicator,
    drop,
    import_file,
    publish,
    remove_indicator,
)
from indicators.catalogue import CatalogueError, load_catalogue, shipped
from indicators.document import written
from indicators.models import CatalogueDraft, CatalogueVersion, Indicator, catalogue_of
from indicators.models.catalogue import content_of
from indicators.selectors import review
from indicators.specs import Axis
from tests.cast import Cast
from tests.factories import ConventionFactory
from tests.indicators.versions import AT, FROM, ON, begun, changed, row
from workflows.tables import Incomplete, TransitionRefused, WrongRole, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

SHIPPED = load_catalogue("paqte-2018")


@pytest.fixture(autouse=True)
def _september(settings: Settings) -> Iterator[None]:
    settings.PAQTE_TODAY = ON
    yield
    # What a test publishes does not outlive it.
    catalogue_of.cache_clear()


def obstacles(draft: CatalogueDraft) -> tuple[str, ...]:
    draft.refresh_from_db()
    return review(draft, on=ON).obstacles


def story(draft: CatalogueDraft) -> list[tuple[str, str]]:
    return [(line.transition, line.comment) for line in draft.logs.order_by("pk")]


def test_a_version_begins_as_the_last_one(cast: Cast) -> None:
    draft = begun(cast.cget)

    assert draft.catalogue.indicators == SHIPPED.indicators
    assert (draft.catalogue.version, str(draft), draft.state_label) == (
        "paqte-2021",
        "Catalogue PAQTE 2021",
        "en préparation",
    )
    assert obstacles(draft) == ("Cette version ne change rien\u00a0: elle dit ce que dit déjà paqte-2018.",)
    assert story(draft) == [("creer", "")]


def test_only_one_is_prepared_at_a_time(cast: Cast) -> None:
    begun(cast.cget)

    with pytest.raises(IntegrityError), transaction.atomic():
        begun(cast.cget, code="paqte-2022")


@pytest.mark.parametrize("name", ["referent", "member", "lecteur", "technician"])
def test_it_is_the_agency_s(cast: Cast, name: str) -> None:
    somebody, draft = getattr(cast, name), begun(cast.cget)
    shown = draft.catalogue.fingerprint
    drop(draft, at=AT, by=cast.cget)
    with pytest.raises(WrongRole):
        begun(somebody)
    draft = begun(cast.cget)
    acts: list[Callable[[], object]] = [
        lambda: changed(draft, "SEN-01", label="Autre", by=somebody),
        lambda: remove_indicator(draft, code="SEN-01", shown=shown, at=AT, by=somebody),
        lambda: publish(draft, shown=shown, at=AT, by=somebody),
        lambda: drop(draft, at=AT, by=somebody),
    ]

    for act in acts:
        with pytest.raises((WrongRole, Incomplete)):
            act()

    draft.refresh_from_db()
    assert (draft.state, story(draft)) == ("draft", [("creer", "")])


def test_every_change_is_told_in_the_journal(cast: Cast) -> None:
    draft = changed(begun(cast.cget), "SEN-01", label="Stages offerts", ceiling=40, by=cast.cget)
    add_indicator(
        draft, said=row(draft, "SEN-12", code="SEN-13"), shown=draft.catalogue.fingerprint, at=AT, by=cast.cget
    )
    draft.refresh_from_db()
    remove_indicator(draft, code="SEN-05", shown=draft.catalogue.fingerprint, at=AT, by=cast.cget)
    draft.refresh_from_db()
    change_frame(
        draft,
        code="paqte-2022",
        title="Catalogue 2022",
        published_on=date(2022, 1, 1),
        shown=draft.catalogue.fingerprint,
        at=AT,
        by=cast.cget,
    )

    assert story(draft) == [
        ("creer", ""),
        ("modifier", "SEN-01\u00a0: libellé, plafond"),
        ("ajouter", "SEN-13 ajouté"),
        ("retirer", "SEN-05 retiré"),
        ("entete", ""),
    ]
    assert obstacles(draft) == ()
    told = review(draft, on=ON).comparison
    assert ([line.code for line in told.added], [line.code for line in told.removed]) == (["SEN-13"], ["SEN-05"])


def test_another_order_is_told_by_its_name(cast: Cast) -> None:
    draft = begun(cast.cget)
    first, second, *others = draft.document["indicator"]
    file = written(draft.document | {"indicator": [second, first, *others]})

    import_file(draft, content=file, shown=draft.catalogue.fingerprint, at=AT, by=cast.cget)

    assert story(draft)[1] == ("importer", "Ordre des indicateurs\u00a0: ordre")


def test_what_somebody_else_changed_is_not_overwritten(cast: Cast) -> None:
    draft = begun(cast.cget)
    shown, said = draft.catalogue.fingerprint, row(draft, "SEN-02", label="Autre")
    changed(draft, "SEN-01", label="Stages offerts", by=cast.cget)

    with pytest.raises(WrongState, match="a changé depuis"):
        add_indicator(draft, said={**said, "code": "SEN-13"}, shown=shown, at=AT, by=cast.cget)
    # Sent twice, the same change is there already.
    changed(draft, "SEN-01", label="Stages offerts", by=cast.cget)

    assert [name for name, _ in story(draft)] == ["creer", "modifier"]


def test_a_code_stands_once_and_a_line_that_cannot_be_read_is_refused(cast: Cast) -> None:
    draft = begun(cast.cget)

    with pytest.raises(TransitionRefused, match="SEN-02\u00a0: ce code existe déjà"):
        changed(draft, "SEN-01", code="SEN-02", by=cast.cget)
    with pytest.raises(TransitionRefused, match="compte plus de 120 caractères"):
        changed(draft, "SEN-01", label="l" * 121, by=cast.cget)
    with pytest.raises(WrongState, match="SEN-99 n’est plus dans cette version"):
        change_indicator(
            draft, code="SEN-99", said=row(draft, "SEN-01"), shown=draft.catalogue.fingerprint, at=AT, by=cast.cget
        )


def test_a_file_takes_the_place_of_all(cast: Cast) -> None:
    draft = begun(cast.cget)
    file = shipped("paqte-2018").replace(b'"paqte-2018"', b'"paqte-2021"').replace(b"2019-01-22", b"2021-11-01")
    file = file.replace("Stages de 3e proposés".encode(), b"Stages de 3e offerts")

    import_file(draft, content=file, shown=draft.catalogue.fingerprint, at=AT, by=cast.cget)

    draft.refresh_from_db()
    assert draft.catalogue.indicator("SEN-01").label.startswith("Stages de 3e offerts")
    assert story(draft)[1] == ("importer", "SEN-01\u00a0: libellé")
    assert obstacles(draft) == ()
    with pytest.raises(TransitionRefused, match="ce n’est pas du TOML"):
        import_file(draft, content=b"[[", shown=draft.catalogue.fingerprint, at=AT, by=cast.cget)


@pytest.mark.parametrize(
    ("said", "beginning"),
    [
        ({"unit": "jours", "words": None}, "SEN-01\u00a0: l’unité n’est plus ce que disait ce code."),
        ({"definition": "Autre chose."}, "SEN-01\u00a0: la définition n’est plus ce que disait ce code."),
        ({"part_of": ["SEN-99"]}, "SEN-01\u00a0: cite SEN-99, qui n’existe pas."),
        ({"code": "SEN-13"}, "RAT-02\u00a0: cite SEN-01, qui n’existe pas."),
    ],
)
def test_its_laws_are_said_and_held(cast: Cast, said: dict[str, object], beginning: str) -> None:
    draft = changed(begun(cast.cget), "SEN-01", by=cast.cget, **said)

    found = obstacles(draft)
    with pytest.raises(Incomplete) as refusal:
        publish(draft, shown=draft.catalogue.fingerprint, at=AT, by=cast.cget)

    assert len([sentence for sentence in found if sentence.startswith(beginning)]) == 1
    assert refusal.value.reasons == found
    assert not CatalogueVersion.objects.exclude(code="paqte-2018").exists()


@pytest.mark.parametrize(
    ("code", "published_on", "beginnings"),
    [
        ("paqte-2018", FROM, ["La version paqte-2018 est déjà publiée"]),
        ("paqte-2019", date(2019, 9, 14), ["Une version ne vaut pas pour des jours passés\u00a0: choisissez le 15"]),
        (
            "paqte-2019",
            date(2019, 1, 22),
            ["paqte-2018 s’applique à partir du 22 janvier 2019", "Une version ne vaut pas"],
        ),
        ("paqte-2019", date(2019, 9, 15), []),
        ("paqte-2024", date(2024, 12, 31), []),
        ("paqte-2091", date(2091, 9, 15), ["Cette version ne s’appliquerait qu’à partir du 15 septembre 2091"]),
    ],
)
def test_its_name_is_its_own_and_its_day_changes_no_past(
    cast: Cast, code: str, published_on: date, beginnings: list[str]
) -> None:
    draft = changed(begun(cast.cget, code=code, published_on=published_on), "SEN-01", label="Autre", by=cast.cget)

    found = obstacles(draft)

    assert len(found) == len(beginnings)
    assert all(sentence.startswith(beginning) for sentence, beginning in zip(found, beginnings, strict=True))


def test_it_is_published_once_with_its_author_its_day_and_its_fingerprint(cast: Cast) -> None:
    draft = changed(begun(cast.cget), "SEN-06", label="Interventions", ceiling=None, by=cast.cget)

    version = publish(draft, shown=draft.catalogue.fingerprint, at=AT, by=cast.cget)

    draft.refresh_from_db()
    assert (version.code, version.title, version.published_on) == ("paqte-2021", "Catalogue PAQTE 2021", FROM)
    assert version.fingerprint == hashlib.sha256(content_of("paqte-2021")).hexdigest()
    assert (draft.version, draft.state) == (version, "published")
    assert catalogue_of("paqte-2021").indicator("SEN-06").label == "Interventions"
    assert Indicator.objects.get(version=version, code="SEN-06").spec.ceiling == 1000
    assert Indicator.objects.filter(version=version).count() == 38
    (line,) = draft.logs.filter(transition="publier")
    assert (line.by, line.at, line.to_state) == (cast.cget, AT, "published")
    acts: list[Callable[[], object]] = [
        lambda: publish(draft, shown=draft.catalogue.fingerprint, at=AT, by=cast.cget),
        lambda: changed(draft, "SEN-01", label="Autre", by=cast.cget),
        lambda: drop(draft, at=AT, by=cast.cget),
    ]
    for act in acts:
        with pytest.raises(WrongState, match="publiée\u00a0: elle ne change plus"):
            act()


def test_conventions_keep_theirs_and_those_that_begin_later_follow_the_new_one(cast: Cast) -> None:
    signed = ConventionFactory(company=cast.company)
    draft = changed(begun(cast.cget), "SEN-01", label="Stages offerts", by=cast.cget)
    publish(draft, shown=draft.catalogue.fingerprint, at=AT, by=cast.cget)

    new = drawing.create(company=cast.company, starts_on=date(2022, 2, 8), axes=list(Axis), at=AT, by=cast.referent)

    signed.refresh_from_db()
    assert (signed.catalogue_id, new.catalogue_id) == ("paqte-2018", "paqte-2021")
    assert signed.specification.indicator("SEN-01").label == SHIPPED.indicator("SEN-01").label
    assert new.specification.indicator("SEN-01").label == "Stages offerts"


def test_a_file_that_is_no_longer_the_one_published_is_not_served(cast: Cast) -> None:
    draft = changed(begun(cast.cget), "SEN-01", label="Stages offerts", by=cast.cget)
    publish(draft, shown=draft.catalogue.fingerprint, at=AT, by=cast.cget)
    CatalogueVersion.objects.filter(pk="paqte-2021").update(fingerprint="0" * 64)

    with pytest.raises(CatalogueError, match="n’est plus celui qui a été publié"):
        catalogue_of("paqte-2021")
    with pytest.raises(CatalogueError, match="n’existe pas"):
        catalogue_of("paqte-1999")


def test_what_is_given_up_leaves_its_journal_and_its_place(cast: Cast) -> None:
    draft = begun(cast.cget)

    drop(draft, at=AT, by=cast.cget)

    assert [name for name, _ in story(draft)] == ["creer", "abandonner"]
    again = begin_version(code="paqte-2021", title="De nouveau", published_on=FROM, at=AT, by=cast.cget)
    assert again.is_open
