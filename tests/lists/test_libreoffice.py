"""LibreOffice reads every list back as it was written, whatever the format."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import Cast
from tests.factories import CompanyFactory, ContactFactory, ConventionFactory, InvitationFactory, SubmissionFactory
from tests.pages import page
from tests.reporting.test_libreoffice import cells_of, convert

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere, pytest.mark.usefixtures("catalogue")]

LISTS = ("company_list", "convention_list", "submission_list", "invitation_list", "team_list", "contact_list")


def test_every_list_is_read_back(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice est introuvable : apt-get install -y --no-install-recommends libreoffice-calc-nogui")
    settings.PAQTE_TODAY = date(2020, 7, 10)
    company = CompanyFactory(
        name="=Terril & Fils <1>", town="L’Île-d’Œuvre", headcount=1234, department=cast.company.department
    )
    SubmissionFactory(convention=ConventionFactory(company=company), answers={"REC-01": 1}, transmitted=True)
    InvitationFactory(company=company)
    ContactFactory(company=company, phone="+33 3 21 00 00 00")
    written = {}
    for name in LISTS:
        for kind in ("xlsx", "ods"):
            content = b"".join(page(cast.referent, name, format=kind).streaming_content)
            path = tmp_path / f"{name}-{kind}.{kind}"
            path.write_bytes(content)
            written[path] = content

    convert(office, tmp_path, list(written), "xlsx")

    for name in LISTS:
        first = cells_of(written[tmp_path / f"{name}-xlsx.xlsx"])
        for kind in ("xlsx", "ods"):
            assert cells_of((tmp_path / "made" / f"{name}-{kind}.xlsx").read_bytes()) == first, (name, kind)
        assert all(len(rows) > 1 for rows in first.values()), name
