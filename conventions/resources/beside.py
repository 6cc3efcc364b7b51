"""What a row of a file says besides the columns of its convention."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from companies.contact_cells import ContactChange, contact_changes
from conventions.target_cells import target_text
from conventions.target_grid import TargetKey
from indicators.specs import Axis, IndicatorSpec
from tabular.importing import CellChange


@dataclass(frozen=True)
class Beside:
    """Axes, targets and a contact: rows of other models, that are written with the convention."""

    axes: list[Axis]
    is_framed: bool
    """Whether the first day, the axes or their reason change."""
    targets: Mapping[TargetKey, Decimal | None]
    """Those that change."""
    former: Mapping[TargetKey, Decimal]
    """All those that were promised."""
    contact: ContactChange | None

    @property
    def found(self) -> list[object]:
        """What was there, for who asks whether it is still so."""
        return [sorted(self.former.items()), self.contact and self.contact.found]

    def changes(
        self, columns: Mapping[str, TargetKey], specs: Mapping[str, IndicatorSpec], *, is_new: bool
    ) -> list[CellChange]:
        """What the preview shows of it, under the columns of the file."""
        return [
            *contact_changes(self.contact, is_new=is_new),
            *(
                CellChange(
                    column,
                    None if is_new else target_text(specs[key[0]], self.former.get(key)),
                    target_text(specs[key[0]], self.targets[key]),
                )
                for column, key in columns.items()
                if key in self.targets
            ),
        ]
