"""One axis of the consolidated bilan: the chart and tables of a bilan, and the examples of every département. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from french.numbers import counted, format_number
from indicators.specs import Axis
from national.value import Consolidated, DepartmentShare
from reporting.bilan import AxisSection, Example
from reporting.renderers.axes import AxisPage, PrintedTable
from reporting.renderers.charts import Chart, chart_of


@dataclass(frozen=True)
class NationalAxis(AxisPage):
    """One axis, whose tables say of how many départements each figure is."""

    departments: Mapping[str, int]
    engaged: int
    counted: str
    """« chiffres de 1 912 entreprises sur 2 204 »: what the title of the chart says when they are too few."""

    @property
    def chart(self) -> Chart:
        """Its bars."""
        return chart_of(self.section, comparable=self.comparable, instead=self.counted)

    @property
    def tables(self) -> list[PrintedTable]:
        """Those of a bilan, with one more column."""
        return [self._counted(table) for table in super().tables]

    def _counted(self, table: PrintedTable) -> PrintedTable:
        lines = (replace(line, cells=(*line.cells, self._share(line.code))) for line in table.lines)
        return replace(
            table, headers=(*table.headers, "Dép."), lines=tuple(lines), css=f"{table.css} consolidated-counted"
        )

    def _share(self, code: str) -> str:
        return f"{format_number(self.departments[code])}/{format_number(self.engaged)}"


def axes_of(data: Consolidated) -> list[NationalAxis]:
    """The four of them."""
    departments = {item.line.code: item.departments for item in data.total.lines}
    total = data.total
    said = f"chiffres de {counted(total.validated, 'entreprise', 'entreprises')} sur {format_number(total.companies)}"
    sections = (_section(axis, data) for axis in Axis)
    return [NationalAxis(one, total.is_comparable, departments, total.engaged, said) for one in sections]


def _section(axis: Axis, data: Consolidated) -> AxisSection:
    parts = [(share, section) for share, bilan in data.sent for section in bilan.axes if section.axis == axis.value]
    return AxisSection(
        axis=axis.value,
        label=axis.label,
        companies=sum(section.companies for _, section in parts),
        figures=tuple(item.line for item in data.total.figures if item.axis == axis.value),
        ratios=tuple(item.line for item in data.total.ratios if item.axis == axis.value),
        examples=tuple(_told_in(share, example) for share, section in parts for example in section.examples),
    )


def _told_in(share: DepartmentShare, example: Example) -> Example:
    return replace(example, company=f"{example.company or 'La préfecture'}, {share}")
