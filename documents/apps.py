"""Application configuration of documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The door to the PDF writer, and the files that were made, each once."""

    name = "documents"
    verbose_name = "documents"
