"""The room's place among Django's applications."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Name the room (规则库)."""

    name = "linli.rulebook"
    label = "rulebook"
    verbose_name = "规则库"
