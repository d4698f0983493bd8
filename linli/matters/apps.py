"""The room's place among Django's applications."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Name the room (事项)."""

    name = "linli.matters"
    label = "matters"
    verbose_name = "事项"
