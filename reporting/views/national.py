"""The nation: who transmitted, and the sum of what was transmitted, for the agency only."""

from collections.abc import Callable, Mapping, Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.models import Campaign
from documents.downloads import Download
from indicators.specs import Axis
from reporting import renderers
from reporting.columns import Line
from reporting.consolidation import NationalTotal
from reporting.files import DOWNLOADS
from reporting.models import Bilan
from reporting.selectors import nation
from reporting.tables import RATIO, FigureTable, by_kind, name_of, note_of
from reporting.views.downloads import attachment
from territories.clock import today
from territories.semester import Semester

RENDER: dict[str, Callable[[NationalTotal], bytes]] = {
    "xlsx": renderers.national_to_xlsx,
    "ods": renderers.national_to_ods,
    "csv": renderers.national_to_csv,
    "json": renderers.national_to_json,
}


@require_safe
@allow(Role.CGET)
def national_home(request: AuthenticatedRequest) -> HttpResponse:
    """The last campaign of which something was transmitted, or the last begun; a page that says so without any."""
    begun = Campaign.objects.opened_by(today())
    sent = Bilan.objects.visible_to(request.user).values("semester")
    campaign = begun.filter(semester__in=sent).first() or begun.first()
    if campaign is None:
        return TemplateResponse(request, "reporting/national_empty.html")
    return redirect("national_detail", campaign.semester)


@require_safe
@allow(Role.CGET)
def national_detail(request: AuthenticatedRequest, semester: Semester) -> HttpResponse:
    """One semester of the nation: completeness first, then the totals, each with how many answered."""
    campaigns = list(Campaign.objects.opened_by(today()))
    get_object_or_404(Campaign.objects.opened_by(today()), semester=semester)
    whole = nation(semester)
    context = {
        "nation": whole,
        "axes": [_axis(axis, whole.data) for axis in Axis],
        "tabs": [
            {
                "label": item.semester.label,
                "url": reverse("national_detail", args=[item.semester]),
                "current": item.semester == semester,
            }
            for item in campaigns
        ],
        "downloads": [
            Download(reverse("national_download", args=[semester, fmt]), f"Total national, {semester.label}", fmt)
            for fmt in RENDER
        ],
    }
    return TemplateResponse(request, "reporting/national_detail.html", context)


@require_safe
@allow(Role.CGET)
def national_download(request: AuthenticatedRequest, semester: Semester, fmt: str) -> HttpResponse:
    """The totals as a file."""
    if fmt not in RENDER:
        raise Http404
    get_object_or_404(Campaign.objects.opened_by(today()), semester=semester)
    content = RENDER[fmt](nation(semester).data)
    return attachment(content, DOWNLOADS[fmt].media_type, f"paqte-national-{semester}.{fmt}")


def _axis(axis: Axis, data: NationalTotal) -> dict[str, object]:
    """One axis of the totals, for the template: a table per kind of figure."""
    departments = {item.line.code: item.departments for item in data.lines}
    figures = [item.line for item in data.figures if item.axis == axis]
    ratios = [item.line for item in data.ratios if item.axis == axis]
    tables = [_table(table, lines, axis, departments) for table, lines in by_kind(figures)]
    return {"axis": axis, "tables": [*tables, *([_table(RATIO, ratios, axis, departments)] if ratios else [])]}


def _table(
    table: FigureTable[Line], lines: Sequence[Line], axis: Axis, departments: Mapping[str, int]
) -> dict[str, object]:
    rows = [
        {
            "label": name_of(line),
            "note": note_of(line),
            "cells": table.row(line),
            "departments": departments[line.code],
        }
        for line in lines
    ]
    return {
        "anchor": f"national-{table.slug}-{axis}",
        "caption": f"{axis.label}\u00a0: {table.title}, bilans transmis",
        "first": table.first,
        "headers": table.headers,
        "rows": rows,
    }
