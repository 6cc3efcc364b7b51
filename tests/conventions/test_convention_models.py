"""Conventions as rows: the questions they answer, and what the database refuses with a French sentence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from conventions.models import (
    Convention,
    ConventionAxis,
    ConventionLog,
    Situation,
    SpecificCommitment,
    Target,
    TargetSet,
)
from indicators.models import Indicator
from territories.semester import Semester
from tests.factories import ConventionFactory, SpecificCommitmentFactory, TargetSetFactory

OURS = [model for model in apps.get_models() if model.__module__.split(".")[0] in {"companies", "conventions"}]


def sentences(row):
    with pytest.raises(ValidationError) as refusal:
        row.validate_constraints()
    return refusal.value.messages


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_constraint_speaks_french(model):
    for constraint in model._meta.constraints:
        sentence = constraint.violation_error_message
        assert sentence != constraint.default_violation_error_message, constraint.name
        assert sentence.endswith("."), constraint.name


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends_on": date(2019, 2, 8)}, "La fin doit suivre le début."),
        ({"signed_on": None}, "Une convention signée a une date de signature, une autre n’en a pas."),
        ({"state": "ready"}, "Une convention signée a une date de signature, une autre n’en a pas."),
        ({"signed_at": ""}, "Indiquez le lieu de signature."),
        ({"state": "terminated"}, "Une convention résiliée a une date de résiliation, une autre n’en a pas."),
        (
            {"state": "terminated", "terminated_on": date(2022, 2, 8)},
            "La résiliation tombe pendant la convention.",
        ),
    ],
)
def test_a_convention_refuses(fields, sentence):
    convention = ConventionFactory()
    for name, value in fields.items():
        setattr(convention, name, value)

    assert sentences(convention) == [sentence]


def test_an_unknown_state_is_refused():
    convention = ConventionFactory(draft=True)
    convention.state = "lost"

    assert "Cet état n’existe pas." in sentences(convention)


def test_rows_of_a_convention_refuse():
    convention = ConventionFactory()
    indicator = Indicator.objects.get(code="REC-02")
    signed = convention.target_sets.get()

    assert sentences(ConventionAxis(convention=convention, axis="former")) == ["Cet axe est déjà retenu."]
    assert sentences(Target(target_set=signed, indicator=indicator, year=1, value=Decimal(1))) == [
        "Cet objectif est déjà fixé pour cette année."
    ]
    assert sentences(Target(target_set=signed, indicator=indicator, year=4, value=Decimal(1))) == [
        "Une convention compte trois années."
    ]
    other = Indicator.objects.get(code="REC-01")
    assert sentences(Target(target_set=signed, indicator=other, year=1, value=Decimal(-1))) == [
        "Un objectif ne peut pas être négatif."
    ]
    assert sentences(SpecificCommitment(convention=convention, target=Decimal(-1))) == [
        "Un objectif ne peut pas être négatif."
    ]


def test_a_set_of_targets_is_the_one_signed_or_has_its_day_and_its_reason():
    convention = ConventionFactory()
    day = date(2020, 1, 1)
    TargetSetFactory(convention=convention, number=1, effective_on=day, reason="effectif")

    assert sentences(TargetSet(convention=convention, number=0)) == ["Un avenant porte déjà ce numéro."]
    assert sentences(TargetSet(convention=convention, number=2, effective_on=day, reason="effectif")) == [
        "Un avenant prend déjà effet ce jour-là."
    ]
    for fields in (
        {"number": 2, "effective_on": None, "reason": "effectif"},
        {"number": 2, "effective_on": date(2021, 1, 1), "reason": ""},
        {"number": 0, "effective_on": date(2021, 1, 1), "reason": ""},
        {"number": 0, "effective_on": None, "reason": "effectif"},
    ):
        other = TargetSet(convention=ConventionFactory(targets={}), **fields)
        assert sentences(other) == ["Un avenant a une date d’effet et un motif."]


def test_a_journal_refuses_what_the_table_does_not_know():
    line = ConventionLog(convention=ConventionFactory(), transition="signer", from_state="draft", to_state="signed")
    mute = ConventionLog(transition="resilier", from_state="signed", to_state="terminated", comment="")

    assert sentences(line) == ["Cette transition n’existe pas."]
    assert sentences(mute) == ["Un commentaire est obligatoire."]


def test_names():
    convention = ConventionFactory(reference="PAQTE-62-2019-001", company__name="Terril")

    assert str(convention) == "PAQTE-62-2019-001 – Terril"
    assert str(convention.axes.get(axis="former")) == "Former"
    assert str(Target.objects.of(convention).get(year=1)).endswith("année 1 : 12.00")
    assert str(convention.target_sets.get()) == "Objectifs signés"
    amendment = TargetSetFactory(convention=convention, number=1, effective_on=date(2020, 7, 1), reason="site")
    assert str(amendment) == "Avenant n° 1, à compter du 01/07/2020"
    assert str(SpecificCommitmentFactory(convention=convention, label="Une salle")) == "Une salle"
    assert str(ConventionLog(convention=convention, transition="creer")) == f"{convention.pk} creer"


@pytest.mark.parametrize(
    ("trait", "day", "situation"),
    [
        ({"draft": True}, date(2019, 3, 1), Situation.DRAFT),
        ({"ready": True}, date(2019, 3, 1), Situation.READY),
        ({}, date(2019, 2, 7), Situation.COMING),
        ({}, date(2019, 2, 8), Situation.RUNNING),
        ({}, date(2022, 2, 7), Situation.RUNNING),
        ({}, date(2022, 2, 8), Situation.EXPIRED),
        ({"terminated": True}, date(2019, 3, 1), Situation.TERMINATED),
    ],
)
def test_one_row_and_the_query_agree_on_the_situation(trait, day, situation):
    convention = ConventionFactory(**trait)

    assert convention.situation_on(day) == situation
    assert convention.status_on(day) == situation.label
    assert [each for each in Situation if Convention.objects.in_situation(each, day).exists()] == [situation]


def test_questions_on_dates():
    running = ConventionFactory()
    ended = ConventionFactory(terminated=True)
    ConventionFactory(draft=True)

    def found(rows):
        return set(rows)

    assert found(Convention.objects.running_on(date(2019, 12, 31))) == {running, ended}
    assert found(Convention.objects.running_on(date(2020, 1, 1))) == {running}
    assert found(Convention.objects.expected_in(Semester(2019, 1))) == {running, ended}
    assert found(Convention.objects.expected_in(Semester(2020, 1))) == {running}
    ends_on = date(2022, 2, 7)
    days = (ends_on - timedelta(days=184), ends_on - timedelta(days=183), ends_on, ends_on + timedelta(days=1))
    assert [found(Convention.objects.to_renew(day)) for day in days] == [set(), {running}, {running}, set()]
    ConventionFactory(company=running.company, starts_on=date(2022, 2, 8), renews=running, draft=True)
    assert found(Convention.objects.to_renew(ends_on)) == set()
