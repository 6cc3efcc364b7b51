"""Models of the catalogue: the published versions and what they hold, and the version that the agency prepares."""

from indicators.models.catalogue import CatalogueVersion, Indicator, catalogue_of
from indicators.models.draft import CatalogueDraft, CatalogueDraftLog

__all__ = ["CatalogueDraft", "CatalogueDraftLog", "CatalogueVersion", "Indicator", "catalogue_of"]
