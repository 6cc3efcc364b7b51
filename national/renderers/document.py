"""The consolidated bilan on paper: the boxes of a bilan in their order, each gathered département after département."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from accounts.agency import brand_on
from documents import pdf
from documents.charts import WIDTH, Bar
from documents.frame import Cover, Frame
from french.numbers import counted, format_number
from french.words import NONE, NOT_GIVEN, long_date
from indicators.specs import Axis
from national.renderers import doubles
from national.renderers.absent import AbsentCompany, absent_companies
from national.renderers.axes import NationalAxis, axes_of
from national.renderers.data import to_json
from national.selection import COUNTRY
from national.value import Consolidated, DepartmentShare, NationalTotal
from reporting.bilan import BilanData, SpecificLine
from reporting.boxes import CHAPTERS, CONTEXT, ESSENTIALS, NARRATIVES, TYPED
from reporting.method.movements import MovementKind
from reporting.renderers.document import CATEGORIES, PROGRAMME, origin
from reporting.renderers.listing import Double
from reporting.renderers.rules import RULES, Rule
from reporting.renderers.wording import KeyFigure

WRITTEN = (*(box for box in TYPED if box.section == ESSENTIALS), *NARRATIVES)
"""The texts that are gathered: what each préfecture holds essential, then box 2."""

OWN_CHAPTERS = {
    "essentiel": CHAPTERS["essentiel"],
    "departements": "1. Départements et référents du PAQTE",
    **{name: CHAPTERS[name] for name in ("organisation", "signataires", "partenaires", "resultats", "contexte")},
    "manquants": "Qui n’est pas compté",
    "methode": CHAPTERS["methode"],
}
"""The chapters by their anchor, in order: those of a bilan, the first box being that of every département."""


@dataclass(frozen=True)
class Row:
    """A line of a table: its header, its cells."""

    head: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Gathered:
    """One box, and what each département wrote in it."""

    anchor: str
    title: str
    parts: tuple[tuple[str, str], ...]
    without: str
    """The départements that left it empty."""


@dataclass(frozen=True)
class ConsolidatedPage:
    """What the templates print of the consolidated bilan."""

    data: Consolidated

    chapters = OWN_CHAPTERS

    @property
    def total(self) -> NationalTotal:
        """The sums."""
        return self.data.total

    @property
    def frame(self) -> Frame:
        """What the PDF says around it."""
        semester, scope = self.data.semester, self.total.scope
        day = self.data.made_at.date()
        return Frame(
            title=f"Bilan consolidé du PAQTE – {scope} – {semester.label}",
            running_title=f"Bilan consolidé du PAQTE – {scope} – {semester.label}",
            brand=brand_on(day),
            description=f"Bilan consolidé du {PROGRAMME}, {scope}, {semester.label}",
            written_at=self.data.made_at.isoformat(timespec="seconds"),
            cover=Cover(
                programme=PROGRAMME,
                title="Bilan national du PAQTE" if scope == COUNTRY else "Bilan consolidé du PAQTE",
                subtitle=semester.label,
                period=f"du {long_date(semester.start)} au {long_date(semester.end)}",
                facts=(
                    ("Territoire", scope),
                    ("Bilans transmis", self.total.sent_said or "aucun"),
                    ("Entreprises", f"chiffres de {self.companies_said}"),
                    ("Dernier bilan compté", long_date(day)),
                ),
                warning="" if self.total.shares else "Aucun bilan n’est transmis\u00a0: il n’y a rien à additionner.",
            ),
        )

    @property
    def companies_said(self) -> str:
        """« 1 912 sur 2 204 »."""
        return f"{format_number(self.total.validated)} sur {format_number(self.total.companies)}"

    @property
    def contents(self) -> list[tuple[str, str, bool]]:
        """The table of contents: anchor and title of each chapter, and of its parts."""
        parts = {
            "organisation": [(f"rubrique-{box.name}", box.title, True) for box in WRITTEN],
            "resultats": [(f"axe-{axis.value}", axis.label, True) for axis in Axis],
        }
        return [
            line for anchor, title in self.chapters.items() for line in ((anchor, title, False), *parts.get(anchor, ()))
        ]

    @property
    def coverage(self) -> Bar:
        """The bar of the companies whose figures are counted."""
        said, whole = f"chiffres de {self.companies_said} entreprises", self.total.companies
        done = self.total.validated * WIDTH // whole if whole else 0
        return Bar("Complétude", said, f"Complétude\u00a0: {said}", done)

    @property
    def keys(self) -> list[tuple[KeyFigure, str]]:
        """The figures of the first page, each with how many départements gave it."""
        known = {item.line.code: item for item in self.total.figures}
        found = (known[code] for code in self.data.headlines if code in known)
        return [(KeyFigure.of(item.line), counted(item.departments, "département", "départements")) for item in found]

    @property
    def departments(self) -> list[Row]:
        """Box 1: each département, its version, what it brought, and its référent."""
        return [Row(str(share), (*_sent(share), _referent(bilan))) for share, bilan in self.data.sent]

    @property
    def narratives(self) -> list[Gathered]:
        """The essential, then box 2, text after text."""
        return [self._gathered(box.name, box.title) for box in WRITTEN]

    def _gathered(self, name: str, title: str) -> Gathered:
        texts = [(str(share), bilan.texts[name]) for share, bilan in self.data.sent]
        return Gathered(
            anchor=f"rubrique-{name}",
            title=title,
            parts=tuple((place, text) for place, text in texts if text),
            without=", ".join(place for place, text in texts if not text),
        )

    @property
    def categories(self) -> tuple[str, ...]:
        """The headers of box 3."""
        return (*(label for _, label in CATEGORIES), "Total", "Au dernier jour")

    @property
    def signatories(self) -> list[Row]:
        """Box 3: how many of each category in each département, then in all."""
        rows = [(str(share), _categories(bilan)) for share, bilan in self.data.sent]
        whole = tuple(map(sum, zip(*(counts for _, counts in rows), strict=True)))
        return [Row(head, tuple(map(format_number, counts))) for head, counts in (*rows, (self.total.scope, whole))]

    @property
    def movement_kinds(self) -> tuple[str, ...]:
        """The headers of the movements."""
        return tuple(kind.value.capitalize() for kind in MovementKind)

    @property
    def movements(self) -> list[Row]:
        """How many companies entered, renewed and left, where any did."""
        found = ((str(share), Counter(moved.kind for moved in bilan.movements)) for share, bilan in self.data.sent)
        return [
            Row(place, tuple(format_number(kinds[kind.value]) for kind in MovementKind))
            for place, kinds in found
            if kinds
        ]

    @property
    def partners(self) -> list[tuple[str, Sequence[Row]]]:
        """Box 4, département after département."""
        return [
            (str(share), [Row(line.name, (line.kind, line.part or NOT_GIVEN)) for line in bilan.partners])
            for share, bilan in self.data.sent
            if bilan.partners
        ]

    @property
    def axes(self) -> list[NationalAxis]:
        """Box 5: the four axes with their charts, their tables and the examples of every département."""
        return axes_of(self.data)

    @property
    def decisions(self) -> tuple[str, ...]:
        """What was decided of each group."""
        return doubles.decisions(self.data)

    @property
    def doubles(self) -> list[Double]:
        """What groups gave several times, and what another bilan counts too."""
        return doubles.doubles(self.data)

    @property
    def specific(self) -> list[SpecificLine]:
        """What companies promised outside the catalogue."""
        return doubles.specific(self.data)

    @property
    def context(self) -> list[Row]:
        """Box 6: each figure of each département, and of when the job seekers are or why they are not given."""
        *_, seekers = CONTEXT
        return [
            Row(
                str(share),
                (
                    *(_number(getattr(bilan.context, line.name)) for line in CONTEXT),
                    origin(bilan.context, seekers),
                ),
            )
            for share, bilan in self.data.sent
        ]

    @property
    def origins(self) -> list[tuple[str, str]]:
        """Where the other figures come from, as the départements say it."""
        *others, _ = CONTEXT
        found = ((line, dict.fromkeys(origin(bilan.context, line) for bilan in self.data.bilans)) for line in others)
        return [
            (line.printed or line.label, "\u00a0; ".join(one for one in said if one != NONE)) for line, said in found
        ]

    @property
    def absent(self) -> list[tuple[str, list[AbsentCompany]]]:
        """The companies that count nowhere, by département."""
        found: dict[str, list[AbsentCompany]] = {}
        for one in absent_companies(self.total):
            found.setdefault(f"{one.department} ({one.code}), {one.why}", []).append(one)
        return list(found.items())

    @property
    def rules(self) -> tuple[Rule, ...]:
        """How the figures of a bilan are counted."""
        return RULES

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the JSON file of the same value."""
        return hashlib.sha256(to_json(self.data)).hexdigest()


def to_pdf(data: Consolidated) -> bytes:
    """An accessible PDF; the same value gives the same bytes."""
    page = ConsolidatedPage(data)
    html = render_to_string("national/consolidated_pdf.html", {"page": page, "frame": page.frame})
    return pdf.write(html, identifier=hashlib.sha256(html.encode()).digest()[:16])


def _sent(share: DepartmentShare) -> tuple[str, ...]:
    day = f"{share.transmitted_on:%d/%m/%Y}" if share.transmitted_on else NONE
    return str(share.version), day, format_number(share.signatories), f"{share.validated}/{share.expected}"


def _referent(bilan: BilanData) -> str:
    """Name and address, once where one stands for the other."""
    said = dict.fromkeys((bilan.texts["referent_name"], bilan.texts["referent_email"]))
    return ", ".join(filter(None, said)) or NOT_GIVEN


def _categories(bilan: BilanData) -> tuple[int, ...]:
    kinds = Counter(line.category for line in bilan.signatories)
    return (*(kinds[code] for code, _ in CATEGORIES), len(bilan.signatories), bilan.staying)


def _number(value: int | None) -> str:
    return NONE if value is None else format_number(value)
