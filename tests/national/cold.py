"""A process that has counted nothing yet: what a page costs the first time it is asked of what was sent."""

from national import totals
from national.selectors import looking


def forget_sums() -> None:
    """As in a process that just started."""
    totals._added_up.cache_clear()
    totals._shares.cache_clear()
    looking._spread.cache_clear()
    looking._over_time.cache_clear()
