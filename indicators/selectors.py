"""What the agency reads of a version that it prepares: what it changes, and what stands in the way of publishing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from french.words import long_date
from indicators.catalogue import Catalogue
from indicators.comparison import Comparison, compared
from indicators.continuity import discontinuities
from indicators.models import CatalogueDraft, CatalogueVersion

FARTHEST = 5
"""Years ahead that a version may begin to apply: none published after it could begin before."""


@dataclass(frozen=True)
class Review:
    """A version in preparation, set beside the one published last."""

    catalogue: Catalogue
    former: CatalogueVersion
    comparison: Comparison
    obstacles: tuple[str, ...]
    """The sentences of what forbids to publish it."""


def review(draft: CatalogueDraft, *, on: date) -> Review:
    """What it changes and whether it may be published that day; one query, whatever the number of versions."""
    catalogue = draft.catalogue
    versions = list(CatalogueVersion.objects.order_by("published_on", "code"))
    former = versions[-1]
    comparison = compared(catalogue, former.catalogue)
    found = [
        *catalogue.problems,
        *discontinuities(catalogue, [version.catalogue for version in versions]),
        *_of_frame(catalogue, versions, on),
    ]
    if not comparison.total:
        found.append(f"Cette version ne change rien\u00a0: elle dit ce que dit déjà {former.code}.")
    return Review(catalogue, former, comparison, tuple(found))


def _of_frame(catalogue: Catalogue, versions: list[CatalogueVersion], on: date) -> Iterator[str]:
    """A name of its own, and a day that changes nothing of what was signed or counted before it."""
    last = versions[-1]
    if catalogue.version in {version.code for version in versions}:
        yield f"La version {catalogue.version} est déjà publiée\u00a0: donnez un autre nom à celle-ci."
    if catalogue.published_on <= last.published_on:
        yield (
            f"{last.code} s’applique à partir du {long_date(last.published_on)}\u00a0: "
            "cette version s’applique au plus tôt le lendemain."
        )
    if catalogue.published_on < on:
        yield f"Une version ne vaut pas pour des jours passés\u00a0: choisissez le {long_date(on)} ou un jour suivant."
    if catalogue.published_on.year > on.year + FARTHEST:
        yield (
            f"Cette version ne s’appliquerait qu’à partir du {long_date(catalogue.published_on)}, et nulle autre avant "
            "elle\u00a0: vérifiez l’année."
        )
