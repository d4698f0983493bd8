"""The room's place among Django's applications."""

from django.apps import AppConfig


class TimebankConfig(AppConfig):
    """Name the room (志愿服务)."""

    name = "linli.timebank"
    label = "timebank"
    verbose_name = "志愿服务"
