"""The journal of a département and that of the agency: every room in one list, one's own lines only, in order."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.actions.team import deactivate
from accounts.models import AccountAct, Trace, User
from accounts.notices import note
from accounts.passwords import password_changed
from companies.actions.acceptance import accept_as_newcomer
from companies.actions.signatories import record_charter
from companies.models import CompanyLog
from conventions.actions import conventions as drawing
from conventions.actions import submissions as collecting
from conventions.actions.campaigns import plan
from indicators.specs import Axis
from national.actions.messages import write
from reporting.actions import start
from reporting.models import Arbitration
from tests.cast import Cast
from tests.factories import S1_2019, CampaignFactory, InvitationFactory, LegalUnitFactory, SubmissionFactory
from tests.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

AT = datetime(2019, 7, 22, 9, tzinfo=UTC)
START = date(2019, 3, 1)


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.PAQTE_TODAY = date(2019, 7, 22)


def at(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def read(reader: User, **query: str) -> list[str]:
    """Each line as it reads, what was noted of the reader's own coming in left out."""
    client = signed_in(reader)
    Trace.objects.filter(kind="connexion").delete()
    page = client.get("/journal/", query).content.decode()
    found = re.search(r'<ul class="portal-journal">(.*?)</ul>', page, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", found.group(1), re.DOTALL) if found else []
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)).replace(" ,", ",").strip() for line in lines]


def live(cast: Cast) -> None:
    """A day of the département, and of the agency."""
    CampaignFactory()
    record_charter(cast.company, reference="CEQ-1", signed_on=date(2014, 3, 1), at=at(0), by=cast.referent)
    drawing.create(company=cast.company, starts_on=START, axes=list(Axis), at=at(1), by=cast.referent)
    submission = SubmissionFactory(convention__company=cast.rival_company)
    collecting.extend(submission, until=date(2019, 9, 30), reason="Inondation.", at=at(2), by=cast.referent)
    start(department=cast.company.department, semester=S1_2019, at=at(3), by=cast.referent)
    deactivate(cast.lecteur, at=at(4), by=cast.referent)
    record_charter(cast.other_company, reference="CEQ-9", signed_on=date(2014, 3, 1), at=at(5), by=cast.other_referent)
    write(to=[cast.referent], subject="Relisez vos chiffres", body="Merci.", at=at(6), by=cast.cget)


def test_a_referent_reads_the_departement_and_the_agency_reads_its_own_acts(cast: Cast) -> None:
    live(cast)
    who, agent = cast.referent.bare_name, cast.cget.bare_name
    company, rival = cast.company.name, cast.rival_company.name
    reference = cast.company.conventions.get().reference

    assert read(cast.referent) == [
        f"Compte désactivé par {who} le 22 juillet 2019 à 11:04 {cast.lecteur.bare_name}",
        f"Commencé par {who} le 22 juillet 2019 à 11:03 Bilan du 1er semestre 2019, Pas-de-Calais (62), version 1",
        f"Délai accordé par {who} le 22 juillet 2019 à 11:02 Remontée du 1er semestre 2019, {rival} "
        "délai accordé jusqu’au : 30/09/2019 ; Inondation.",
        f"Créée par {who} le 22 juillet 2019 à 11:01 Convention {reference}, {company}",
        f"Charte enregistrée par {who} le 22 juillet 2019 à 11:00 {company} CEQ-1, signée le : 01/03/2014",
    ]
    assert read(cast.cget) == [
        f"Message envoyé aux référents par {agent} le 22 juillet 2019 à 11:06 Plusieurs préfectures "
        "Relisez vos chiffres",
    ]


@pytest.mark.parametrize(
    ("query", "minutes"),
    [
        ({"quoi": "entreprises"}, [0]),
        ({"quoi": "entreprises.corriger"}, []),
        ({"quoi": "comptes.desactiver"}, [4]),
        ({"objet": "RIVALE"}, [2]),
        ({"objet": "introuvable"}, []),
        ({"qui": "personne"}, []),
        ({"du": "2019-07-22", "au": "2019-07-22"}, [4, 3, 2, 1, 0]),
        ({"du": "2019-07-23"}, []),
        ({"au": "2019-07-21"}, []),
        ({"quoi": "nimporte", "du": "hier", "apres": "rien~9~x"}, [4, 3, 2, 1, 0]),
        ({"apres": "0001-01-01T00:00:00+23:59~0~1"}, [4, 3, 2, 1, 0]),
        ({"apres": "9999-12-31T23:59:59-23:59~0~1"}, [4, 3, 2, 1, 0]),
    ],
)
def test_the_filters_narrow_it(cast: Cast, query: dict[str, str], minutes: list[int]) -> None:
    cast.rival_company.name = "Rivale du Terril"
    cast.rival_company.save()
    live(cast)

    told = [int(found) for line in read(cast.referent, **query) for found in re.findall(r"à 11:0(\d)", line)]

    assert told == minutes


def test_the_filter_of_people_looks_for_their_names(cast: Cast) -> None:
    live(cast)
    User.objects.filter(pk=cast.referent.pk).update(name_key="terril alix\t")

    assert len(read(cast.referent, qui="Alix Térril")) == 5


def test_an_address_of_somebody_is_in_no_line(cast: Cast) -> None:
    User.objects.filter(pk=cast.lecteur.pk).update(first_name="", last_name="")
    live(cast)

    assert cast.lecteur.email not in " ".join(read(cast.referent))


def test_lines_of_one_instant_are_each_on_one_page(cast: Cast) -> None:
    lines = [CompanyLog(company=cast.company, at=AT, by=cast.referent, transition="suivre") for _ in range(70)]
    CompanyLog.objects.bulk_create(lines)
    acts = [AccountAct(account=cast.lecteur, at=AT, by=cast.referent, kind="reactiver") for _ in range(50)]
    AccountAct.objects.bulk_create(acts)
    client = signed_in(cast.referent)
    Trace.objects.all().delete()

    seen, address = [], "/journal/"
    while address:
        page = client.get(address).context["page"]
        seen += [line.past for line in page.lines]
        address = f"/journal/?apres={page.after.replace('+', '%2B')}" if page.after else ""

    assert seen == ["Suivie"] * 70 + ["Compte réactivé"] * 50


def test_it_makes_as_many_queries_for_one_line_as_for_thirty(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.referent)
    for number in (1, 30):
        for index in range(number):
            record_charter(
                cast.company, reference=f"C-{number}-{index}", signed_on=START, at=at(index), by=cast.referent
            )
        # The session, who it is and where from; then a query per journal of a préfecture.
        with django_assert_num_queries(10):
            client.get("/journal/")


def test_what_was_taken_and_refused_is_read_too(cast: Cast) -> None:
    client = signed_in(cast.referent)
    client.get(cast.other_company.get_absolute_url(), REMOTE_ADDR="203.0.113.9")

    (line,) = read(cast.referent, quoi="acces.refus")

    assert f"GET /entreprises/{cast.other_company.pk}/, réseau 203.0.113.x" in line


def test_a_campaign_and_an_arbitration_are_read_by_whom_they_concern(cast: Cast) -> None:
    plan(S1_2019, opens_on=START, due_on=date(2019, 7, 31), locks_on=date(2019, 9, 30), at=at(0), by=cast.cget)
    Arbitration.objects.create(
        department=cast.company.department,
        semester=S1_2019,
        group=LegalUnitFactory(siren="000999508", name="Groupe Terril"),
        number=1,
        ruling="somme",
        reason="Chacune la sienne.",
        at=at(1),
        by=cast.referent,
    )

    (campaign,) = read(cast.cget)
    (arbitration,) = read(cast.referent)
    assert campaign.startswith(f"Campagne ouverte par {cast.cget.bare_name} le 22 juillet 2019 à 11:00")
    assert "Double compte arbitré" in arbitration
    assert arbitration.endswith("déclare ses propres résultats ; Chacune la sienne.")


def test_what_somebody_does_to_their_own_account_is_read_by_their_referent(cast: Cast) -> None:
    invited = InvitationFactory(lecteur=True, department=cast.company.department)
    account = User(first_name="Noa", last_name="Terril")
    accept_as_newcomer(invited, account=account, at=AT - timedelta(days=1))
    note(account, AccountAct.Kind.FACTOR)
    password_changed(account)

    told = read(cast.referent, quoi="comptes")

    assert [re.sub(r" à \d\d:\d\d", "", line) for line in told] == [
        "Mot de passe changé par Noa Terril le 22 juillet 2019",
        "Second facteur activé par Noa Terril le 22 juillet 2019",
        "Rôle accepté par Noa Terril le 21 juillet 2019 lecteur",
    ]
