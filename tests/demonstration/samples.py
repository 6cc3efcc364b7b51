"""What the tests of the demonstration share."""

from django.apps import apps

from tests.filing import blank_pdf

PASSWORD = "terril-beffroi-vanille"

no_pdf = blank_pdf
"""Rendering is tested elsewhere and takes most of the time."""


def every_row() -> dict[str, list[dict[str, object]]]:
    """Everything that the database holds."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
    }
