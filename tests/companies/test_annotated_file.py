"""The file that an import refused, given back with what is wrong beside each row: to who sent it, for an hour."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from companies.kept_files import FOLDER
from companies.models import Company
from privacy.retention import old_previews
from tests.cast import Cast
from tests.factories import invented_siret

PAGE = "/entreprises/importer/"
NEW = invented_siret(701)
HEADER = "SIRET;Nom;Catégorie;Notes\n"
EMPTY = "Nom\u00a0: Ce champ ne peut pas être vide."
BUTTON = "Recevoir votre fichier annoté (XLSX)"


@pytest.fixture
def staff(client: Client, cast: Cast, settings: Settings, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = str(tmp_path)
    client.force_login(cast.referent)
    return client


def sent(client: Client, content: str | bytes, page: str = PAGE) -> str:
    """Send a file; the page that answers."""
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("entreprises.csv", data)
    return client.post(page, {"import_file": file}).content.decode()


def asked(client: Client, page: str, address: str = PAGE) -> "tuple[int, bytes, str]":
    """Press the button of a page that refused: the status, the file or page that answers, and its name."""
    fields = dict(re.findall(r'<input type="hidden" name="(refused_file)" value="([^"]*)"', page))
    response = client.post(f"{address}annote/", fields)
    return response.status_code, response.getvalue(), response.headers.get("Content-Disposition", "")


def rows_of(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def kept() -> list[str]:
    return default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []


def test_the_refused_file_comes_back_with_its_faults_and_corrected_it_enters(staff: Client) -> None:
    page = sent(staff, f"\n{HEADER}{NEW};;PME;=cmd\n\n12;<script>;TPE;\u202egpj\n")

    status, content, disposition = asked(staff, page)
    rows = rows_of(content)
    corrected = f"{HEADER.strip()};À corriger\n{NEW};Terril;PME;x;{EMPTY}\n"
    preview = sent(staff, corrected)

    assert BUTTON in page
    assert (status, disposition) == (200, 'attachment; filename="entreprises-a-corriger.xlsx"')
    assert rows[1:4] == [
        ["SIRET", "Nom", "Catégorie", "Notes", "À corriger"],
        [NEW, None, "PME", "'=cmd", EMPTY],
        [None] * 5,
    ]
    assert rows[4][:4] == [12, "<script>", "TPE", "\u202egpj"]
    assert str(rows[4][4]).startswith("SIRET\u00a0: Un SIRET compte 14 chiffres, celui-ci en compte 2.")
    assert not Company.objects.filter(siret=NEW).exists()
    assert "1 ligne nouvelle, 0 modifiée, 0 inchangée." in preview


def test_sent_back_as_it_is_it_is_refused_alike(staff: Client) -> None:
    page = sent(staff, f"{HEADER}{NEW};;PME;08/02/2019\n")

    again = sent(staff, asked(staff, page)[1])

    listed = [re.findall("<li>Ligne.*?</li>", text) for text in (page, again)]
    assert listed[0] == listed[1] == ["<li>Ligne 2, colonne Nom\u00a0: Ce champ ne peut pas être vide.</li>"]


@pytest.mark.parametrize(
    "content", [f"{HEADER}{NEW};Terril;PME;\n", "Nom\nTerril\n", "%PDF-1.7"], ids=["good", "a column less", "no table"]
)
def test_a_file_without_a_line_to_correct_offers_nothing(
    staff: Client, content: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = sent(staff, content)

    assert BUTTON not in page
    assert len(kept()) == ("Confirmer" in page)


def test_it_goes_to_who_sent_it_for_this_model_and_is_no_preview(staff: Client, cast: Cast) -> None:
    page = sent(staff, f"{HEADER}{NEW};;PME;\n")
    fields = dict(re.findall(r'name="(refused_file)" value="([^"]*)"', page))
    confirmed = {"file": fields["refused_file"], "seen": ""}

    elsewhere = staff.post("/conventions/importer/annote/", fields)
    as_preview = staff.post("/entreprises/importer/confirmer/", confirmed)
    forged = staff.post(f"{PAGE}annote/", {"refused_file": "../../etc/passwd"})
    read = staff.get(f"{PAGE}annote/")
    staff.force_login(cast.staff_referent)
    somebody_else, said, _ = asked(staff, page)

    assert [elsewhere.status_code, as_preview.status_code, forged.status_code, somebody_else] == [403] * 4
    assert read.status_code == 405
    assert "Cette page n’est plus valable\u00a0: envoyez de nouveau votre fichier." in said.decode()


@pytest.mark.parametrize("who", ["technician", "lecteur", "member", "cget", "no_role", "animateur"])
def test_who_sends_no_file_gets_nothing(staff: Client, cast: Cast, who: str) -> None:
    page = sent(staff, f"{HEADER}{NEW};;PME;\n")
    staff.force_login(getattr(cast, who))

    status, content, _ = asked(staff, page)

    assert (status, content.startswith(b"PK")) == (403, False)


def test_it_is_given_as_often_as_it_is_asked_for_during_an_hour(staff: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        page = sent(staff, f"{HEADER}{NEW};;PME;\n")
        clock.shift(timedelta(minutes=59))
        answers = [asked(staff, page)[0] for _ in range(2)]
        clock.shift(timedelta(minutes=2))
        answers.append(asked(staff, page)[0])

    assert answers == [200, 200, 409]


def test_the_daily_purge_erases_it_and_the_button_says_so(staff: Client) -> None:
    page = sent(staff, f"{HEADER}{NEW};;PME;\n")
    [name] = old_previews(timezone.now() + timedelta(days=1))
    default_storage.delete(name)
    fields = dict(re.findall(r'name="(refused_file)" value="([^"]*)"', page))

    answer = staff.post(f"{PAGE}annote/", fields, follow=True)

    assert (answer.redirect_chain, kept()) == ([(PAGE, 302)], [])
    assert "Ce fichier n’est plus gardé\u00a0: envoyez-le de nouveau." in answer.content.decode()


def test_a_file_whose_faults_are_gone_meanwhile_is_to_be_sent_again(staff: Client, cast: Cast) -> None:
    cast.referent.department = cast.other_company.department
    cast.referent.save()
    page = sent(staff, f"SIRET;Nom;Catégorie;Département\n{NEW};Terril;PME;62\n")
    cast.referent.department = cast.company.department
    cast.referent.save()
    fields = dict(re.findall(r'name="(refused_file)" value="([^"]*)"', page))

    answer = staff.post(f"{PAGE}annote/", fields, follow=True)

    assert "pas dans votre périmètre" in page
    assert "Ce fichier n’a plus de ligne à corriger" in answer.content.decode()
