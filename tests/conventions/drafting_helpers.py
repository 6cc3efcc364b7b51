"""Short words for the tests of drafts: one of three years on every axis, its targets, its journal."""

from datetime import UTC, date, datetime
from typing import Any

from conventions.actions import conventions as actions
from conventions.models import Target
from indicators.specs import Axis

START = date(2019, 2, 8)
AT = datetime(2019, 2, 8, 10, tzinfo=UTC)
ALL = list(Axis)


def create(company, by, **more):
    fields: dict[str, Any] = {"starts_on": START, "axes": ALL, "at": AT} | more
    return actions.create(company=company, by=by, **fields)


def targets(convention):
    rows = Target.objects.of(convention).order_by("indicator__code", "year")
    return list(rows.values_list("indicator__code", "year", "value"))


def log(convention):
    return list(convention.logs.values_list("transition", "from_state", "to_state", "comment"))
