"""What a bilan costs: the PDF of 100 companies in CPU, and its figures in queries and time; run by ./dev bench."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from documents import pdf
from reporting import renderers
from reporting.selectors import bilan_for
from territories.semester import Semester
from tests.benchmark.measures import cpu, told
from tests.factories import BilanFactory, ConventionFactory, SubmissionFactory
from tests.reporting.samples import sample

pytestmark = pytest.mark.benchmark

BLANK = '<!DOCTYPE html><html lang="fr"><head><title>Page</title></head><body><p>Page</p></body></html>'
BUDGET = 3.0
"""Seconds of CPU for the PDF of a bilan of 100 companies."""


def test_pdf_of_a_hundred_companies():
    content = renderers.to_pdf(sample(100))
    pages = len(PdfReader(io.BytesIO(content)).pages)
    floor = cpu(lambda: pdf.write(BLANK, identifier=b"0" * 16))

    figure = cpu(lambda: renderers.to_pdf(sample(100)))

    told(f"bilan PDF, 100 entreprises, {pages} pages", figure, floor, BUDGET)
    told("le même, par page", figure / pages, floor, BUDGET / pages)


def test_figures_of_thirty_companies(catalogue: str):
    for _ in range(30):
        SubmissionFactory(
            convention=ConventionFactory(), validated=True, answers={"REC-01": 5, "REC-02": 2, "FOR-02": 3, "FOR-03": 1}
        )
    bilan, empty = BilanFactory(), BilanFactory(semester=Semester(2031, 1))

    told(
        "chiffres d’un bilan, 30 entreprises",
        cpu(lambda: bilan_for(bilan, date(2019, 9, 15))),
        cpu(lambda: bilan_for(empty, date(2019, 9, 15))),
        0.1,
    )
