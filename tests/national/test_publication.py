"""The public figures of a semester: published once, by the agency, frozen; nobody finds a firm in the files of all."""

import csv
import io
from collections.abc import Hashable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from national.actions.publication import publish
from national.models import Publication
from national.selectors.publication import fingerprint, read_now
from national.selectors.total import nation
from reporting import actions
from reporting.models import Bilan
from tests.cast import Cast
from tests.factories import S1_2019, BilanFactory, CampaignFactory, CompanyFactory, ConventionFactory, SubmissionFactory
from tests.national.adversary import Reader
from tests.pages import hidden_fields, page, post, text
from tests.reporting.pages import plain
from workflows.tables import Incomplete, WrongRole, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

AT = datetime(2019, 9, 20, 9, tzinfo=UTC)
SAID = {"62": [5, 4, 3], "59": [8, 7]}
"""Recruitments of the companies of each département: two of the Nord say too much."""


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 20)


@pytest.fixture
def told(cast: Cast) -> None:
    """Both départements sent their bilan."""
    campaign = CampaignFactory()
    for referent in (cast.referent, cast.other_referent):
        place = referent.department
        assert place is not None
        for value in SAID[place.code]:
            convention = ConventionFactory(company=CompanyFactory(department=place))
            SubmissionFactory(
                convention=convention, campaign=campaign, validated=True, answers={"REC-01": value, "SEN-08": 5}
            )
        actions.transmit(BilanFactory(department=place), at=AT, by=referent, render=plain)


def read(content: bytes, code: str) -> dict[str, tuple[str, str]]:
    """By place, the number and the status of an indicator in a CSV of the nation."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    return {row["Territoire"]: (row["Résultat du semestre"], row["Statut"]) for row in rows if row["Code"] == code}


def fetched(cast: Cast, fmt: str = "csv") -> bytes:
    content: bytes = page(cast.cget, "publication_download", "2019-S1", fmt).content
    return content


def test_the_files_of_all_hide_what_those_of_one_hide(cast: Cast, told: None) -> None:
    publish(semester=S1_2019, shown=read_now(S1_2019), at=AT, by=cast.cget)

    recruited = read(fetched(cast), "REC-01")
    hidden = ("", "secret statistique")
    assert recruited == {
        "France": hidden,
        "Hauts-de-France": hidden,
        "Nord": hidden,
        "Pas-de-Calais": ("12", "publié"),
    }
    # Five of five companies: nothing of it is hidden but in the Nord, and so in what adds it up.
    assert read(fetched(cast), "SEN-08")["Pas-de-Calais"] == ("15", "publié")
    own = page(cast.referent, "public_download", "62", "2019-S1", "csv").content.decode()
    assert "REC-01;Recrutements;flux;;12;publié" in own
    places = {"France": "all", "Hauts-de-France": "R", "Nord": "59", "Pas-de-Calais": "62"}
    shown: dict[Hashable, Fraction] = {places[name]: Fraction(said) for name, (said, _) in recruited.items() if said}
    someone = Reader(shown, [{"R": -1, "59": 1, "62": 1}, {"all": -1, "R": 1}])
    assert not someone.knows("59")


def test_totals_without_a_secret_are_those_of_the_nation(cast: Cast, told: None) -> None:
    more = ConventionFactory(company=CompanyFactory(department=cast.other_company.department))
    SubmissionFactory(convention=more, validated=True, answers={"REC-01": 6, "SEN-08": 5})
    again = actions.rectify(Bilan.objects.get(department="59"), at=AT, by=cast.other_referent, reason="Une réponse.")
    actions.transmit(again, at=AT, by=cast.other_referent, render=plain)
    first = publish(semester=S1_2019, shown=read_now(S1_2019), at=AT, by=cast.cget)

    values = {
        (line["code"], cell[2]): cell[3]
        for line in first.content["lines"]
        for cell in line["cells"]
        if cell[3] is not None
    }
    whole = {item.line.code: item.line.semester for item in nation(S1_2019).figures}
    assert {
        code: Decimal(value) for (code, where), value in values.items() if where == "France"
    }.items() <= whole.items()
    assert values["REC-01", "Pas-de-Calais"] == "12"
    # What was hidden in the first version and moved by one company stays so, and the total with it.
    assert ("REC-01", "Nord") not in values
    assert ("REC-01", "France") not in values


def test_it_is_published_once_and_stays(cast: Cast, told: None) -> None:
    row = publish(semester=S1_2019, shown=read_now(S1_2019), at=AT, by=cast.cget)
    before = {fmt: fetched(cast, fmt) for fmt in ("csv", "xlsx", "ods")}
    again = actions.rectify(Bilan.objects.get(department="62"), at=AT, by=cast.referent, reason="Une erreur.")
    actions.write(again, by=cast.referent, obstacles="Aucun.")
    actions.transmit(again, at=AT, by=cast.referent, render=plain)

    with pytest.raises(WrongState, match="déjà publiés"):
        publish(semester=S1_2019, shown=read_now(S1_2019), at=AT, by=cast.cget)
    assert {fmt: fetched(cast, fmt) for fmt in before} == before
    row.refresh_from_db()
    assert row.sha256 == fingerprint(row.content)
    assert row.content["departments"] == [["59", "Nord", 1], ["62", "Pas-de-Calais", 1]]


@pytest.mark.parametrize("actor", ["referent", "lecteur", "member", "deactivated"])
def test_only_the_agency_publishes(cast: Cast, told: None, actor: str) -> None:
    with pytest.raises(WrongRole):
        publish(semester=S1_2019, shown=read_now(S1_2019), at=AT, by=getattr(cast, actor))

    assert not Publication.objects.exists()


def test_there_is_nothing_to_publish_before_a_bilan_is_sent(cast: Cast) -> None:
    CampaignFactory()

    with pytest.raises(Incomplete, match="rien à publier"):
        publish(semester=S1_2019, shown=read_now(S1_2019), at=AT, by=cast.cget)
    assert "Publier une fois" not in text(page(cast.cget, "publication_detail", "2019-S1"))


def test_the_page_is_read_before_and_gives_the_files_after(cast: Cast, told: None) -> None:
    before = text(page(cast.cget, "publication_detail", "2019-S1"))
    missing = page(cast.cget, "publication_download", "2019-S1", "csv").status_code
    done = post(cast.cget, "publication_create", "2019-S1", shown=read_now(S1_2019))
    after = text(page(cast.cget, "publication_detail", "2019-S1"))
    post(cast.cget, "publication_create", "2019-S1")

    assert "On publie un semestre une seule fois" in before
    assert (missing, done.headers["Location"]) == (404, "/national/2019-S1/publication/")
    assert Publication.objects.count() == 1
    assert [part in after for part in (Publication.objects.get().sha256, "/national/2019-S1/publication.xlsx")] == [
        True
    ] * 2
    assert "Publier une fois" not in after


def test_what_arrived_since_the_page_was_read_is_not_published(cast: Cast, told: None) -> None:
    shown = hidden_fields(page(cast.cget, "publication_detail", "2019-S1"))["shown"][0]
    again = actions.rectify(Bilan.objects.get(department="62"), at=AT, by=cast.referent, reason="Une erreur.")
    actions.write(again, by=cast.referent, obstacles="Aucun.")
    actions.transmit(again, at=AT, by=cast.referent, render=plain)

    refused = post(cast.cget, "publication_create", "2019-S1", shown=shown)

    assert refused.status_code == 409
    assert "Un bilan est arrivé depuis" in text(refused)
    assert not Publication.objects.exists()


def test_the_workbook_says_the_rule_and_names_no_company(cast: Cast, told: None) -> None:
    publish(semester=S1_2019, shown=read_now(S1_2019), at=AT, by=cast.cget)
    book = load_workbook(io.BytesIO(fetched(cast, "xlsx")))

    everything = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "trois entreprises au moins" in everything
    assert "Départements sans bilan" in everything
    assert "Ateliers" not in everything
