"""The room's place among Django's applications."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Name the room (研判)."""

    name = "linli.insight"
    label = "insight"
    verbose_name = "研判"
