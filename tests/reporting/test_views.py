"""Who opens which page of the bilans; a draft is invisible to the agency and everything to its préfecture."""

from datetime import date

import pytest

from reporting import actions
from reporting.files import make_all
from reporting.models import Bilan, BilanDocument, Sending
from reporting.selectors.versions import sent_file
from tests.cast import Cast
from tests.factories import (
    S2_2019,
    BilanFactory,
    CampaignFactory,
    ConventionFactory,
    SubmissionFactory,
)
from tests.pages import signed_in, without_token
from tests.reporting.pages import AT, plain, read_over, sent

BILAN = "/bilans/62/2019-S1"


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.PAQTE_TODAY = date(2019, 9, 16)


@pytest.mark.parametrize(
    ("actor", "draft", "transmitted"),
    [
        ("referent", 200, 200),
        ("lecteur", 200, 200),
        ("cget", 404, 200),
        ("other_referent", 404, 404),
        ("member", 403, 403),
        ("animateur", 403, 403),
        ("no_role", 403, 403),
    ],
)
@pytest.mark.parametrize("end", ["/", ".csv", ".json"])
def test_who_reads_a_bilan(cast: Cast, actor: str, draft: int, transmitted: int, end: str):
    bilan = BilanFactory()
    client = signed_in(getattr(cast, actor))

    before = client.get(BILAN + end).status_code
    actions.transmit(bilan, at=AT, by=cast.referent, render=plain)
    after = client.get(BILAN + end).status_code

    assert (before, after) == (draft, transmitted)


@pytest.mark.parametrize("actor", ["lecteur", "cget", "member", "animateur", "no_role"])
@pytest.mark.parametrize("page", ["rediger/", "partenaires/", "contexte/", "transmettre/", "rectifier/", "commencer/"])
def test_only_the_referent_writes(cast: Cast, actor: str, page: str):
    sent(cast)
    client = signed_in(getattr(cast, actor))

    assert client.post(f"{BILAN}/{page}").status_code == 403
    assert Bilan.objects.count() == 1


@pytest.mark.parametrize("end", ["/", ".pdf", ".csv", "/v1.pdf"])
@pytest.mark.parametrize("actor", ["other_referent", "cget"])
def test_what_is_not_yours_looks_like_what_does_not_exist(cast: Cast, actor: str, end: str):
    BilanFactory()
    client = signed_in(getattr(cast, actor))

    foreign, unknown = client.get(BILAN + end), client.get(f"/bilans/62/2031-S1{end}")

    assert foreign.status_code == unknown.status_code == 404
    assert without_token(foreign) == without_token(unknown)


@pytest.mark.parametrize(
    "address", ["/bilans/62/2019-S3/", "/bilans/62/1234-S1/", "/bilans/99/2019-S1/", f"{BILAN}.exe"]
)
def test_unknown_addresses(cast: Cast, address: str):
    BilanFactory()

    assert signed_in(cast.referent).get(address).status_code == 404


def test_the_agency_keeps_the_sent_version_while_the_next_is_written(cast: Cast):
    actions.rectify(sent(cast), at=AT, by=cast.referent, reason="Une erreur.")

    agency, office = signed_in(cast.cget).get(f"{BILAN}.pdf"), signed_in(cast.referent).get(f"{BILAN}/")

    assert agency.content == b"62 v1"
    assert agency.headers["Content-Disposition"] == 'attachment; filename="bilan-paqte-62-2019-S1-v1.pdf"'
    assert "version 2" in office.content.decode()
    assert signed_in(cast.cget).get(f"{BILAN}/v2.pdf").status_code == 404
    assert signed_in(cast.referent).get(f"{BILAN}/v1.pdf").content == b"62 v1"


def test_every_file_of_a_version_stays_as_it_was_sent(cast: Cast):
    actions.transmit(BilanFactory(), at=AT, by=cast.referent, render=make_all)
    client = signed_in(cast.referent)
    former = {fmt: client.get(f"{BILAN}.{fmt}").content for fmt in ("pdf", "xlsx", "ods", "csv", "json")}
    second = actions.rectify(Bilan.objects.get(), at=AT, by=cast.referent, reason="Une erreur.")
    actions.write(second, by=cast.referent, obstacles="Aucun.")
    actions.transmit(second, at=AT, by=cast.referent, render=make_all)

    sent_file.cache_clear()  # as the database has them, not as this process remembers them
    assert {fmt: client.get(f"{BILAN}/v1.{fmt}").content for fmt in former} == former
    assert client.get(f"{BILAN}.json").content != former["json"]
    assert f'href="{BILAN}/v1.xlsx"' in client.get(f"{BILAN}/").content.decode()
    assert client.get(f"{BILAN}/v1.exe").status_code == 404


def test_a_file_at_hand_is_for_whoever_may_read_it(cast: Cast, django_assert_num_queries):
    actions.rectify(sent(cast), at=AT, by=cast.referent, reason="Une erreur.")
    office, agency = signed_in(cast.referent), signed_in(cast.cget)
    first = office.get(f"{BILAN}/v1.pdf")

    # The session, who and where from, whether this bilan is theirs, its trace between two marks.
    with django_assert_num_queries(7):
        assert office.get(f"{BILAN}/v1.pdf").content == first.content == b"62 v1"
    assert signed_in(cast.other_referent).get(f"{BILAN}/v1.pdf").status_code == 404
    assert signed_in(cast.member).get(f"{BILAN}/v1.pdf").status_code == 403
    assert agency.get(f"{BILAN}.pdf").content == b"62 v1"
    assert b"62 v1" not in office.get(f"{BILAN}.pdf").content


def test_the_page_of_a_sent_bilan_shows_its_fingerprint(cast: Cast):
    sent(cast)

    page = signed_in(cast.cget).get(f"{BILAN}/").content.decode()

    assert BilanDocument.objects.get().sha256 in page
    assert "Transmis le 15 septembre 2019" in page
    assert "Établir un bilan rectificatif" not in page


def test_the_page_of_a_bilan_tells_who_sent_it_to_the_prefecture_and_to_nobody_else(cast: Cast):
    sent(cast)
    told = f'<strong>Transmis</strong> par <span dir="auto">{cast.referent.bare_name}</span> le'

    pages = [" ".join(signed_in(who).get(f"{BILAN}/").content.decode().split()) for who in (cast.lecteur, cast.cget)]

    assert [told in page for page in pages] == [True, False]


@pytest.mark.anywhere
def test_from_nothing_to_a_transmitted_bilan(cast: Cast):
    CampaignFactory()
    client = signed_in(cast.referent)

    listed = client.get("/bilans/").content.decode()
    started = client.post(f"{BILAN}/commencer/")
    composer = client.get(f"{BILAN}/rediger/").content.decode()
    saved = client.post(
        f"{BILAN}/rediger/",
        {
            "referent_name": "Camille Terril",
            "referent_email": "referent.62@example.org",
            "organisation": "Un comité.",
            "strategy": "Convertir les chartes.",
            "obstacles": "Aucun.",
            "essentials": "Trois phrases.",
            "read_over": "1",
        },
    )
    client.post(f"{BILAN}/contexte/", {"defm_reason": "Pas encore diffusés."})
    transmitted = client.post(f"{BILAN}/transmettre/", read_over(client))

    assert "Commencer" in listed
    assert "Décrivez la stratégie définie." in composer
    assert [response.status_code for response in (started, saved, transmitted)] == [302, 302, 302]
    assert [response.headers["Location"] for response in (started, saved, transmitted)] == [
        f"{BILAN}/rediger/",
        f"{BILAN}/transmettre/",
        f"{BILAN}/transmettre/?attente={Sending.objects.get().pk}",
    ]
    bilan = Bilan.objects.get()
    assert (bilan.state, bilan.strategy) == ("transmitted", "Convertir les chartes.")
    assert client.get(f"{BILAN}.pdf").content.startswith(b"%PDF-1.7")
    assert client.get(f"{BILAN}/rediger/").headers["Location"] == f"{BILAN}/"


def test_a_bilan_does_not_start_before_its_campaign(cast: Cast):
    CampaignFactory(semester=S2_2019)

    assert signed_in(cast.referent).post("/bilans/62/2019-S2/commencer/").status_code == 404
    assert not Bilan.objects.exists()


def test_pages_say_so_when_there_is_nothing(cast: Cast):
    assert "Aucun bilan à établir" in signed_in(cast.referent).get("/bilans/").content.decode()
    assert "Aucune campagne ouverte" in signed_in(cast.cget).get("/bilans/").content.decode()
    assert "Aucune campagne ouverte" in signed_in(cast.cget).get("/national/").content.decode()


@pytest.mark.parametrize("companies", [1, 30])
@pytest.mark.parametrize(("address", "queries"), [("/bilans/", 6), (f"{BILAN}/", 33), (f"{BILAN}/rediger/", 36)])
def test_pages_take_the_same_number_of_queries(
    cast: Cast, address: str, queries: int, companies: int, django_assert_num_queries
):
    for _ in range(companies):
        SubmissionFactory(convention=ConventionFactory(), validated=True, answers={"REC-01": 5, "FOR-02": 3})
    BilanFactory()
    client = signed_in(cast.referent)

    with django_assert_num_queries(queries):
        client.get(address)
