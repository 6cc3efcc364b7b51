"""What the journal of a convention is told of its targets and of its frame: what they were, what they become."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from conventions.models import Convention
from conventions.target_grid import TargetKey
from indicators.specs import Axis
from workflows.changes import changes_between, kept

FRAME = ("starts_on", "axes_reason")


def target_changes(
    before: Mapping[TargetKey, Decimal], after: Mapping[TargetKey, Decimal | None]
) -> dict[str, list[str]]:
    """By « REC-02/1 », indicator and year: the cells of `after` that are not as they were, None being no target."""
    pairs = {f"{code}/{year}": [kept(before.get((code, year))), kept(after[code, year])] for code, year in after}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def frame_changes(
    before: Convention, after: Convention, former_axes: Collection[str], axes: Collection[Axis]
) -> dict[str, object]:
    """What changes of a frame; the charters must be loaded. Empty when nothing does."""
    fields = changes_between(before, after, FRAME)
    wanted = [axis.value for axis in Axis if axis in axes]
    former = [axis.value for axis in Axis if axis.value in former_axes]
    told: dict[str, object] = {"fields": fields} if fields else {}
    if former != wanted:
        told["axes"] = [former, wanted]
    if before.charter_id != after.charter_id:
        told["charter"] = [kept(before.charter), kept(after.charter)]
    return told
