"""The room's place among Django's applications."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Name the room (公开)."""

    name = "linli.disclosure"
    label = "disclosure"
    verbose_name = "公开"
