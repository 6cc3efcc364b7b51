"""The bilan as a document: one body for the page and for the PDF, so that both print the same figures."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.template.loader import render_to_string

from documents import pdf
from documents.charts import WIDTH, Bar
from documents.frame import Cover, Frame
from french.words import NONE, NOT_GIVEN, long_date
from reporting import codec
from reporting.bilan import BilanData, Context, file_name
from reporting.boxes import CHAPTERS, CONTEXT, REFERENT, ContextLine
from reporting.entries import absence, categories
from reporting.renderers import listing
from reporting.renderers.axes import AxisPage
from reporting.renderers.rules import RULES, Rule
from reporting.renderers.wording import KeyFigure, PrintedElsewhere, PrintedMovement, PrintedOverlap, decisions_of
from reporting.renderers.written import WrittenPage
from territories.semester import Semester

PROGRAMME = "Pacte avec les quartiers pour toutes les entreprises"
CATEGORIES = (("TPE", "TPE"), ("PME", "PME"), ("ETI", "ETI"), ("GE", "grandes entreprises"))


@dataclass(frozen=True)
class BilanPage:
    """What the templates print of a bilan: the value, and what is derived from it for the eye."""

    data: BilanData
    carries_data: bool = False
    """Whether it is a file that the data are attached to: a PDF."""

    @property
    def semester(self) -> Semester:
        """The semester, for its words and its days."""
        return Semester.parse(self.data.semester)

    @property
    def title(self) -> str:
        """« Bilan semestriel du PAQTE »; a rectificatif says so."""
        return "Bilan rectificatif du PAQTE" if self.data.version > 1 else "Bilan semestriel du PAQTE"

    @property
    def full_title(self) -> str:
        """The title of the window and of the PDF."""
        return f"{self.title} – {self.data.place.name} – {self.semester.label}"

    @property
    def frame(self) -> Frame:
        """What the PDF says around the bilan."""
        semester = self.semester.label
        return Frame(
            title=self.full_title,
            running_title=f"Bilan du PAQTE – {self.data.place.name} – {semester}",
            brand=("Préfet", self.data.place.of_name),
            description=f"Bilan du {PROGRAMME}, {semester}, version {self.data.version}",
            written_at=self.written_at,
            cover=self._cover,
            is_draft=self.data.is_draft,
        )

    @property
    def contents(self) -> list[tuple[str, str, bool]]:
        """The table of contents: anchor and title of each chapter, and of the axes, which are parts of theirs."""
        lines: list[tuple[str, str, bool]] = []
        for anchor, title in self.chapters.items():
            lines.append((anchor, title, False))
            if anchor == "resultats":
                lines += [(f"axe-{section.axis}", section.label, True) for section in self.data.axes]
        return lines

    @property
    def chapters(self) -> dict[str, str]:
        """The title of each chapter, by its anchor; a first version changes nothing."""
        return {anchor: title for anchor, title in CHAPTERS.items() if self.data.changes or anchor != "rectifications"}

    @property
    def _cover(self) -> Cover:
        data, semester = self.data, self.semester
        region = f", {data.place.region}" if data.place.region else ""
        day = ("Transmis le", self.transmitted_on) if self.transmitted_on else ("Chiffres au", data.as_of)
        return Cover(
            programme=PROGRAMME,
            title=self.title,
            subtitle=semester.label,
            period=f"du {long_date(semester.start)} au {long_date(semester.end)}",
            facts=(
                ("Département", f"{data.place.name} ({data.place.code}){region}"),
                ("Version", ", ".join(filter(None, (data.numbered, "projet"))) if data.is_draft else str(data.version)),
                (day[0], long_date(day[1])),
                ("Destinataire", data.recipient),
                (REFERENT, data.texts["referent_name"] or NOT_GIVEN),
            ),
            warning="Projet\u00a0: ce bilan n’est pas transmis." if data.is_draft else "",
        )

    @property
    def _written(self) -> WrittenPage:
        return WrittenPage(self.data.texts)

    @property
    def referent(self) -> list[tuple[str, str]]:
        """Box 1, line after line."""
        return self._written.referent

    @property
    def narratives(self) -> list[tuple[str, str]]:
        """Box 2, text after text."""
        return self._written.narratives

    @property
    def context(self) -> list[tuple[str, int | None, str]]:
        """Box 6: each figure, and in one sentence where it comes from, what it counts and of when it is."""
        return [
            (line.printed or line.label, getattr(self.data.context, line.name), origin(self.data.context, line))
            for line in CONTEXT
        ]

    @property
    def coverage(self) -> Bar:
        """The bar of validated answers."""
        counts = self.data.completeness
        said = f"{counts.validated} remontées validées sur {counts.expected}"
        done = counts.validated * WIDTH // counts.expected if counts.expected else 0
        return Bar("Complétude", said, f"Complétude\u00a0: {said}", done)

    @property
    def transmitted_on(self) -> date | None:
        """The day it was sent, in the local time of the département: a template would turn it into that of Paris."""
        return self.data.transmitted_at.date() if self.data.transmitted_at else None

    @property
    def categories(self) -> list[tuple[str, int]]:
        """How many signatories of each category."""
        kinds = [line.category for line in self.data.signatories]
        return [(label, kinds.count(code)) for code, label in CATEGORIES]

    @property
    def from_charter(self) -> int:
        """How many conventions come from a Charte Entreprises et Quartiers."""
        return sum(bool(line.charter) for line in self.data.signatories)

    @property
    def axes(self) -> list[AxisPage]:
        """The four axes with their charts and tables."""
        return [AxisPage(section, self.data.comparable) for section in self.data.axes]

    @property
    def keys(self) -> list[KeyFigure]:
        """The figures of the first page."""
        return [KeyFigure.of(figure) for figure in self.data.key_figures]

    @property
    def launch(self) -> Semester | None:
        """The first semester with a campaign, when the bilan says it."""
        return Semester.parse(self.data.launch) if self.data.launch else None

    @property
    def signatories(self) -> tuple[tuple[str, ...], list[listing.PrintedSignatory]]:
        """The list of box 3: its headers, its lines."""
        return listing.signatories(self.data.signatories)

    @property
    def signatories_css(self) -> str:
        """How wide its columns are: one more says who left."""
        leaving = any(line.departure for line in self.data.signatories)
        return "bilan-signatories bilan-signatories--left" if leaving else "bilan-signatories"

    @property
    def axis_codes(self) -> dict[str, str]:
        """What the codes of that list stand for."""
        return listing.AXES

    @property
    def months(self) -> listing.Months | None:
        """What was signed month after month, when the value says it."""
        return listing.Months.of(self.data.signatures) if self.data.signatures else None

    @property
    def doubles(self) -> list[listing.Double]:
        """What groups gave several times, then what another bilan counts too."""
        matter = [item for item in self.data.overlaps if item.matters]
        given = [PrintedOverlap.of(item, self.data.figure(item.code)) for item in matter]
        counted = [PrintedElsewhere.of(item, self.data.figure(item.code)) for item in self.data.elsewhere]
        return [*listing.overlaps(given), *listing.elsewhere(counted)]

    @property
    def decisions(self) -> tuple[str, ...]:
        """What was decided of each group."""
        return decisions_of(item for item in self.data.overlaps if item.ruling or item.is_open)

    @property
    def entries(self) -> list[tuple[str, list[str]]]:
        """Who only entered, day by day."""
        return listing.entries(self.data)

    @property
    def movements(self) -> list[PrintedMovement]:
        """Who renewed or left, each in words."""
        return [PrintedMovement.of(moved) for moved in self.data.movements if not listing.only_enters(moved)]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """How the figures are counted."""
        return RULES

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the file of its data; the page of a draft, which nobody can hold to it, says none."""
        return codec.fingerprint(self.data) if self.carries_data or not self.data.is_draft else ""

    @property
    def data_file(self) -> str:
        """The name of that file."""
        version = None if self.data.is_draft else self.data.version
        return file_name(self.data.place.code, self.data.semester, "json", version=version)

    @property
    def written_at(self) -> str:
        """When the document was made, for its metadata: the day of its figures, never the day of a second rendering."""
        moment = self.data.transmitted_at
        return moment.isoformat(timespec="seconds") if moment else f"{self.data.as_of.isoformat()}T00:00:00+00:00"


def origin(context: Context, line: ContextLine) -> str:
    """Where a figure of box 6 comes from, what it counts and of when it is; or why it is not given."""
    if reason := absence(context, line):
        return f"Motif\u00a0: {reason}"
    moment = getattr(context, line.dated) if line.dated else None
    parts = [getattr(context, line.source) or NONE]
    if counted := categories(context, line):
        parts.append(counted)
    if moment:
        parts.append(f"au {moment:%d/%m/%Y}" if isinstance(moment, date) else str(moment))
    return ", ".join(parts)


def to_html(data: BilanData) -> str:
    """The body of the bilan, to be set in a page."""
    return render_to_string("reporting/_bilan_body.html", {"page": BilanPage(data)})


def to_pdf(data: BilanData) -> bytes:
    """The bilan as an accessible PDF that carries its data; the same value gives the same bytes."""
    page = BilanPage(data, carries_data=True)
    html = render_to_string("reporting/bilan_pdf.html", {"page": page, "frame": page.frame})
    content = codec.to_json(data)
    attached = pdf.Attached(
        name=page.data_file,
        description=f"Les données de ce bilan ({page.full_title})",
        content=content,
        written_at=datetime.fromisoformat(page.written_at),
    )
    return pdf.write(html, identifier=hashlib.sha256(content).digest()[:16], attached=[attached])
