"""The bilans of the demonstration on paper, and the same texts with a hundred companies: how many pages they take."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from reporting import renderers
from reporting.bilan import BilanData
from reporting.codec import from_json_value
from reporting.models import BilanDocument


@pytest.fixture
def pas_de_calais(seeded: object) -> BilanData:
    """What was sent for the second semester of 2019."""
    return from_json_value(BilanDocument.objects.get(bilan__department="62", bilan__semester="2019-S2").snapshot)


def pages(data: BilanData) -> int:
    return len(PdfReader(io.BytesIO(renderers.to_pdf(data))).pages)


def test_twenty_seven_companies_take_ten_pages(pas_de_calais: BilanData) -> None:
    assert len(pas_de_calais.signatories) == 27
    assert pages(pas_de_calais) <= 10


def test_a_hundred_companies_take_sixteen_pages(pas_de_calais: BilanData) -> None:
    many = (pas_de_calais.signatories * 4)[:100]

    assert pages(replace(pas_de_calais, signatories=many)) <= 16
