"""The room's place among Django's applications."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Name the room (留痕)."""

    name = "linli.record"
    label = "record"
    verbose_name = "留痕"
