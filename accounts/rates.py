"""How often something may happen: a bucket that refills evenly, as arithmetic on a single instant."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Rate:
    """So many times in one go, then one more each time a share of `per` has gone by.

    A bucket is the instant at which it will be full again; one in the past says nothing more and may be forgotten.
    """

    times: int
    per: timedelta

    @property
    def share(self) -> timedelta:
        """How long one more takes to come back. Rounded down: the last of the `times` must fit too."""
        return self.per // self.times

    def opens_at(self, full_at: datetime, *, at: datetime) -> datetime:
        """The first instant, from `at` on, at which one may be taken."""
        return max(at, full_at + self.share - self.per)

    def taken(self, full_at: datetime, *, at: datetime) -> datetime:
        """When the bucket will be full again once one is taken."""
        return max(at, full_at) + self.share
