"""The room's place among Django's applications."""

from django.apps import AppConfig


class BallotsConfig(AppConfig):
    """Name the room (表决)."""

    name = "linli.ballots"
    label = "ballots"
    verbose_name = "表决"
