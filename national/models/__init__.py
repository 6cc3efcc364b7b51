"""What the agency keeps of its own work; figures are those of the bilans that were sent."""

from national.models.edition import Edition, EditionFile
from national.models.message import Message, Recipient
from national.models.publication import Publication

__all__ = ["Edition", "EditionFile", "Message", "Publication", "Recipient"]
