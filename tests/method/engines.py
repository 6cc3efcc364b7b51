"""The implementations of the method, asked the same way: a scenario, a semester, the figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings

from indicators.catalogue import load_catalogue
from reporting import method
from reporting.bilan import BilanData
from tests.method import naive
from tests.method.grounds import ground_of
from tests.method.sample_catalogue import INDICATORS
from tests.method.scenario import Department
from tests.method.writing import read, write

CATALOGUE = load_catalogue("paqte-2018")
SPECS = {code: CATALOGUE.indicator(code) for code in INDICATORS}


@dataclass(frozen=True)
class Read:
    """What an implementation says, by code; objects with the same names of numbers whatever it is."""

    figures: Mapping[str, Any]  # Any: one class of figure per implementation
    ratios: Mapping[str, Any]  # Any: the same


class Engine(Protocol):
    """An implementation."""

    def __call__(self, department: Department, semester: str, *, provisional: bool = False) -> Read: ...


def by_hand(department: Department, semester: str, *, provisional: bool = False) -> Read:
    """The naive one."""
    return Read(naive.figures_of(department, semester, provisional=provisional), naive.ratios_of(department, semester))


def by_core(department: Department, semester: str, *, provisional: bool = False) -> Read:
    """The pure core, from cells to figures."""
    ground = ground_of(department, semester, provisional=provisional)
    return Read(method.figures_of(ground, SPECS.values()), method.ratios_of(ground, CATALOGUE.ratios, SPECS))


def bilan_of(department: Department, semester: str, *, provisional: bool = False) -> BilanData:
    """Written, counted, read, and nothing left of it in the database."""
    with transaction.atomic():
        data = read(write(department, semester), provisional=provisional)
        transaction.set_rollback(True)
    return data


def by_database(department: Department, semester: str, *, provisional: bool = False) -> Read:
    """The whole portal."""
    data = bilan_of(department, semester, provisional=provisional)
    return Read({one.code: one for one in data.figures}, {one.code: one for one in data.ratios})


FEW = settings(
    # The same draws at every run: the core draws anew, here one looks at what the database and the printing add.
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    # To shrink a failure through the database takes an hour; those of the core find the small ones.
    phases=[Phase.explicit, Phase.generate],
)
"""Of what goes through the database."""

ENGINES = [by_hand, by_core, pytest.param(by_database, marks=pytest.mark.django_db)]
