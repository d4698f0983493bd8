"""The staff door as Django knows it."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Name the room (工作台)."""

    name = "linli.console"
    label = "console"
    verbose_name = "工作台"
