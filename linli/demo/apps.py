"""The room's place among Django's applications."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Name the room (演示)."""

    name = "linli.demo"
    label = "demo"
    verbose_name = "演示"
