"""What the tests of the demonstration share."""

from django.apps import apps

from reporting.bilan import BilanData

PASSWORD = "terril-beffroi-vanille"


def no_pdf(_data: BilanData) -> dict[str, bytes]:
    """Rendering is tested elsewhere and takes most of the time."""
    return {"pdf": b"%PDF-1.7"}


def every_row() -> dict[str, list[dict[str, object]]]:
    """Everything that the database holds."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
    }
