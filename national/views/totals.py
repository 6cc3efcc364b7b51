"""The nation: who transmitted, and the sum of what was transmitted, for the agency only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from conventions.models import Campaign
from documents.attachments import attachment
from documents.downloads import Download
from indicators.specs import Axis
from national import files, tasks
from national.files import FORMATS
from national.models import Edition
from national.selection import WHOLE, Selection
from national.selectors.total import nation
from national.totals import KEPT
from national.value import NationalTotal, names_of
from national.views.choosing import begun, choose_page, of_a_part, semester_tabs
from reporting.columns import Line
from reporting.models import Bilan
from reporting.tables import RATIO, FigureTable, by_kind, name_of, note_of
from reporting.views.waiting import Place, Wanted, file_or_wait
from territories.clock import today
from territories.semester import Semester


@require_safe
@allow(Role.CGET)
def national_home(request: AuthenticatedRequest) -> HttpResponse:
    """The last campaign of which something was transmitted, or the last begun; a page that says so without any."""
    begun = Campaign.objects.opened_by(today())
    sent = Bilan.objects.visible_to(request.user).values("semester")
    campaign = begun.filter(semester__in=sent).first() or begun.first()
    if campaign is None:
        return TemplateResponse(request, "national/national_empty.html")
    return redirect("national_detail", campaign.semester)


@require_safe
@allow(Role.CGET)
@of_a_part
def national_detail(request: AuthenticatedRequest, campaign: Campaign, selection: Selection) -> HttpResponse:
    """One semester of the nation, or of a part of it: completeness first, then totals, each with how many answered."""
    semester = campaign.semester
    whole = nation(semester, selection)
    context = {
        "nation": whole,
        "semester": semester,
        "missing": names_of(whole.missing),
        "is_late": campaign.bilans_are_late(today()),
        "is_whole": selection == WHOLE,
        "query": selection.query,
        "axes": _axes(whole, selection.query),
        "tabs": semester_tabs("national_detail", selection.query, semester),
        "downloads": _downloads(semester, selection),
        "editions": Edition.objects.visible_to(request.user).of(semester, selection.text).frozen(),
        "create_url": reverse("edition_create", args=[semester]) + selection.query,
    }
    return TemplateResponse(request, "national/national_detail.html", context)


@require_safe
@allow(Role.CGET)
def national_choose(request: AuthenticatedRequest, semester: Semester) -> HttpResponse:
    """Where one chooses a région or some départements."""
    return choose_page(request, begun(semester).semester)


@require_safe
@allow(Role.CGET)
@of_a_part
def national_download(
    request: AuthenticatedRequest, campaign: Campaign, selection: Selection, fmt: str
) -> HttpResponse:
    """A file of the consolidated bilan of what the address chooses: made in the background, once for what was sent.

    That of the sums alone is made at once.
    """
    if fmt not in FORMATS:
        raise Http404
    semester = campaign.semester
    total, file_name = nation(semester, selection), f"paqte-{selection.slug}-{semester}.{fmt}"
    if fmt in files.SUMS:
        return attachment(files.SUMS[fmt](total), FORMATS[fmt].media_type, file_name)
    key = files.key_of(total, fmt)
    wanted = Wanted(
        key=key,
        name=FORMATS[fmt].name,
        file_name=file_name,
        place=_place(semester, selection),
        ask=lambda again: tasks.ask_for_file(semester, selection, fmt, key, again=again),
        query=selection.pairs,
        takes="jusqu’à une minute pour un pays entier",
    )
    return file_or_wait(request, wanted)


def _place(semester: Semester, selection: Selection) -> Place:
    url = reverse("national_detail", args=[semester]) + selection.query
    return Place(f"Bilan consolidé, {selection.name}, {semester.label}", "National", url, "Revenir aux chiffres")


def _downloads(semester: Semester, selection: Selection) -> list[Download]:
    subject = "Bilan national" if selection == WHOLE else f"Bilan consolidé, {selection.name}"
    said = f"{subject}, {semester.label}"
    own = [Download(reverse("national_download", args=[semester, fmt]) + selection.query, said, fmt) for fmt in FORMATS]
    every = f"Tous les bilans transmis, dans chaque format, {semester.label}"
    return [*own, Download(reverse("national_archive", args=[semester]) + selection.query, every, "zip")]


@dataclass(frozen=True)
class TotalRow:
    """One indicator or one ratio, as the page prints it."""

    label: str
    note: str
    cells: tuple[str, ...]
    departments: int
    """As many gave a figure."""
    url: str


@dataclass(frozen=True)
class TotalTable:
    """One kind of figure of one axis."""

    anchor: str
    caption: str
    first: str
    """The head of the column of labels."""
    headers: tuple[str, ...]
    rows: tuple[TotalRow, ...]


@dataclass(frozen=True)
class AxisTables:
    """One axis of a total, a table for each kind of figure."""

    axis: Axis
    tables: tuple[TotalTable, ...]


@lru_cache(maxsize=KEPT)
def _axes(total: NationalTotal, query: str) -> tuple[AxisTables, ...]:
    """Every axis of a total; `query` goes with the links. Once for the same total (decision 26)."""
    urls = {
        item.line.code: reverse("indicator_detail", args=[total.semester, item.line.code]) + query
        for item in total.lines
    }
    return tuple(_axis(axis, total, urls) for axis in Axis)


def _axis(axis: Axis, total: NationalTotal, urls: Mapping[str, str]) -> AxisTables:
    own = {item.line.code: item.departments for item in total.lines if item.axis == axis}
    figures = [item.line for item in total.figures if item.axis == axis]
    ratios = [item.line for item in total.ratios if item.axis == axis]
    tables = [_table(table, lines, axis, own, urls) for table, lines in by_kind(figures)]
    return AxisTables(axis, (*tables, *((_table(RATIO, ratios, axis, own, urls),) if ratios else ())))


def _table(
    table: FigureTable[Line], lines: Sequence[Line], axis: Axis, departments: Mapping[str, int], urls: Mapping[str, str]
) -> TotalTable:
    return TotalTable(
        anchor=f"national-{table.slug}-{axis}",
        caption=f"{axis.label}\u00a0: {table.title}, bilans transmis",
        first=table.first,
        headers=tuple(table.headers),
        rows=tuple(
            TotalRow(name_of(line), note_of(line), tuple(table.row(line)), departments[line.code], urls[line.code])
            for line in lines
        ),
    )
