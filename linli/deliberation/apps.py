"""The room's place among Django's applications."""

from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    """Name the room (议事协商)."""

    name = "linli.deliberation"
    label = "deliberation"
    verbose_name = "议事协商"
